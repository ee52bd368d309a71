import type { NoOptions, Product } from '../../contracts';
import { KubeflowRoles } from './kubeflow-roles';

/** Kubeflow's roles of users, as a platform takes them. */
export const KUBEFLOW_ROLES: Product<NoOptions, NoOptions> = {
  id: 'kubeflow-roles',
  install: (platform, id) => new KubeflowRoles(platform, id),
  existing: (scope) => KubeflowRoles.existing(scope),
};
