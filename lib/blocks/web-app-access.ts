import type { Construct } from 'constructs';
import { virtualservices } from '../../crds-imports/networking.istio.io';
import { ingresses, networkpolicies } from '../../crds-imports/networking.k8s.io';
import { authorizationpolicies } from '../../crds-imports/security.istio.io';
import { MESH_REFERENCE } from '../contracts';
import { ConstructError, declare, Notes } from '../core';
import { admit, Caller, having } from './network-policy';
import { type Port, servicePort } from './port';

type Labels = Readonly<Record<string, string>>;

/** A web application of the platform, and what leads to it. */
export interface WebApp {
  /** Name of its Service, and of the objects that lead to it. */
  readonly name: string;
  readonly namespace: string;
  readonly selector: Labels;
  readonly port: Port;
  /** URL path below which it serves, with a `/` at both ends. */
  readonly path: string;
  /**
   * Path below which the gateway of a mesh serves it, where many applications share a host; with a `/` at both ends.
   *
   * @default - its own path
   */
  readonly gatewayPath?: string;
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

/** Header of Kubeflow's gateway with the user's name. */
export const USER_HEADER = 'kubeflow-userid';

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
    return MESH_REFERENCE.near(scope) ? WebAppAccess.mesh : WebAppAccess.portForward;
  }

  /** Header that names the user; undefined where there is nobody to set one, so that no other pod may reach the application. */
  abstract readonly userHeader: string | undefined;

  /** Whether the pods of the application are part of the mesh. */
  abstract readonly inMesh: boolean;

  /**
   * Declares what leads to an application.
   *
   * @throws ConstructError when the platform has no mesh through which users could come
   */
  abstract expose(scope: Construct, app: WebApp): void;
}

class PortForward extends WebAppAccess {
  override readonly userHeader = undefined;
  override readonly inMesh = false;

  override expose(scope: Construct, { name, namespace, port, path }: WebApp): void {
    const command = `kubectl port-forward -n ${namespace} deployment/${name} 8080:${port.port}`;
    Notes.add(
      scope,
      `${name} has no login: whoever may forward a port in ${namespace} acts with its rights (${command}, then http://localhost:8080${path})`,
    );
  }
}

class ThroughIngress extends WebAppAccess {
  override readonly inMesh = false;

  constructor(private readonly options: WebAppIngress) {
    super();
  }

  override get userHeader(): string {
    return this.options.userHeader ?? USER_HEADER;
  }

  override expose(scope: Construct, { name, selector, port, path }: WebApp): void {
    const { host, className, controllerNamespace, tlsSecret, annotations } = this.options;
    declare(scope, networkpolicies, {
      metadata: { name, labels: selector },
      spec: admit(having(selector), [Caller.namespace(controllerNamespace)], [port.port]),
    });
    declare(scope, ingresses, {
      metadata: { name, labels: selector, ...(annotations && { annotations }) },
      spec: {
        ingressClassName: className,
        ...(tlsSecret && { tls: [{ hosts: [host], secretName: tlsSecret }] }),
        rules: [
          {
            host,
            http: {
              paths: [{ path, pathType: 'Prefix', backend: { service: { name, port: { number: servicePort(port).port } } } }],
            },
          },
        ],
      },
    });
  }
}

class ThroughMesh extends WebAppAccess {
  override readonly userHeader = USER_HEADER;
  override readonly inMesh = true;

  override expose(scope: Construct, { name, namespace, selector, port, path, gatewayPath = path }: WebApp): void {
    const mesh = MESH_REFERENCE.near(scope);
    if (!mesh) throw new ConstructError(scope.node.path, NO_MESH);
    const host = `${name}.${namespace}.svc.cluster.local`;
    const metadata = { name, labels: selector };
    declare(scope, networkpolicies, {
      metadata,
      spec: admit(having(selector), [Caller.namespace(mesh.namespace)], [port.port]),
    });
    declare(scope, virtualservices, {
      metadata,
      spec: {
        gateways: [mesh.gateway],
        hosts: ['*'],
        http: [
          {
            match: [{ uri: { prefix: gatewayPath } }],
            rewrite: { uri: path },
            route: [{ destination: { host, port: { number: servicePort(port).port } } }],
          },
        ],
      },
    });
    declare(scope, authorizationpolicies, {
      metadata,
      spec: {
        action: 'ALLOW',
        selector: { matchLabels: selector },
        rules: [{ from: [{ source: { principals: [mesh.gatewayPrincipal] } }] }],
      },
    });
  }
}

const NO_MESH =
  'there is no mesh through whose gateway users could come; declare it (existing.istio), or give access by an Ingress or a port-forward';
