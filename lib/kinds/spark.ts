import { sparkapplications } from '../../crds-imports/sparkoperator.k8s.io';
import type { KindFacts } from '../core';
import { queued } from './kueue';

export const SPARK: readonly KindFacts[] = [queued(sparkapplications, 'spec.suspend')];
