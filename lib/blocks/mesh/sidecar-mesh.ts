import type { Construct } from 'constructs';
import { destinationrules, virtualservices } from '../../../crds-imports/networking.istio.io';
import { type AuthorizationPolicySpec, authorizationpolicies } from '../../../crds-imports/security.istio.io';
import type { Gateway, GuardedServer, LocalGatewayPods, Membership, Mesh, Port, Route, Source } from '../../contracts';
import { ConstructError, declare, type Labels } from '../../core';
import { servedAt, servicePort, servicesOf } from '../server/port';

type Rule = NonNullable<AuthorizationPolicySpec['rules']>[number];

/** An Istio mesh through whose gateway users come. */
export interface MeshReference {
  /** Gateway of Kubeflow's web applications, as `namespace/name`. */
  readonly gateway: string;
  /** Namespace of the ingress gateway's pods. */
  readonly namespace: string;
  /** SPIFFE identity of the ingress gateway, without the scheme: `<trust domain>/ns/<namespace>/sa/<ServiceAccount>`. */
  readonly gatewayPrincipal: string;
  /** Labels of the gateway's pods. @default - any pod of the namespace */
  readonly gatewayPods?: Labels;
  /** The gateway for requests from inside of the cluster, which Knative needs. @default - none */
  readonly localGateway?: LocalGatewayPods;
  /**
   * Revision whose injector puts proxies into pods: what namespaces say with the label `istio.io/rev`.
   *
   * @default - the one that answers to `istio-injection: enabled`
   */
  readonly revision?: string;
}

/** Istio that the cluster has, with a proxy beside each program: the injector puts it there by the label of the pod. */
export function sidecarMesh(reference: MeshReference): Mesh {
  return new SidecarMesh(reference);
}

class SidecarMesh implements Mesh {
  readonly gateway: Gateway;
  readonly localGateway: LocalGatewayPods | undefined;
  readonly trustDomain: string;
  private readonly revision: string | undefined;
  private readonly namespaces = new Set<string>();

  constructor({ gateway, namespace, gatewayPods, gatewayPrincipal, localGateway, revision }: MeshReference) {
    this.gateway = { name: gateway, namespace, ...(gatewayPods && { pods: gatewayPods }), principal: gatewayPrincipal };
    this.localGateway = localGateway;
    this.trustDomain = gatewayPrincipal.split('/')[0] as string;
    this.revision = revision;
  }

  get members(): readonly string[] {
    return [...this.namespaces];
  }

  namespace(membership: Membership): Labels {
    if (this.revision !== undefined && membership === 'inside') return { 'istio.io/rev': this.revision };
    return { 'istio-injection': membership === 'inside' ? 'enabled' : 'disabled' };
  }

  pods(membership: Membership, ports: readonly Port[]) {
    const labels = { 'sidecar.istio.io/inject': `${membership === 'inside'}` };
    const open = ports.filter((port) => !isGuarded(port)).map(({ port }) => port);
    if (membership === 'outside' || open.length === 0) return { labels };
    return { labels, annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': open.join() } };
  }

  guard(scope: Construct, server: GuardedServer): void {
    const { name, namespace, selector, labels, ports } = server;
    this.namespaces.add(namespace);
    const called = ports.filter((port) => port.callers && isGuarded(port));
    if (called.length === 0) return;
    const rules = called.flatMap((port) => this.rules(port, namespace, ports.length > 1));
    declare(scope, authorizationpolicies, {
      metadata: { name, namespace, labels },
      spec: { action: 'ALLOW', selector: { matchLabels: selector }, rules },
    });
    // Who calls from inside of the mesh encrypts, or fails: a pod whose proxy is missing would let everybody in.
    const services = [...servicesOf(ports, name)].filter(([, served]) => served.every(({ port }) => called.includes(port)));
    for (const [service] of services)
      declare(scope, destinationrules, {
        metadata: { name: services.length === 1 ? name : service, namespace, labels },
        spec: { host: host(service, namespace), trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
      });
  }

  route(scope: Construct, { name, namespace, labels }: GuardedServer, port: Port, route: Route): void {
    const [at] = servedAt(port, name);
    if (!at) throw new ConstructError(scope.node.path, `port ${port.port} of ${name} has a route, and no Service leads to it`);
    const { prefix, rewrite, requestHeaders, timeout } = route;
    declare(scope, virtualservices, {
      metadata: { name: route.name ?? name, namespace, labels },
      spec: {
        gateways: [this.gateway.name],
        hosts: ['*'],
        http: [
          {
            match: [{ uri: { prefix } }],
            ...(rewrite !== undefined && { rewrite: { uri: rewrite } }),
            ...(requestHeaders && { headers: { request: { set: requestHeaders } } }),
            ...(timeout !== undefined && { timeout: `${timeout}s` }),
            route: [{ destination: { host: host(at.service, namespace), port: { number: servicePort(port, at.served).port } } }],
          },
        ],
      },
    });
  }

  /** One rule for each way of knowing a caller; those that are known by where they come from share one. */
  private rules({ port, callers = [] }: Port, namespace: string, byPort: boolean): Rule[] {
    const to = byPort ? { to: [{ operation: { ports: [`${port}`] } }] } : {};
    const sources = callers.flatMap(({ source }) => (source === 'unidentified' ? [] : [source(this, namespace)]));
    const from = sources.filter((source) => !asksForHeaders(source));
    const asked = sources.filter(asksForHeaders);
    return [
      ...(from.length > 0 ? [{ from: from.map((source) => ({ source: identity(source) })), ...to }] : []),
      ...asked.map((source) => ({
        ...(source.principals || source.namespaces ? { from: [{ source: identity(source) }] } : {}),
        ...to,
        when: [
          ...(source.withHeaders ?? []).map((header) => ({ key: `request.headers[${header}]`, values: ['*'] })),
          ...(source.withoutHeaders ?? []).map((header) => ({ key: `request.headers[${header}]`, notValues: ['*'] })),
        ],
      })),
    ];
  }
}

/** Whether everybody who calls a port has an identity by which the mesh can let him in. */
function isGuarded({ callers = [] }: Port): boolean {
  return callers.every(({ source }) => source !== 'unidentified');
}

function asksForHeaders({ withHeaders, withoutHeaders }: Source): boolean {
  return withHeaders !== undefined || withoutHeaders !== undefined;
}

function identity({ principals, namespaces }: Source) {
  return { ...(principals && { principals }), ...(namespaces && { namespaces }) };
}

function host(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}
