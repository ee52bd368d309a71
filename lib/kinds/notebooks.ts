import { workspaces } from '../../crds-imports/kubeflow.org';
import type { KindFacts } from '../core';

export const NOTEBOOKS: readonly KindFacts[] = [{ kind: workspaces, kept: { fields: ['spec.kind'] } }];
