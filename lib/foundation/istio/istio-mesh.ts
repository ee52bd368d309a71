import type { Construct, IConstruct } from 'constructs';
import { configmaps, serviceaccounts } from '../../../crds-imports/core';
import * as networking from '../../../crds-imports/networking.istio.io';
import { type MeshReference, sidecarMesh } from '../../blocks/mesh/sidecar-mesh';
import { Callers, TENANTS } from '../../blocks/network/callers';
import { NamespaceBaseline } from '../../blocks/network/namespace-baseline';
import { having } from '../../blocks/network/network-policy';
import type { ServiceType } from '../../blocks/server/server';
import {
  ENDPOINT,
  Endpoint,
  type EndpointOptions,
  IDENTITY,
  MESH,
  NAMESPACE_CALLERS,
  type NamespaceCaller,
  type Port,
} from '../../contracts';
import { Component, Existing, type Labels, Notes, refuse, World } from '../../core';
import { KUBEFLOW } from '../../release/namespaces';
import { NODE_PLATFORMS, type NodePlatform, networkPlugin } from './cni';
import { controlPlane } from './control-plane';
import { gatewayPods, gatewayProxy } from './gateway-proxy';
import { KINDS } from './kinds';
import { GATEWAY_NAME, kubeflowGateway } from './kubeflow-gateway';
import { ROOT } from './names';
import { rootPolicies } from './root-policies';

/** Options of a mesh. */
export interface IstioMeshProps {
  /**
   * The address under which users reach its gateway.
   *
   * @default - the platform's
   */
  readonly endpoint?: EndpointOptions;

  /**
   * From where the gateway is reached: by a load balancer of the cloud, by a port of every node, or from inside of the cluster only, by
   * a port-forward or by something before it.
   *
   * @default 'ClusterIP'
   */
  readonly ingress?: ServiceType;

  /**
   * Annotations of the gateway's Service, by which a cloud makes its load balancer.
   *
   * @default - none
   */
  readonly ingressAnnotations?: Labels;

  /**
   * Whose nodes they are: where they keep CNI plugins.
   *
   * @default 'generic'
   */
  readonly nodes?: NodePlatform;

  /**
   * Whether it has a gateway for requests from inside of the cluster, which Knative needs.
   *
   * @default true
   */
  readonly localGateway?: boolean;

  /**
   * Namespaces that pods of the mesh may call besides their own and those of the platform's servers in the mesh. Others are called, too,
   * but not as part of the mesh: without encryption and without identity, which pods of the mesh refuse.
   *
   * @default - none
   */
  readonly reachable?: readonly string[];
}

const INGRESS = 'istio-ingressgateway';
const INGRESS_PODS = { app: INGRESS, istio: 'ingressgateway' };
const LOCAL = 'cluster-local-gateway';
const LOCAL_PODS = { app: LOCAL, istio: LOCAL };

/** Tells everything below a construct of a mesh with some options. */
export function offerMesh(scope: IConstruct, props: IstioMeshProps): void {
  MESH.offer(scope, installedMesh(props));
  NAMESPACE_CALLERS.offer(scope, users(ROOT));
}

/** Users come to notebooks and models through the gateways, at whichever port these listen. */
function users(namespace: string): NamespaceCaller {
  return {
    policy: 'gateway-to-pods',
    peers: [{ namespaceSelector: having({ 'kubernetes.io/metadata.name': namespace }) }],
  };
}

function installedMesh({ localGateway = true }: IstioMeshProps) {
  const { namespace, pods, principal } = gatewayPods(INGRESS, INGRESS_PODS);
  return sidecarMesh({
    gateway: GATEWAY_NAME,
    namespace,
    gatewayPods: pods,
    gatewayPrincipal: principal,
    ...(localGateway && { localGateway: gatewayPods(LOCAL, LOCAL_PODS) }),
  });
}

/**
 * Istio, with a proxy beside each program of the mesh: control plane, CNI plugin, the gateway through which users come, and what holds
 * for the whole mesh.
 *
 * @see https://istio.io/latest/docs/
 */
export class IstioMesh extends Component {
  /** Says that the cluster has one, to everything below a construct: components add their routes and policies to it. */
  static existing(scope: IConstruct, mesh: MeshReference): void {
    World.declare(scope, Existing.kinds(...KINDS), ...named(mesh));
    MESH.offer(scope, sidecarMesh(mesh));
    NAMESPACE_CALLERS.offer(scope, users(mesh.namespace));
  }

