import type { NetworkPolicySpec } from '../../crds-imports/networking.k8s.io';
import type { Mesh } from './mesh';

/** Whom a NetworkPolicy admits. */
export type Peer = NonNullable<NonNullable<NonNullable<NetworkPolicySpec['ingress']>[number]['from']>[number]>;

/** How a mesh knows a caller. */
export interface Source {
  readonly principals?: readonly string[];
  readonly namespaces?: readonly string[];
  /** Headers that a request has, with any value. */
  readonly withHeaders?: readonly string[];
  /** Headers that a request must not have. */
  readonly withoutHeaders?: readonly string[];
}

/** Somebody who calls a port: the network knows him by his address, a mesh by his identity. */
export interface Caller {
  /** How a NetworkPolicy admits him; `everybody` for callers with no address that can be named. */
  readonly peers: (mesh: Mesh | undefined) => readonly Peer[] | 'everybody';
  /** How an AuthorizationPolicy admits him; `unidentified` for those without an identity, whose ports no mesh may guard. */
  readonly source: (mesh: Mesh) => Source | 'everybody' | 'unidentified';
}
