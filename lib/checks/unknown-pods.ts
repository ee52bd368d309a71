import type { IConstruct } from 'constructs';
import { type Labels, type ObjectModel, podSpecs, World } from '../core';

/**
 * Whether a namespace may have pods with some labels that no workload of the model describes: those that a controller makes, and
 * those of others in a namespace that is there already.
 *
 * @param construct that asks; it knows what exists
 */
export function hasUnknownPods(
  { index, manifests }: ObjectModel,
  construct: IConstruct,
  namespace: string | undefined,
  labels: Labels,
): boolean {
  const place = { group: '', kind: 'Namespace', name: namespace ?? '', path: 'metadata.namespace' };
  if (World.has(construct, place)) return true;
  return manifests
    .filter(({ metadata }) => metadata.namespace === namespace)
    .some(
      (object) =>
        index.facts.of(object).makesPods ||
        podSpecs(object).some((pod) => Object.entries(labels).every(([key, value]) => pod.labels[key] === value)),
    );
}
