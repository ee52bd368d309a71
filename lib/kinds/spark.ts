import { sparkapplications } from '../../crds-imports/sparkoperator.k8s.io';
import type { KindFacts } from '../core';
import { startedByKueue } from './kueue';

export const SPARK: readonly KindFacts[] = [{ kind: sparkapplications, written: [startedByKueue('spec.suspend')] }];
