import type { Construct, IConstruct } from 'constructs';
import { clusterroles } from '../../../crds-imports/rbac.authorization.k8s.io';
import { aggregateTo } from '../../blocks/roles/aggregated-roles';
import { Component, Existing, Permission, World } from '../../core';
import { KUBEFLOW } from '../../release/namespaces';
import { KUBERNETES_ADMIN, KUBERNETES_EDIT, KUBERNETES_VIEW } from './kubernetes';

const ROLES = [
  { role: 'admin', includedIn: undefined, kubernetes: KUBERNETES_ADMIN },
  { role: 'edit', includedIn: 'kubeflow-admin', kubernetes: KUBERNETES_EDIT },
  { role: 'view', includedIn: 'kubeflow-edit', kubernetes: KUBERNETES_VIEW },
] as const;

/**
 * The user-facing ClusterRoles kubeflow-admin, kubeflow-edit and kubeflow-view. Each is put together from the roles that
 * components label for it; an admin may do what an editor may, an editor what a viewer may.
 *
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1/common/kubeflow-roles
 */
export class KubeflowRoles extends Component {
  /** Says that the cluster has them, to everything below a construct. */
  static existing(scope: IConstruct): void {
    World.declare(scope, ...ROLES.map(({ role }) => Existing.object(clusterroles, `kubeflow-${role}`)));
  }

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: KUBEFLOW });
    for (const { role, includedIn, kubernetes } of ROLES) {
      const name = `kubeflow-${role}`;
      this.object(clusterroles, {
        metadata: { name, ...(includedIn && { labels: aggregateTo(includedIn) }) },
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregateTo(name) }] },
      });
      this.object(clusterroles, {
        metadata: { name: `kubeflow-kubernetes-${role}`, labels: aggregateTo(name) },
        rules: Permission.rules(kubernetes),
      });
    }
  }
}
