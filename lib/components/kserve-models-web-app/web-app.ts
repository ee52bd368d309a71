import { Construct } from 'constructs';
import type { EnvVar, ResourceRequirements } from '../../../crds-imports/core';
import { virtualservicesV1beta1 as virtualservices } from '../../../crds-imports/networking.istio.io';
import { ingresses, networkpolicies } from '../../../crds-imports/networking.k8s.io';
import { authorizationpoliciesV1beta1 as authorizationpolicies } from '../../../crds-imports/security.istio.io';
import { ControllerManager, type Health, type NamedPermissions } from '../../blocks/controller-manager';
import { admit, Caller, having } from '../../blocks/network-policy';
import { type MeshReference, platformOf } from '../../blocks/platform-context';
import type { Port } from '../../blocks/port';
import { Replication } from '../../blocks/replication';
import { type Component, ConstructError, declare, type Image, Notes } from '../../core';

/** An Ingress that leads to a web application. */
export interface WebAppIngress {
  /** Host name under which the application is served, alone: Ingresses have no common way to strip a path. */
  readonly host: string;
  /** IngressClass, for instance `nginx`. */
  readonly className: string;
  /** Namespace of the ingress controller's pods; pods of other namespaces are refused. */
  readonly controllerNamespace: string;
  /**
   * Secret with the certificate of the host.
   *
   * @default - no TLS at the Ingress; something before it has to bring it
   */
  readonly tlsSecret?: string;
  /**
   * Annotations of the Ingress: those by which the controller authenticates users, for instance.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * How users reach a web application, and with it who says who they are. The application believes the header that names the user,
 * so what is in front of it has to authenticate, and to overwrite that header.
 */
export class WebAppAccess {
  /** Through the gateway of the platform's mesh, which authenticates users. */
  static readonly mesh = new WebAppAccess('mesh');

  /**
   * Through `kubectl port-forward` only: whoever may do that in the namespace uses the application with its own rights, without
   * a login. It listens on the pod's loopback address, so that nobody else can.
   */
  static readonly portForward = new WebAppAccess('port-forward');

  private constructor(
    readonly kind: 'mesh' | 'ingress' | 'port-forward',
    readonly options?: WebAppIngress,
  ) {}

