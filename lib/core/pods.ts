import type { PodSpec } from '../../crds-imports/core';
import type { Manifest } from './manifest';

/** A pod spec inside an object, and where it stands. */
export interface FoundPodSpec {
  /** Field path, for instance `spec.template.spec`. */
  readonly path: string;
  readonly spec: PodSpec;
  /** Labels of the template that holds the spec; of the object itself for a Pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations of the same. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Whether an object declares a schema rather than a workload: nothing inside it is an image, a pod or a reference. */
export function isDefinition(object: Manifest): boolean {
  return object.kind === 'CustomResourceDefinition' && object.apiVersion.startsWith('apiextensions.k8s.io/');
}

/**
 * Every pod spec of an object: the template of a Deployment as well as those of custom resources (the replicas of a
 * PyTorchJob, a serving runtime), which are known by their shape, a list named `containers`.
 */
export function podSpecs(object: Manifest): FoundPodSpec[] {
  const found: FoundPodSpec[] = [];
  if (!isDefinition(object)) search(object, '', {}, found);
  return found;
}

function search(node: unknown, path: string, holder: unknown, found: FoundPodSpec[]): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) search(item, `${path}[${index}]`, node, found);
    return;
  }
  const { containers } = node as { containers?: unknown };
  if (
    Array.isArray(containers) &&
    containers.length > 0 &&
    containers.every((container) => typeof container?.name === 'string')
  ) {
    const { metadata = {} } = holder as { metadata?: Partial<Pick<FoundPodSpec, 'labels' | 'annotations'>> };
    found.push({ path, spec: node as PodSpec, labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {} });
    return;
  }
  for (const [key, member] of Object.entries(node)) search(member, path ? `${path}.${key}` : key, node, found);
}
