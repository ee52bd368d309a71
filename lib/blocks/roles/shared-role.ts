import type { Construct, IConstruct } from 'constructs';
import type { Subject } from '../../../crds-imports/rbac.authorization.k8s.io';
import { bindRole, type NamedPermissions, type ServiceAccountReference, subject } from './bound-roles';

/** Those who were granted a role, by app and role. */
const granted = new WeakMap<IConstruct, Map<string, Subject[]>>();

/**
 * Grants a ClusterRole that several instances of a product share: the first in an app declares role and binding, the others join the
 * binding.
 */
export function grantShared(scope: Construct, role: Omit<NamedPermissions, 'namespace'>, to: ServiceAccountReference): void {
  const { root } = scope.node;
  const roles = granted.get(root) ?? new Map<string, Subject[]>();
  granted.set(root, roles);
  const subjects = roles.get(role.name);
  if (subjects) {
    subjects.push(subject(to));
    return;
  }
  const first = [subject(to)];
  roles.set(role.name, first);
  bindRole(scope, role, first);
}
