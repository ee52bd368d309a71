import { jobsets } from '../../crds-imports/jobset.x-k8s.io';
import type { KindFacts } from '../core';
import { QUEUE, startedByKueue } from './kueue';

export const JOBSET: readonly KindFacts[] = [
  {
    kind: jobsets,
    written: [startedByKueue('spec.suspend')],
    kept: { fields: ['spec', QUEUE], except: ['spec.suspend'] },
  },
];
