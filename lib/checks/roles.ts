import type { ClusterRole } from '../../crds-imports/rbac.authorization.k8s.io';
import type { Finding, ObjectModel } from '../core';

/** The controller that aggregates roles overwrites the rules of an aggregating one; written there, they come and go. */
export function* aggregatingRoles(model: ObjectModel): Iterable<Finding> {
  for (const { construct, manifest } of model.objects) {
    if (manifest.kind !== 'ClusterRole') continue;
    const { aggregationRule, rules } = manifest as unknown as ClusterRole;
    if (!aggregationRule || !rules?.length) continue;
    const message = `ClusterRole ${manifest.metadata.name} aggregates others and has rules of its own, which are overwritten; move them to a role that it aggregates`;
    yield { severity: 'error', path: construct.node.path, message };
  }
}
