import type { Gate, Manifest } from '../../core';
import { isWorkload, type ModelIndex } from '../../core/model-index';
import type { Preference } from '../../core/plan/dependencies';
import { bundleOf, readyOf } from '../../core/plan/readiness';

/** Annotations by which the provider is told when an object is done. @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/ */
export const WAIT_FOR = 'pulumi.com/waitFor';
export const SKIP_AWAIT = 'pulumi.com/skipAwait';

interface Webhook {
  readonly clientConfig?: { readonly caBundle?: string; readonly service?: unknown };
}

/**
 * The annotations that make the provider wait until an object is ready, also where nobody of the model waits for it: another stack may
 * rely on it. Workloads, claims and Jobs it waits for by itself.
 *
 * An annotation that the object has already is left as it is.
 *
 * @param gates the gates that wait for the object
 * @param bundle whether to wait for its CA bundle
 */
export function awaitAnnotations(
  object: Manifest,
  { facts }: ModelIndex,
  gates: readonly Gate[],
  bundle: boolean,
): Record<string, string> {
  const { annotations = {} } = object.metadata;
  if (annotations[WAIT_FOR] || annotations[SKIP_AWAIT]) return {};
  const readiness = [
    ...(isWorkload(object) ? [] : [readyOf(object, facts)]),
    ...(bundle && needsBundle(object, gates) ? [bundleOf(object, facts)] : []),
  ];
  const conditions = readiness.flatMap(({ condition }) => condition ?? []);
  if (conditions.length > 0) return { [WAIT_FOR]: conditions.length === 1 ? `${conditions[0]}` : JSON.stringify(conditions) };
  return isService(object) && !isAwaited(object) ? { [SKIP_AWAIT]: 'true' } : {};
}

function isService({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'v1' && kind === 'Service';
}

/** A Service that gets an address from outside, which the provider waits for; and before that for the pods behind it. */
function isAwaited(object: Manifest): boolean {
  return (
    isService(object) &&
    (object.spec as { type?: string } | undefined)?.type === 'LoadBalancer' &&
    object.metadata.annotations?.[SKIP_AWAIT] !== 'true'
  );
}

/** An awaited Service comes after the workloads behind it. */
export function awaitedServices(index: ModelIndex): Preference[] {
  return index.objects
    .filter(isAwaited)
    .flatMap((service) => index.behind(service).map((workload): Preference => [service, workload]));
}

function needsBundle(object: Manifest, gates: readonly Gate[]): boolean {
  return lacksBundle(object) || gates.some(({ ready }) => ready === 'CABundle');
}

/** Somebody writes the CA bundle of a webhook that has a Service and no bundle of its own. */
function lacksBundle(object: Manifest): boolean {
  const webhooks = (object.webhooks ?? []) as readonly Webhook[];
  return webhooks.some(({ clientConfig }) => clientConfig?.service && !clientConfig.caBundle);
}
