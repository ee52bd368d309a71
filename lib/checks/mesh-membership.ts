import { type Labels, type Manifest, podSpecs } from '../core';
import { identityOf } from '../core/manifest';
import type { ModelIndex } from '../core/model-index';

const INJECT = 'sidecar.istio.io/inject';
const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';
const MODE = 'istio.io/dataplane-mode';

/**
 * Whether a mesh stands before a port of a workload. Where the namespace is not in the model it may.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export function isGuarded(workload: Manifest, port: number, index: ModelIndex): boolean {
  const labels = podSpecs(workload)[0]?.labels ?? {};
  const annotations = annotationsOf(workload);
  const excluded = annotations[EXCLUDED]?.split(',').map((text) => text.trim()) ?? [];
  if (excluded.includes('*') || excluded.includes(String(port))) return false;
  const said = labels[INJECT] ?? annotations[INJECT];
  if (said !== undefined) return said === 'true';
  const namespace = index.get(identityOf('', 'Namespace', undefined, workload.metadata.namespace ?? ''));
  const around = namespace?.metadata.labels ?? {};
  const mode = labels[MODE] ?? around[MODE];
  if (mode !== undefined) return mode === 'ambient';
  return !namespace || around['istio-injection'] === 'enabled' || around['istio.io/rev'] !== undefined;
}

function annotationsOf({ spec }: Manifest): Labels {
  const { template } = (spec ?? {}) as { template?: { metadata?: { annotations?: Labels } } };
  return template?.metadata?.annotations ?? {};
}
