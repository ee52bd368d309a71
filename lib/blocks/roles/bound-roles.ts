import type { Construct } from 'constructs';
import {
  clusterrolebindings,
  clusterroles,
  rolebindings,
  roles,
  type Subject,
} from '../../../crds-imports/rbac.authorization.k8s.io';
import { declare, type Labels, Permission } from '../../core';

/** A Role or ClusterRole with its binding to the program's ServiceAccount. */
export interface NamedPermissions {
  readonly name: string;
  /** Name of the binding. @default - the role's */
  readonly binding?: string;
  readonly permissions: readonly Permission[];
  /**
   * Namespace of a Role; a ClusterRole has none.
   *
   * @default - a ClusterRole
   */
  readonly namespace?: string;
}

/** Who is given a role. */
export interface ServiceAccountReference {
  /** Name of the ServiceAccount. */
  readonly serviceAccount: string;
  readonly namespace: string;
}

const apiGroup = 'rbac.authorization.k8s.io';

/** Declares a role, and binds it. */
export function bindRole(scope: Construct, role: NamedPermissions, subjects: readonly Subject[], labels?: Labels): void {
  const { name, binding = name, namespace, permissions } = role;
  const metadata = { name, ...(labels && { labels }), ...(namespace && { namespace }) };
  const rules = Permission.rules(permissions);
  if (namespace) {
    declare(scope, roles, { metadata, rules });
    declare(scope, rolebindings, {
      metadata: { ...metadata, name: binding },
      roleRef: { apiGroup, kind: 'Role', name },
      subjects,
    });
  } else {
    declare(scope, clusterroles, { metadata, rules });
    declare(scope, clusterrolebindings, {
      metadata: { ...metadata, name: binding },
      roleRef: { apiGroup, kind: 'ClusterRole', name },
      subjects,
    });
  }
}

/** A ServiceAccount as a binding names it. */
export function subject({ serviceAccount, namespace }: ServiceAccountReference): Subject {
  return { kind: 'ServiceAccount', name: serviceAccount, namespace };
}