  /**
   * Through an Ingress, whose controller authenticates users and sets the header that names them; a request without the header
   * is refused.
   */
  static ingress(options: WebAppIngress): WebAppAccess {
    return new WebAppAccess('ingress', options);
  }
}

/** A web application of Kubeflow. */
export interface WebAppProps {
  readonly image: Image;
  /** Port of the program. */
  readonly port: Port & { readonly name: string };
  /** The command when it listens on an address of its choice, for instance the loopback address. */
  readonly command: (address: string) => readonly string[];
  /** Environment variables, by how the application is reached. */
  readonly env: (access: ReachedBy) => readonly EnvVar[];
  readonly health: { readonly liveness: string; readonly readiness: string };
  readonly role: NamedPermissions;
  /** Path below which the gateway serves the application, with `/` at both ends. */
  readonly prefix: string;
  /** Labels of all objects of the application, by which its pods are selected. */
  readonly selector: Readonly<Record<string, string>>;
  readonly resources: ResourceRequirements;
  /** Folders that the program writes to. */
  readonly scratch: readonly string[];
  /** @default - the gateway of the platform's mesh; without a mesh a port-forward */
  readonly access?: WebAppAccess;
}

/** What the program has to know of how it is reached. */
export interface ReachedBy {
  /** Path of the application for the browser. */
  readonly prefix: string;
  /** Whether users are told apart. */
  readonly authenticated: boolean;
}

/**
 * A web application: ServiceAccount, role, Deployment, and what its access takes: Service and NetworkPolicy, and either the mesh's
 * VirtualService and AuthorizationPolicy, or an Ingress.
 */
export class WebApp extends Construct {
  constructor(scope: Component, id: string, props: WebAppProps) {
    super(scope, `${id}-app`);
    const { mesh } = platformOf(this);
    const { port, access = mesh ? WebAppAccess.mesh : WebAppAccess.portForward } = props;
    const inMesh = access.kind === 'mesh';
    const forwarded = access.kind === 'port-forward';
    if (inMesh && !mesh)
      throw new ConstructError(
        scope.node.path,
        'there is no mesh through whose gateway users could come; declare it (existing.istio), or give access by an Ingress or a port-forward',
      );
    new ControllerManager(scope, id, {
      image: props.image,
      replication: forwarded ? Replication.impossible('a port-forward reaches one pod') : Replication.stateless,
      ...(forwarded && { command: props.command('127.0.0.1') }),
      env: props.env({ prefix: inMesh ? props.prefix.replace(/\/$/, '') : '/', authenticated: !forwarded }),
      selector: props.selector,
      podAnnotations: { 'sidecar.istio.io/inject': `${inMesh}` },
      ports: [forwarded ? { ...port, served: undefined } : port],
      health: healthOf(props, forwarded),
      resources: props.resources,
      roles: [props.role],
      security: { runAsUser: 1000 },
      scratch: props.scratch,
    });
    if (forwarded)
      Notes.add(
        this,
        `${id} has no login: whoever may forward a port in ${scope.namespace} acts with its rights (kubectl -n ${scope.namespace} port-forward deployment/${id} 8080:${port.port}, then http://localhost:8080)`,
      );
    if (inMesh && mesh) this.route(scope, id, props, mesh);
    if (access.options) this.ingress(id, props, access.options);
    const caller = inMesh ? mesh?.namespace : access.options?.controllerNamespace;
    if (caller)
      declare(this, networkpolicies, {
        metadata: { name: id, labels: props.selector },
        spec: admit(having(props.selector), [Caller.namespace(caller)], [port.port]),
      });
  }

  /** The route through the gateway, and that nobody else may call. */
  private route(scope: Component, id: string, { port, prefix, selector }: WebAppProps, mesh: MeshReference): void {
    const host = `${id}.${scope.namespace}.svc.cluster.local`;
    declare(this, virtualservices, {
      metadata: { name: id, labels: selector },
      spec: {
        gateways: [mesh.gateway],
        hosts: ['*'],
        http: [
          {
            match: [{ uri: { prefix } }],
            rewrite: { uri: '/' },
            route: [{ destination: { host, port: { number: servedPort(port) } } }],
          },
        ],
      },
    });
    declare(this, authorizationpolicies, {
      metadata: { name: id, labels: selector },
      spec: {
        action: 'ALLOW',
        selector: { matchLabels: selector },
        rules: [{ from: [{ source: { principals: [mesh.gatewayPrincipal] } }] }],
      },
    });
  }

  private ingress(id: string, { port, selector }: WebAppProps, options: WebAppIngress): void {
    const { host, className, tlsSecret, annotations } = options;
    declare(this, ingresses, {
      metadata: { name: id, labels: selector, ...(annotations && { annotations }) },
      spec: {
        ingressClassName: className,
        ...(tlsSecret && { tls: [{ hosts: [host], secretName: tlsSecret }] }),
        rules: [
          {
            host,
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: id, port: { number: servedPort(port) } } } }],
            },
          },
        ],
      },
    });
  }
}

function servedPort({ port, served }: Port): number {
  return served?.port ?? port;
}

/** The kubelet does not reach the loopback address of a pod; a command in the container does. */
function healthOf({ port, health: { liveness, readiness } }: WebAppProps, forwarded: boolean): Health {
  const timings = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 };
  const request = (path: string) => `import urllib.request as r; r.urlopen('http://127.0.0.1:${port.port}${path}')`;
  const probe = (path: string) =>
    forwarded
      ? { command: ['python', '-c', request(path)], ...timings, initialDelaySeconds: 5, periodSeconds: 30, timeoutSeconds: 10 }
      : { path, ...timings };
  return { port, liveness: probe(liveness), readiness: probe(readiness) };
}
