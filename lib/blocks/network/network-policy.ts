import type { NetworkPolicySpec } from '../../../crds-imports/networking.k8s.io';

/** Whom a policy admits. @see Caller */
export type Peer = NonNullable<NonNullable<NonNullable<NetworkPolicySpec['ingress']>[number]['from']>[number]>;
type Selector = NonNullable<NetworkPolicySpec['podSelector']>;
type Labels = Readonly<Record<string, string>>;

/** Selects what has all the labels. */
export function having(labels: Labels): Selector {
  return { matchExpressions: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })) };
}

/** Who may call. */
export const Caller = {
  /** Pods of the same namespace. */
  sameNamespace: { podSelector: {} } as Peer,
  /** Pods of the same namespace that have the labels. */
  pods: (labels: Labels): Peer => ({ podSelector: having(labels) }),
  /** Pods of one namespace. */
  namespace: (name: string): Peer => ({ namespaceSelector: having({ 'kubernetes.io/metadata.name': name }) }),
  /** Pods of every namespace that has the labels. */
  namespaces: (labels: Labels): Peer => ({ namespaceSelector: having(labels) }),
};

/**
 * Admits callers to some pods of a namespace; other callers are refused once a policy selects the pods.
 *
 * @param to the pods; an empty selector takes all pods of the namespace
 * @param callers none admits everybody, which webhooks need: the API server calls from an address that nobody knows
 * @param ports none admits the callers to all ports
 */
export function admit(to: Selector, callers: readonly Peer[], ports: readonly number[] = []): NetworkPolicySpec {
  return {
    podSelector: to,
    policyTypes: ['Ingress'],
    ingress: [
      {
        ...(callers.length > 0 && { from: callers }),
        ...(ports.length > 0 && { ports: ports.map((port) => ({ port, protocol: 'TCP' as const })) }),
      },
    ],
  };
}
