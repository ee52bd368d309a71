import type { NetworkPolicySpec } from '../../../crds-imports/networking.k8s.io';
import type { Mesh, Peer, Port } from '../../contracts';
import type { Labels } from '../../core';

type PodSelector = NonNullable<NetworkPolicySpec['podSelector']>;
type Rule = NonNullable<NetworkPolicySpec['ingress']>[number];

/** Selects what has all the labels. */
export function having(labels: Labels): PodSelector {
  return { matchExpressions: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })) };
}

/** Admits pods of the same namespace to all pods of it, and nobody else. */
export const SAME_NAMESPACE: NetworkPolicySpec = {
  podSelector: {},
  policyTypes: ['Ingress'],
  ingress: [{ from: [{ podSelector: {} }] }],
};

/**
 * Admits the callers of each port to some pods of a namespace; others are refused, unless another policy admits them. Ports that
 * declare no callers are for other policies to admit.
 */
export function admitCallers(selector: Labels, ports: readonly Port[], mesh: Mesh | undefined): NetworkPolicySpec {
  return { podSelector: having(selector), policyTypes: ['Ingress'], ingress: ports.flatMap((port) => admission(port, mesh)) };
}

/** The rule of one port; none where nobody calls it, since a rule without callers would admit everybody. */
function admission({ port, protocol = 'TCP', callers }: Port, mesh: Mesh | undefined): Rule[] {
  if (!callers) return [];
  const ports = [{ port, protocol }];
  const from: Peer[] = [];
  for (const { peers } of callers) {
    if (peers === 'everybody') return [{ ports }];
    from.push(...peers(mesh));
  }
  return from.length > 0 ? [{ from, ports }] : [];
}
