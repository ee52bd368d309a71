import { BlockList } from 'node:net';
import type { KubernetesObject } from '../../e2e/kubectl';

type Labels = Readonly<Record<string, string>>;

/** Kubernetes' LabelSelector. */
export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** A NetworkPolicy, as far as it is about what comes in. */
export interface NetworkPolicy extends KubernetesObject {
  readonly spec: {
    readonly podSelector?: Selector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly {
      readonly from?: readonly {
        readonly podSelector?: Selector;
        readonly namespaceSelector?: Selector;
        readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
      }[];
      readonly ports?: readonly { readonly port?: number | string; readonly endPort?: number }[];
    }[];
  };
}

/** One end of a connection. */
export interface Peer {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly address: string;
  /** Its ports by their names. */
  readonly ports?: Readonly<Record<string, number>>;
}

type Rule = NonNullable<NetworkPolicy['spec']['ingress']>[number];

/**
 * Whether the policies let a Pod reach a port of another: nobody selects the target, or one rule of one policy that does admits it.
 * What goes out is not looked at.
 */
export function admits(policies: readonly NetworkPolicy[], from: Peer, to: Peer, port: number): boolean {
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === to.namespace &&
      (spec.policyTypes ?? ['Ingress']).includes('Ingress') &&
      matches(spec.podSelector ?? {}, to.labels),
  );
  if (selecting.length === 0) return true;
  return selecting.some(({ spec }) => (spec.ingress ?? []).some((rule) => onPort(rule, to, port) && comesFrom(rule, from, to)));
}

function onPort({ ports = [] }: Rule, to: Peer, port: number): boolean {
  if (ports.length === 0) return true;
  return ports.some(({ port: allowed, endPort }) => {
    if (allowed === undefined) return true;
    const first = typeof allowed === 'number' ? allowed : to.ports?.[allowed];
    return first !== undefined && first <= port && port <= (endPort ?? first);
  });
}

function comesFrom({ from: allowed = [] }: Rule, from: Peer, to: Peer): boolean {
  if (allowed.length === 0) return true;
  return allowed.some(({ podSelector, namespaceSelector, ipBlock }) => {
    if (ipBlock) return contains(ipBlock.cidr, from.address) && !ipBlock.except?.some((cidr) => contains(cidr, from.address));
    const namespace = namespaceSelector ? matches(namespaceSelector, from.namespaceLabels) : from.namespace === to.namespace;
    return namespace && matches(podSelector ?? {}, from.labels);
  });
}

/** Whether a selector selects these labels. */
export function matches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      if (operator === 'In') return value !== undefined && values.includes(value);
      return value === undefined || !values.includes(value);
    })
  );
}

function contains(cidr: string, address: string): boolean {
  const [network = '', prefix] = cidr.split('/');
  const block = new BlockList();
  const family = network.includes(':') ? 'ipv6' : 'ipv4';
  block.addSubnet(network, Number(prefix), family);
  return block.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
