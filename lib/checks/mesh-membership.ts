import { type Labels, type Manifest, podSpecs } from '../core';
import { identityOf } from '../core/manifest';
import type { ModelIndex } from '../core/model-index';

const INJECT = 'sidecar.istio.io/inject';
const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';
const MODE = 'istio.io/dataplane-mode';

/**
 * Whether a workload is part of a mesh; undefined where its namespace, which may say it, is not in the model.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export function isMember(workload: Manifest, index: ModelIndex): boolean | undefined {
  const labels = podSpecs(workload)[0]?.labels ?? {};
  const said = labels[INJECT] ?? annotationsOf(workload)[INJECT];
  if (said !== undefined) return said === 'true';
  const namespace = index.get(identityOf('', 'Namespace', undefined, workload.metadata.namespace ?? ''));
  const around = namespace?.metadata.labels ?? {};
  const mode = labels[MODE] ?? around[MODE];
  if (mode !== undefined) return mode === 'ambient';
  return namespace && (around['istio-injection'] === 'enabled' || around['istio.io/rev'] !== undefined);
}

/** Whether a mesh stands before a port of a workload. Where the namespace is not in the model it may. */
export function isGuarded(workload: Manifest, port: number, index: ModelIndex): boolean {
  return !isExcluded(workload, port) && isMember(workload, index) !== false;
}

/** Whether the proxy leaves a port of a workload alone. */
export function isExcluded(workload: Manifest, port: number): boolean {
  const excluded =
    annotationsOf(workload)
      [EXCLUDED]?.split(',')
      .map((text) => text.trim()) ?? [];
  return excluded.includes('*') || excluded.includes(String(port));
}

function annotationsOf({ spec }: Manifest): Labels {
  const { template } = (spec ?? {}) as { template?: { metadata?: { annotations?: Labels } } };
  return template?.metadata?.annotations ?? {};
}
