import { Construct } from 'constructs';
import { type Deployment, daemonsets, deployments, statefulsets } from '../../../crds-imports/apps';
import {
  type Container,
  type EnvVar,
  type PodSecurityContext,
  type PodSpec,
  type ResourceRequirements,
  type SecurityContext,
  serviceaccounts,
  services,
} from '../../../crds-imports/core';
import type { ObjectMeta } from '../../../crds-imports/meta';
import { networkpolicies } from '../../../crds-imports/networking.k8s.io';
import { type GuardedServer, MESH, type Membership, type Mesh, type Port, type Route } from '../../contracts';
import {
  ConstructError,
  declare,
  type Image,
  type Kind,
  type KubeObject,
  type Labels,
  namespaceOf,
  type Permission,
  refuse,
} from '../../core';
import type { Program } from '../network/callers';
import { admitCallers } from '../network/network-policy';
import { bindRole, type NamedPermissions, subject } from '../roles/bound-roles';
import type { PodVolume } from './pod-volume';
import { containerPort, servicePort, servicesOf } from './port';
import { type Health, probes } from './probe';
import type { Replicas, Replicated, WorkloadKind } from './replicas';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from './security';

/** Names that objects of a server have apart from its own. */
export interface ServerNames {
  /** Of the Deployment, StatefulSet or DaemonSet. @default - the construct's id */
  readonly workload?: string;
  /** @default - the construct's id */
  readonly serviceAccount?: string;
  /** @default - the construct's id */
  readonly container?: string;
  /** Of the NetworkPolicy. @default - the construct's id */
  readonly policy?: string;
}

/** How many pods there may be too many and too few while new ones come; numbers or percentages. */
export interface RollingUpdate {
  readonly maxSurge: number | string;
  readonly maxUnavailable: number | string;
}

/** From where a Service is reached. */
export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer';

/** A program that runs in pods, and everything it needs to. */
export interface ServerProps {
  readonly image: Image;
  /** @default - the image's entry point */
  readonly command?: readonly string[];
  /** @default - none */
  readonly args?: readonly string[];
  /** @default - none */
  readonly env?: readonly EnvVar[];
  /** Ports beside that of the health; a port that declares its callers is closed to everybody else. @default - none */
  readonly ports?: readonly Port[];
  /** @default - no probes */
  readonly health?: Health;
  readonly resources: ResourceRequirements;
  readonly replicas: Replicas;
  /** @default 'Deployment' */
  readonly runs?: 'Deployment' | 'StatefulSet';
  /** Labels by which the pods are selected. */
  readonly selector: Labels;
  /** Labels of all objects of the program, and of its pods. @default - none */
  readonly labels?: Labels;
  /** Further labels of the pods. @default - none */
  readonly podLabels?: Labels;
  /** @default - none */
  readonly podAnnotations?: Labels;
  /** @default - all are named by the construct's id */
  readonly names?: ServerNames;
  /** @default - the chart's */
  readonly namespace?: string;
  /** Whether the pods are part of the platform's mesh, where it has one. @default 'outside' */
  readonly mesh?: Membership;
  /** Further fields of the pod. @default - what the standard `restricted` asks for */
  readonly pod?: Pick<
    PodSpec,
    'nodeSelector' | 'tolerations' | 'terminationGracePeriodSeconds' | 'enableServiceLinks' | 'priorityClassName'
  >;
  /** Further fields of the pod's security context. @default - what the standard `restricted` asks for */
  readonly podSecurity?: PodSecurityContext;
  /** Further fields of the container's security context. @default - what `restricted` asks for, and a read-only root */
  readonly security?: SecurityContext;
  /** Annotations of its Services. @default - none */
  readonly serviceAnnotations?: Labels;
  /** Further labels of its Services. @default - none */
  readonly serviceLabels?: Labels;
  /** Rules of a ClusterRole that is named like the program. @default - none */
  readonly permissions?: readonly Permission[];
  /** Roles and ClusterRoles with names of their own. @default - none */
  readonly roles?: readonly NamedPermissions[];
  /** Whether the pods get a token for the API server. @default - when they have roles */
  readonly apiToken?: boolean;
  /** @default - none */
  readonly volumes?: readonly PodVolume[];
  /** Containers that run before the program. @default - none */
  readonly initContainers?: readonly Container[];
  /** Further containers of the pod. @default - none */
  readonly sidecars?: readonly Container[];
  /** How old pods give way to new ones: all at once, or as a rolling update of a Deployment. @default - Kubernetes' own */
  readonly strategy?: 'Recreate' | RollingUpdate;
  /** Whether its Services are reached from outside of the cluster. @default 'ClusterIP' */
  readonly serviceType?: ServiceType;
  /** ConfigMaps whose keys are environment variables. @default - none */
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
}

