import type { Construct } from 'constructs';
import { ingresses } from '../../../crds-imports/networking.k8s.io';
import { type Caller, type GuardedServer, IDENTITY, MESH, type Membership, type Port, type Route } from '../../contracts';
import { ConstructError, declare, type Labels, Notes } from '../../core';
import { Callers, USER_HEADER } from '../network/callers';
import { servedAt, servicePort } from '../server/port';

export { USER_HEADER };

/** A web application, and what leads to it. */
export interface ExposedWebApp {
  readonly server: GuardedServer;
  /** Name of its Deployment. */
  readonly workload: string;
  readonly port: Port;
  /** Path below which it serves, with a `/` at both ends. */
  readonly path: string;
  /** Where the gateway of a mesh leads to it. */
  readonly route: Route;
}

/** Options of the way in through an Ingress. */
export interface WebAppIngress {
  /** Host name under which users reach the application. */
  readonly host: string;
  /** IngressClass of the controller. */
  readonly className: string;
  /** Namespace of the controller's pods; nobody else is admitted. */
  readonly controllerNamespace: string;
  /**
   * HTTP header with the user's name. The controller has to set it after the user has logged in, and to refuse or overwrite the one
   * that a client sends: the application believes it.
   *
   * @default 'kubeflow-userid'
   */
  readonly userHeader?: string;
  /**
   * Secret with the certificate of the host.
   *
   * @default - the controller's default certificate, or no TLS
   */
  readonly tlsSecret?: string;
  /**
   * Annotations of the Ingress: those by which its controller authenticates users.
   *
   * @default - none
   */
  readonly annotations?: Labels;
}

/** How users get to a web application, and who tells it who they are. */
export abstract class WebAppAccess {
  /**
   * Through `kubectl port-forward` only: the application listens on the loopback interface of its pod and asks for no user. Whoever
   * may forward a port into its namespace acts with its rights.
   */
  static get portForward(): WebAppAccess {
    return new PortForward();
  }

  /** Through the gateway of the platform's mesh, which authenticates users. */
  static get mesh(): WebAppAccess {
    return new ThroughMesh();
  }

  /** Through an Ingress whose controller authenticates users. */
  static ingress(options: WebAppIngress): WebAppAccess {
    return new ThroughIngress(options);
  }

  /** Through the gateway of the platform's mesh; a port-forward where it has none. */
  static ofPlatform(scope: Construct): WebAppAccess {
    return MESH.near(scope) ? WebAppAccess.mesh : WebAppAccess.portForward;
  }

  /** Whether the pods of the application are part of the mesh. */
  abstract readonly membership: Membership;

  /** Who calls the application for its users; undefined where it listens on the loopback interface alone. */
  abstract readonly caller: Caller | undefined;

  /** Header that names the user; undefined where there is nobody to set one, so that no other pod may reach the application. */
  abstract userHeader(scope: Construct): string | undefined;

  /**
   * Declares what leads to an application.
   *
   * @throws ConstructError when the platform has no mesh through which users could come
   */
  abstract expose(scope: Construct, app: ExposedWebApp): void;
}

class PortForward extends WebAppAccess {
  override readonly membership = 'outside';
  override readonly caller = undefined;

  override userHeader(): undefined {
    return undefined;
  }

  override expose(scope: Construct, { server: { name, namespace }, workload, port, path }: ExposedWebApp): void {
    const command = `kubectl port-forward -n ${namespace} deployment/${workload} 8080:${port.port}`;
    Notes.add(
      scope,
      `${name} has no login: whoever may forward a port in ${namespace} acts with its rights (${command}, then http://localhost:8080${path})`,
    );
  }
}

class ThroughIngress extends WebAppAccess {
  override readonly membership = 'outside';
  override readonly caller: Caller;

  constructor(private readonly options: WebAppIngress) {
    super();
    this.caller = Callers.namespace(options.controllerNamespace);
  }

  override userHeader(): string {
    return this.options.userHeader ?? USER_HEADER;
  }

  override expose(scope: Construct, { server: { name, namespace, selector }, port, path }: ExposedWebApp): void {
    const { host, className, tlsSecret, annotations } = this.options;
    const [at] = servedAt(port, name);
    const service = { name: at?.service ?? name, port: { number: servicePort(port, at?.served).port } };
    declare(scope, ingresses, {
      metadata: { name, namespace, labels: selector, ...(annotations && { annotations }) },
      spec: {
        ingressClassName: className,
        ...(tlsSecret && { tls: [{ hosts: [host], secretName: tlsSecret }] }),
        rules: [{ host, http: { paths: [{ path, pathType: 'Prefix', backend: { service } }] } }],
      },
    });
  }
}

class ThroughMesh extends WebAppAccess {
  override readonly membership = 'inside';
  override readonly caller = Callers.gateway;

  override userHeader(scope: Construct): string {
    return IDENTITY.near(scope)?.userHeader ?? USER_HEADER;
  }

  override expose(scope: Construct, { server, port, route }: ExposedWebApp): void {
    const mesh = MESH.near(scope);
    if (!mesh) throw new ConstructError(scope.node.path, NO_MESH);
    mesh.route(scope, server, port, route);
  }
}

const NO_MESH =
  'there is no mesh through whose gateway users could come; declare it (existing.istio), or give access by an Ingress or a port-forward';
