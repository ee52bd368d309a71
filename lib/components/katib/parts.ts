import type { EnvVar, SecurityContext } from '../../../crds-imports/core';
import { RESTRICTED_POD } from '../../blocks/server/security';

/** Programs of Katib. */
export type Part = 'controller' | 'db-manager' | 'mysql' | 'postgres' | 'ui';

/** Name of a program and of its objects, and the label by which its pods are selected. */
export function part(name: Part) {
  return { name: `katib-${name}`, selector: { 'katib.kubeflow.org/component': name } } as const;
}

/** Where a program looks for Katib's configuration and its DB manager. */
export const CORE_NAMESPACE: EnvVar = {
  name: 'KATIB_CORE_NAMESPACE',
  valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
};

/** Katib's images name no user. */
export const UNPRIVILEGED: SecurityContext = { ...RESTRICTED_POD, runAsUser: 1000 };

/** Label of the namespaces in which Katib collects metrics. Experiments are refused in others. */
export const COLLECTED = { 'katib.kubeflow.org/metrics-collector-injection': 'enabled' };