/** What the workloads have in common. */
interface Workload {
  readonly metadata: ObjectMeta;
  readonly spec: Pick<Replicated, 'replicas'> & {
    readonly selector: NonNullable<Deployment['spec']>['selector'];
    readonly serviceName?: string;
    readonly strategy?: NonNullable<Deployment['spec']>['strategy'];
    readonly template: NonNullable<Deployment['spec']>['template'];
  };
}

const WORKLOADS = { Deployment: deployments, StatefulSet: statefulsets, DaemonSet: daemonsets } as Readonly<
  Record<WorkloadKind, Kind<unknown>>
> as Readonly<Record<WorkloadKind, Kind<Workload>>>;

/**
 * A program that runs in pods: ServiceAccount, roles with bindings, workload, Services; a NetworkPolicy, and in a mesh the policies
 * and routes, which follow from who calls its ports. The scope is any construct below a chart; objects are named by the construct's
 * id, unless they have names of their own.
 */
export class Server extends Construct implements Program {
  /** The Deployment, StatefulSet or DaemonSet. */
  readonly workload: KubeObject;
  readonly namespace: string;
  readonly selector: Labels;
  /** Name of the ServiceAccount that the program runs as. */
  readonly serviceAccount: string;
  /** The mesh that it is part of. */
  protected readonly mesh: Mesh | undefined;
  /** How the mesh sees it. */
  protected readonly guarded: GuardedServer;

  /** @throws ConstructError when a port has two names, or when it elects a leader without being allowed to */
  constructor(scope: Construct, id: string, props: ServerProps) {
    super(scope, id);
    const { names = {}, selector, ports = [], replicas, mesh: membership = 'outside', volumes = [] } = props;
    this.selector = selector;
    this.namespace = props.namespace ?? (namespaceOf(this) as string);
    this.serviceAccount = names.serviceAccount ?? id;
    const mesh = MESH.near(this);
    this.mesh = membership === 'inside' ? mesh : undefined;
    const labels = { ...props.labels, ...selector };
    const { namespace } = props;
    const metadata = { name: id, namespace, labels };
    this.guarded = { name: id, namespace: this.namespace, selector, labels, ports };

    const roles = rolesOf(id, this.namespace, props);
    refuse(this, replicas._problems(roles));
    declare(this, serviceaccounts, {
      metadata: { ...metadata, name: this.serviceAccount },
      // Who may do nothing needs no token for the API server.
      automountServiceAccountToken: props.apiToken ?? roles.length > 0,
    });
    for (const role of roles) bindRole(this, role, [subject(this)], labels);
    for (const { declare: declareSource } of volumes) declareSource?.(this, namespace, labels);
    this.workload = this.run(names.workload ?? id, metadata, props, mesh?.pods(membership, ports));
    this.serve(id, metadata, props);
    if (ports.some(({ callers }) => callers))
      declare(this, networkpolicies, {
        metadata: { ...metadata, name: names.policy ?? id },
        spec: admitCallers(selector, ports, mesh),
      });
    this.mesh?.guard(this, this.guarded);
  }

  /** Lets the gateway of the mesh lead to its first port; without a mesh there is no gateway. */
  route(route: Route): void {
    const [port] = this.guarded.ports;
    if (!port) throw new ConstructError(this.node.path, 'it has a route, and no port');
    this.mesh?.route(this, this.guarded, port, route);
  }

