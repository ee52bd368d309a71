import type { Gate, Manifest } from '../../core';
import { groupOf } from '../../core/kind';
import { waitFor } from '../../core/plan/readiness';

/** Annotations by which the provider is told when an object is done. @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/ */
export const WAIT_FOR = 'pulumi.com/waitFor';
export const SKIP_AWAIT = 'pulumi.com/skipAwait';

const WEBHOOKS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

interface Webhook {
  readonly clientConfig?: { readonly caBundle?: string; readonly service?: unknown };
}

/**
 * The annotations that make the provider wait until an object is ready. Workloads, claims and Jobs it waits for by itself; those
 * that nobody waits for by name are here because another stack may rely on them.
 *
 * An annotation that the object has already is left as it is.
 *
 * @param gates the gates that wait for the object
 * @param bundle whether to wait for its CA bundle
 */
export function awaitAnnotations(object: Manifest, gates: readonly Gate[], bundle: boolean): Record<string, string> {
  const { annotations = {} } = object.metadata;
  if (annotations[WAIT_FOR] || annotations[SKIP_AWAIT]) return {};
  const conditions = [...new Set([...ofKind(object), ...(bundle ? ofBundle(object, gates) : []), ...ofGates(gates)])];
  if (conditions.length > 0) return { [WAIT_FOR]: conditions.length === 1 ? `${conditions[0]}` : JSON.stringify(conditions) };
  return isService(object) && !isAwaitedService(object) ? { [SKIP_AWAIT]: 'true' } : {};
}

function ofKind(object: Manifest): string[] {
  const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
  if (kind === 'apiextensions.k8s.io/CustomResourceDefinition') return ['condition=Established'];
  if (kind === 'cert-manager.io/Certificate') return ['condition=Ready'];
  if (kind === 'apiregistration.k8s.io/APIService') return ['condition=Available'];
  return [];
}

function isService({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'v1' && kind === 'Service';
}

/** A Service that gets an address from outside, which the provider waits for; and before that for the pods behind it. */
export function isAwaitedService(object: Manifest): boolean {
  return (
    isService(object) &&
    (object.spec as { type?: string } | undefined)?.type === 'LoadBalancer' &&
    object.metadata.annotations?.[SKIP_AWAIT] !== 'true'
  );
}

function ofBundle(object: Manifest, gates: readonly Gate[]): string[] {
  const isNeeded = (WEBHOOKS.includes(object.kind) && lacksBundle(object)) || gates.some(({ ready }) => ready === 'CABundle');
  return isNeeded ? [`${waitFor(object, 'CABundle', '')?.for}`] : [];
}

/** Somebody writes the CA bundle of a webhook that has a Service and no bundle of its own. */
function lacksBundle(object: Manifest): boolean {
  const webhooks = (object.webhooks ?? []) as readonly Webhook[];
  return webhooks.some(({ clientConfig }) => clientConfig?.service && !clientConfig.caBundle);
}

/** Further readiness that only some objects need, because another object of the model relies on it. */
function ofGates(gates: readonly Gate[]): string[] {
  // A Profile says so itself when its controller has made the namespace.
  return gates.some(({ ready }) => ready === 'NamespaceExists') ? ['condition=Successful'] : [];
}
