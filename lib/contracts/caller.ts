import type { NetworkPolicySpec } from '../../crds-imports/networking.k8s.io';
import type { Mesh } from './mesh';

/** Whom a NetworkPolicy admits. */
export type Peer = NonNullable<NonNullable<NonNullable<NetworkPolicySpec['ingress']>[number]['from']>[number]>;

/** How a mesh knows a caller. */
export interface Source {
  /** SPIFFE identities without the scheme; `*` is anybody who has one. */
  readonly principals?: readonly string[];
  /** Namespaces of those who have an identity. */
  readonly namespaces?: readonly string[];
  /** Headers that a request has, with any value. */
  readonly withHeaders?: readonly string[];
  /** Headers that a request must not have. */
  readonly withoutHeaders?: readonly string[];
}

/** Somebody who calls a port: the network knows him by his address, a mesh by his identity. */
export interface Caller {
  /** Whom a NetworkPolicy admits, given the mesh if there is one; `everybody` for callers with no address that can be named. */
  readonly peers: 'everybody' | ((mesh: Mesh | undefined) => readonly Peer[]);
  /**
   * Whom an AuthorizationPolicy admits, given the namespace of the server that he calls; `unidentified` for those without an identity,
   * whose ports no mesh may guard.
   */
  readonly source: 'unidentified' | ((mesh: Mesh, namespace: string) => Source);
}
