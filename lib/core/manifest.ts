import { groupOf } from './kind';

/** A finished Kubernetes object: plain data, no tokens. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  [field: string]: unknown;
}

/** What the kernel reads of `metadata`. */
export interface Metadata {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  [field: string]: unknown;
}

/**
 * What was changed without regard for its shape, when it still is an object.
 *
 * @throws Error when it has lost its apiVersion, kind or name
 */
export function asManifest(value: unknown): Manifest {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<Manifest>;
  if ([apiVersion, kind, metadata?.name].every((text) => typeof text === 'string')) return value as Manifest;
  throw new Error('what is left is no object with an apiVersion, a kind and a metadata.name');
}

/** What makes an object the same object in a cluster: group (not version), kind, namespace and name. */
export function identity(object: Manifest): string {
  return identityOf(groupOf(object.apiVersion), object.kind, object.metadata.namespace, object.metadata.name);
}

/** The identity of an object that is not at hand. */
export function identityOf(group: string, kind: string, namespace: string | undefined, name: string): string {
  return `${group}|${kind}|${namespace ?? ''}|${name}`;
}

/** How messages name an object: `Deployment kubeflow/training-operator`, `ClusterRole kubeflow-admin`. */
export function describe(object: Manifest): string {
  return describeOf(object.kind, object.metadata.namespace, object.metadata.name);
}

/** How messages name an object that is not at hand. */
export function describeOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
