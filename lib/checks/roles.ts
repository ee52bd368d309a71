import type { ClusterRole } from '../../crds-imports/rbac.authorization.k8s.io';
import type { Breach, ObjectModel, Rule } from '../core';

/** The rule of roles that gather the rules of others. */
export const aggregatingRoles: Rule<ObjectModel> = {
  id: 'kubernetes/overwritten-role',
  level: 'error',
  reason: 'The controller that aggregates roles overwrites the rules of an aggregating one; written there, they come and go.',
  check: overwritten,
};

function* overwritten(model: ObjectModel): Iterable<Breach> {
  for (const { construct, manifest } of model.objects) {
    if (manifest.kind !== 'ClusterRole') continue;
    const { aggregationRule, rules } = manifest as unknown as ClusterRole;
    if (!aggregationRule || !rules?.length) continue;
    const message = `ClusterRole ${manifest.metadata.name} aggregates others and has rules of its own, which are overwritten; move them to a role that it aggregates`;
    yield { path: construct.node.path, message };
  }
}
