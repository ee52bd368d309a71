import type { Facts, Manifest } from '../../core';
import { identityOf } from '../../core/manifest';

/**
 * What `pulumi destroy` leaves in the cluster.
 *
 * - `data`: what people's work would be lost with: definitions (without one the API server deletes every object of the kind, also
 *   those made by others), claims, Profiles, and the Namespaces of any of these
 * - `nothing`: everything is deleted
 */
export type Retention = 'data' | 'nothing';

/** The objects that stay when they leave the program. */
export function retained(objects: readonly Manifest[], retention: Retention, facts: Facts): Set<Manifest> {
  if (retention === 'nothing') return new Set();
  const data = objects.filter((object) => facts.of(object).holdsWork || hasClaimTemplates(object));
  const namespaces = new Set(
    data.flatMap(({ metadata }) => (metadata.namespace ? [identityOf('', 'Namespace', undefined, metadata.namespace)] : [])),
  );
  const holding = objects.filter(
    ({ apiVersion, kind, metadata }) =>
      apiVersion === 'v1' && kind === 'Namespace' && namespaces.has(identityOf('', kind, undefined, metadata.name)),
  );
  return new Set([...data.filter((object) => !hasClaimTemplates(object)), ...holding]);
}

/** The claims of a StatefulSet outlive it, but not its namespace. */
function hasClaimTemplates({ kind, spec }: Manifest): boolean {
  return (
    kind === 'StatefulSet' && ((spec as { volumeClaimTemplates?: unknown[] } | undefined)?.volumeClaimTemplates?.length ?? 0) > 0
  );
}
