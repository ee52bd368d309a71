import type { Construct } from 'constructs';
import { Contract, type Labels } from '../core';
import type { Port } from './port';

/** Whether pods are part of the mesh. */
export type Membership = 'inside' | 'outside';

/** The gateway through which users come. */
export interface Gateway {
  /** As VirtualServices name it: `kubeflow/kubeflow-gateway`. */
  readonly name: string;
  /** Where its pods are. */
  readonly namespace: string;
  /** Labels of its pods. @default - any pod of the namespace */
  readonly pods?: Labels;
  /** SPIFFE identity of its pods, without the scheme. */
  readonly principal: string;
}

/** The pods of a gateway. */
export type LocalGatewayPods = Required<Pick<Gateway, 'namespace' | 'pods' | 'principal'>>;

/** A server as a mesh sees it. */
export interface GuardedServer {
  /** Name of the server, and of the objects that guard it. */
  readonly name: string;
  readonly namespace: string;
  readonly selector: Labels;
  /** Labels of the objects that guard it. */
  readonly labels: Labels;
  /** Ports on which it listens. */
  readonly ports: readonly Port[];
}

/** Where the gateway leads to a server. */
export interface Route {
  /** Path at the gateway, with a `/` at both ends. */
  readonly prefix: string;
  /** What the server gets in its place. @default - the path as it is */
  readonly rewrite?: string;
  /** @default - none */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** Seconds. @default - no limit */
  readonly timeout?: number;
  /** Name of the VirtualService. @default - the server's */
  readonly name?: string;
}

/** The only way in which components speak to a mesh, whichever it is. */
export interface Mesh {
  readonly gateway: Gateway;
  /** The gateway through which pods of the cluster reach what has no pods yet: Knative's services. @default - none */
  readonly localGateway?: LocalGatewayPods;
  /** Domain of its identities: `cluster.local`. */
  readonly trustDomain: string;
  /** Namespaces of the servers that it guards, as far as they are declared. */
  readonly members: readonly string[];
  /** Labels of a namespace whose pods are part of the mesh, or are not. */
  namespace(membership: Membership): Labels;
  /**
   * What pods wear: in sidecar mode the injection label and the excluded ports, in ambient mode `istio.io/dataplane-mode`.
   *
   * @param ports on which they listen
   */
  pods(membership: Membership, ports: readonly Port[]): { readonly labels?: Labels; readonly annotations?: Labels };
  /** Lets the callers of each port in, and nobody else, where all of them have an identity: AuthorizationPolicy, DestinationRule. */
  guard(scope: Construct, server: GuardedServer): void;
  /** A VirtualService, or an HTTPRoute. */
  route(scope: Construct, server: GuardedServer, port: Port, route: Route): void;
}

/** The mesh of a platform; offered by Istio, installed or existing. */
export const MESH = new Contract<Mesh>('a mesh');