  /** @throws ConstructError when it has no address, or when the address or an option is wrong */
  constructor(scope: Construct, id: string, props: IstioMeshProps = {}) {
    super(scope, id, { namespace: ROOT });
    const { ingress, ingressAnnotations, nodes = 'generic', localGateway = true, reachable = [] } = props;
    const endpoint = props.endpoint ? new Endpoint(props.endpoint) : ENDPOINT.near(this);
    refuse(this, [
      ...(props.endpoint ? Endpoint.problems(props.endpoint) : []),
      ...(endpoint ? [] : [NO_ENDPOINT]),
      ...(NODE_PLATFORMS.includes(nodes) ? [] : [`nodes is ${JSON.stringify(nodes)}, must be ${NODE_PLATFORMS.join(', ')}`]),
    ]);
    if (!endpoint) return;
    if (props.endpoint) ENDPOINT.offerAlone(this, endpoint);
    if (MESH.all(this).length === 0) offerMesh(this, props);
    // istiod writes it into every namespace, where proxies mount it.
    World.declare(scope, Existing.object(configmaps, ROOT_CERTIFICATE, '*'));

    this.definitions(KINDS);
    new NamespaceBaseline(this, ROOT, { mesh: 'outside', policy: `default-allow-same-namespace-${ROOT}` });
    networkPlugin(this, nodes);
    controlPlane(this);
    gatewayProxy(this, INGRESS, {
      selector: INGRESS_PODS,
      ports: INGRESS_PORTS,
      serviceType: ingress,
      serviceAnnotations: ingressAnnotations,
    });
    if (localGateway) this.localGateway();
    rootPolicies(this, () => [...new Set([ROOT, ...(MESH.near(this)?.members ?? []), ...reachable])].sort());
    kubeflowGateway(this, endpoint, INGRESS_PODS);
    if (!IDENTITY.near(this))
      Notes.add(this, 'nobody asks users who they are: whoever reaches the gateway may say so himself, by a header');
  }

  /** Knative makes the Gateway for its own port, and the Service that leads to it. */
  private localGateway(): void {
    gatewayProxy(this, LOCAL, {
      selector: LOCAL_PODS,
      ports: LOCAL_PORTS,
      env: [{ name: 'ISTIO_META_ROUTER_MODE', value: 'sni-dnat' }],
    });
    this.object(networking.gateways, {
      metadata: { name: LOCAL },
      spec: { selector: LOCAL_PODS, servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] },
    });
  }
}

/** The certificate by which proxies know istiod. */
const ROOT_CERTIFICATE = 'istio-ca-root-cert';

const NO_ENDPOINT =
  'it has no address under which users come; give the platform one: endpoint: { hosts, tls }, for a laptop { hosts: ["localhost"], tls: "none" }';

const INGRESS_PORTS: readonly Port[] = [
  { port: 15021, served: { name: 'status-port' }, callers: [Callers.outside] },
  { port: 8080, served: { name: 'http2', port: 80 }, callers: [Callers.outside] },
  { port: 8443, served: { name: 'https', port: 443 }, callers: [Callers.outside] },
];

/** Users' pods, the platform's own, and those of Knative, which asks whether its services are there. */
const INSIDE = [Callers.namespaces(TENANTS), Callers.namespace(KUBEFLOW), Callers.namespace('knative-serving')];

const LOCAL_PORTS: readonly Port[] = [
  { port: 15020, served: { name: 'status-port' } },
  { port: 8080, served: { name: 'http2', port: 80 }, callers: INSIDE },
  { port: 8081, callers: INSIDE },
  { port: 8444, callers: INSIDE },
];

/** What objects may name of a mesh: the gateway, with its namespace and identity. */
function named({ gateway, namespace, gatewayPrincipal }: MeshReference): Existing[] {
  const [gatewayNamespace, name = ''] = gateway.split('/');
  const [, accountNamespace, account = ''] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(gatewayPrincipal) ?? [];
  return [
    Existing.namespace(namespace),
    Existing.object(networking.gateways, name, gatewayNamespace),
    ...(account ? [Existing.object(serviceaccounts, account, accountNamespace)] : []),
  ];
}
