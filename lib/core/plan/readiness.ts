import type { Manifest } from '../manifest';

/**
 * What has to be true of an object before another one may be applied.
 *
 * - `Applied`: it is in the cluster
 * - `Established`: the API server serves what the definition defines
 * - `Available`: enough pods of the workload are ready
 * - `CABundle`: the webhook configuration or conversion has the CA with which the API server trusts the webhook
 * - `Ready`: the Certificate is issued, its Secret written
 * - `NamespaceExists`: the controller of a Profile has made its Namespace
 */
export type Readiness = 'Applied' | 'Established' | 'Available' | 'CABundle' | 'Ready' | 'NamespaceExists';

/** One call of `kubectl wait`: `kubectl wait --for=<for> <resource>/<name> -n <namespace>`. */
export interface Wait {
  /** `resource.group`, as kubectl takes it. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
  readonly for: string;
}

const AVAILABLE: Readonly<Record<string, (object: Manifest) => string>> = {
  APIService: () => 'condition=Available',
  Deployment: () => 'condition=Available',
  StatefulSet: (object) => `jsonpath={.status.availableReplicas}=${(object.spec as { replicas?: number })?.replicas ?? 1}`,
  DaemonSet: () => 'jsonpath={.status.numberAvailable}',
};

const CA_BUNDLE: Readonly<Record<string, string>> = {
  CustomResourceDefinition: 'jsonpath={.spec.conversion.webhook.clientConfig.caBundle}',
  // One program writes the bundles of all webhooks of a configuration.
  MutatingWebhookConfiguration: 'jsonpath={.webhooks[0].clientConfig.caBundle}',
  ValidatingWebhookConfiguration: 'jsonpath={.webhooks[0].clientConfig.caBundle}',
};

/**
 * How to wait until an object is ready; undefined when being applied is enough.
 *
 * @param resource `resource.group` of the object
 */
export function waitFor(object: Manifest, readiness: Readiness, resource: string): Wait | undefined {
  const { name, namespace } = object.metadata;
  switch (readiness) {
    case 'Applied':
      return undefined;
    case 'NamespaceExists':
      return { resource: 'namespaces', name, for: 'create' };
    case 'Available':
      return { resource, namespace, name, for: AVAILABLE[object.kind]?.(object) ?? 'create' };
    case 'CABundle':
      return { resource, namespace, name, for: CA_BUNDLE[object.kind] ?? 'create' };
    case 'Established':
    case 'Ready':
      return { resource, namespace, name, for: `condition=${readiness}` };
  }
}
