import type { NetworkPolicySpec } from '../../crds-imports/networking.k8s.io';
import { Contract } from '../core';
import type { Peer } from './caller';

/** Somebody of the platform who calls pods in the namespaces of its users. */
export interface NamespaceCaller {
  /** What the policy is called that admits him in a namespace: `katib-controller-to-suggestions`. */
  readonly policy: string;
  /** Whom a NetworkPolicy admits. */
  readonly peers: readonly Peer[];
  /** The pods that he calls. @default - all pods of the namespace */
  readonly pods?: NonNullable<NetworkPolicySpec['podSelector']>;
  /** Ports that he calls. @default - all ports */
  readonly ports?: readonly number[];
}

/** Offered by every component that calls pods of users; a namespace of theirs admits all of them. */
export const NAMESPACE_CALLERS = new Contract<NamespaceCaller>('a caller of pods in namespaces of users');