  private run(name: string, own: Metadata, props: ServerProps, worn: ReturnType<Mesh['pods']> = {}): KubeObject {
    const { replicas, selector, volumes = [], podAnnotations, podLabels, health } = props;
    const kind = replicas._runsOnEveryNode ? 'DaemonSet' : (props.runs ?? 'Deployment');
    const { labels, namespace } = own;
    const { topologySpreadConstraints, ...replicated } = replicas._replicate(this, { kind, name, namespace, labels, selector });
    const annotations = { ...podAnnotations, ...worn.annotations };
    const ports = health?.port.name ? [...(props.ports ?? []), health.port] : (props.ports ?? []);
    const [service] = servicesOf(props.ports ?? [], own.name).keys();
    return declare(this, WORKLOADS[kind], {
      metadata: { ...own, name },
      spec: {
        ...replicated,
        selector: { matchLabels: selector },
        ...(kind === 'StatefulSet' && { serviceName: service ?? own.name }),
        ...(props.strategy && { strategy: strategyOf(props.strategy) }),
        template: {
          metadata: {
            labels: { ...labels, ...podLabels, ...worn.labels },
            ...(Object.keys(annotations).length > 0 && { annotations }),
          },
          spec: {
            serviceAccountName: this.serviceAccount,
            securityContext: { ...RESTRICTED_POD, ...props.podSecurity },
            ...props.pod,
            ...(topologySpreadConstraints && { topologySpreadConstraints }),
            ...(props.initContainers && { initContainers: props.initContainers }),
            containers: [
              {
                name: props.names?.container ?? own.name,
                image: props.image.toString(),
                imagePullPolicy: 'IfNotPresent',
                ...(props.command && { command: props.command }),
                ...(props.args && { args: props.args }),
                ...(props.env && { env: props.env }),
                ...(props.envFrom && { envFrom: props.envFrom }),
                ...(ports.length > 0 && { ports: distinct(this, ports).map(containerPort) }),
                ...(health && probes(health)),
                resources: props.resources,
                securityContext: { ...RESTRICTED_CONTAINER, ...props.security },
                ...(volumes.length > 0 && { volumeMounts: volumes.map(({ mount }) => mount) }),
              },
              ...(props.sidecars ?? []),
            ],
            ...(volumes.length > 0 && { volumes: volumes.map(({ volume }) => volume) }),
          },
        },
      },
    });
  }

  /** One Service for each name that the ports are served under. */
  private serve(
    id: string,
    { labels, namespace }: Metadata,
    { ports = [], serviceAnnotations, serviceLabels, selector, serviceType = 'ClusterIP' }: ServerProps,
  ): void {
    for (const [name, served] of servicesOf(ports, id))
      declare(this, services, {
        metadata: {
          name,
          namespace,
          labels: { ...labels, ...serviceLabels },
          ...(serviceAnnotations && { annotations: serviceAnnotations }),
        },
        spec: { type: serviceType, selector, ports: served.map(({ port, served: at }) => servicePort(port, at)) },
      });
  }
}

interface Metadata {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Labels;
}

function strategyOf(strategy: 'Recreate' | RollingUpdate): Workload['spec']['strategy'] {
  return strategy === 'Recreate' ? { type: strategy } : { type: 'RollingUpdate', rollingUpdate: strategy };
}

function rolesOf(id: string, namespace: string, { permissions, roles = [], replicas }: ServerProps): NamedPermissions[] {
  return [...(permissions ? [{ name: id, permissions }] : []), ...roles, ...replicas._roles(namespace)];
}

/** Each port once: that of the metrics may be that of the health, too, under the same name. */
function distinct(scope: Construct, ports: readonly Port[]): Port[] {
  const known = new Map<number, Port>();
  for (const port of ports) {
    const other = known.get(port.port) ?? port;
    if (other.name !== port.name)
      throw new ConstructError(scope.node.path, `port ${port.port} is called ${other.name} and ${port.name}; give it one name`);
    known.set(port.port, other);
  }
  return [...known.values()];
}
