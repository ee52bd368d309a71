import { pipelineversions } from '../../crds-imports/pipelines.kubeflow.org';
import type { KindFacts } from '../core';

export const PIPELINES: readonly KindFacts[] = [{ kind: pipelineversions, kept: { fields: ['spec'] } }];
