import { jobsets } from '../../crds-imports/jobset.x-k8s.io';
import type { KindFacts } from '../core';
import { QUEUE, queued } from './kueue';

export const JOBSET: readonly KindFacts[] = [
  queued(jobsets, 'spec.suspend'),
  { kind: jobsets, kept: { fields: ['spec', QUEUE], except: ['spec.suspend'] } },
];
