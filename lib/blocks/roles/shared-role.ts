import { Lazy } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { bindRole, type NamedPermissions, type ServiceAccountReference, subject } from './bound-roles';

const granted = new WeakMap<IConstruct, Map<string, ServiceAccountReference[]>>();

/**
 * Grants a ClusterRole that several instances of a product share: the first in an app declares role and binding, the others join the
 * binding.
 */
export function grantShared(scope: Construct, role: Omit<NamedPermissions, 'namespace'>, to: ServiceAccountReference): void {
  const { root } = scope.node;
  const roles = granted.get(root) ?? new Map<string, ServiceAccountReference[]>();
  granted.set(root, roles);
  const subjects = roles.get(role.name);
  if (subjects) {
    subjects.push(to);
    return;
  }
  const all = [to];
  roles.set(role.name, all);
  bindRole(scope, role, Lazy.any({ produce: () => all.map(subject) }));
}
