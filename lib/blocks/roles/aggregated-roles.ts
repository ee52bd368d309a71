import { Construct } from 'constructs';
import { clusterroles } from '../../../crds-imports/rbac.authorization.k8s.io';
import { allow, declare, type Kind, MANAGE, Permission, READ } from '../../core';

/** Label that puts a ClusterRole into one of the platform's user-facing roles, or into a role of a product. */
export function aggregateTo(role: string): Readonly<Record<string, string>> {
  return { [`rbac.authorization.kubeflow.org/aggregate-to-${role}`]: 'true' };
}

/** What the users of a product may do. */
export interface AggregatedRolesProps {
  /** Kinds that editors manage, one by one and all of a selection, and viewers read. */
  readonly of: readonly Kind[];
  /** What editors may do besides. @default - nothing */
  readonly edit?: readonly Permission[];
  /** What viewers may do besides. @default - nothing */
  readonly view?: readonly Permission[];
}

/**
 * ClusterRoles `kubeflow-<id>-admin`, `-edit` and `-view` of a product, which become part of kubeflow-admin, -edit and -view.
 * The aggregating role has no rules: the controller that aggregates writes them.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export class AggregatedRoles extends Construct {
  constructor(scope: Construct, id: string, props: AggregatedRolesProps) {
    super(scope, `${id}-roles`);
    const [admin, edit, view] = (['admin', 'edit', 'view'] as const).map((role) => `kubeflow-${id}-${role}`) as [
      string,
      string,
      string,
    ];
    const status = allow('get').on(...props.of.map((kind) => kind.sub('status')));
    declare(this, clusterroles, {
      metadata: { name: admin, labels: aggregateTo('kubeflow-admin') },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregateTo(admin) }] },
    });
    declare(this, clusterroles, {
      metadata: { name: edit, labels: { ...aggregateTo('kubeflow-edit'), ...aggregateTo(admin) } },
      rules: Permission.rules([allow(...MANAGE, 'deletecollection').on(...props.of), status, ...(props.edit ?? [])]),
    });
    declare(this, clusterroles, {
      metadata: { name: view, labels: aggregateTo('kubeflow-view') },
      rules: Permission.rules([allow(...READ).on(...props.of), status, ...(props.view ?? [])]),
    });
  }
}
