import { Construct } from 'constructs';
import { deployments } from '../../crds-imports/apps';
import {
  type Container,
  type EnvVar,
  type PodSpec,
  type ResourceRequirements,
  type SecurityContext,
  serviceaccounts,
  services,
} from '../../crds-imports/core';
import { clusterrolebindings, clusterroles, rolebindings, roles } from '../../crds-imports/rbac.authorization.k8s.io';
import { allow, type Component, ConstructError, declare, type Image, type KubeObject, Permission, resource } from '../core';
import { type ConfigFile, configMount, declareConfig, type FileMount } from './config-file';
import { containerPort, type Port, servicePort, servicesOf } from './port';
import { type Health, probes } from './probe';
import { type Replication, replicate } from './replication';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from './security';
import { declareWebhooks, type Webhooks } from './webhooks';

/** A Role or ClusterRole with its binding to the program's ServiceAccount. */
export interface NamedPermissions {
  readonly name: string;
  /** Name of the binding. @default - the role's */
  readonly binding?: string;
  readonly permissions: readonly Permission[];
  /**
   * Namespace of a Role; a ClusterRole has none.
   *
   * @default - a ClusterRole
   */
  readonly namespace?: string;
}

/** Leader election by Leases. */
export interface LeaderElection {
  /** Namespace of the Leases. */
  readonly namespace: string;
  /** Names of the Leases. */
  readonly leases: readonly string[];
  /** Name of the Role. */
  readonly role: string;
  /** Name of the RoleBinding. @default - the Role's */
  readonly binding?: string;
}

/** A controller or server, and everything it needs to run. */
export interface ControllerManagerProps {
  readonly image: Image;
  /** @default - the image's entry point */
  readonly command?: readonly string[];
  /** @default - none */
  readonly args?: readonly string[];
  /** @default - none */
  readonly env?: readonly EnvVar[];
  /** Name of the container. @default - the construct's id */
  readonly container?: string;
  /** @default 1, and 2 in a platform of high availability */
  readonly replicas?: number;
  /** Whether several replicas can run side by side. */
  readonly replication: Replication;
  /** Labels of all objects of the program, and of its pods. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Labels by which the pods are selected. */
  readonly selector: Readonly<Record<string, string>>;
  /** Further labels of the pods. @default - none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Further fields of the pod. @default - none */
  readonly pod?: Pick<
    PodSpec,
    'nodeSelector' | 'tolerations' | 'terminationGracePeriodSeconds' | 'enableServiceLinks' | 'priorityClassName'
  >;
  /** Further fields of the container's security context. @default - what the standard `restricted` asks for, and a read-only root */
  readonly security?: SecurityContext;
  /** Annotations of the Service. @default - none */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /** Ports beside those of health and webhooks. @default - none */
  readonly ports?: readonly Port[];
  /** @default - no probes */
  readonly health?: Health;
  readonly resources: ResourceRequirements;
  /** Rules of a ClusterRole that is named like the program. @default - none */
  readonly permissions?: readonly Permission[];
  /** Roles and ClusterRoles with names of their own. @default - none */
  readonly roles?: readonly NamedPermissions[];
  /** @default - none; a program with several replicas needs it */
  readonly leaderElection?: LeaderElection;
  /** @default - none */
  readonly webhooks?: Webhooks;
  /** The file that configures the program. @default - none */
  readonly config?: ConfigFile;
  /** Further volumes. @default - none */
  readonly mounts?: readonly FileMount[];
  /** Further containers of the pod. @default - none */
  readonly sidecars?: readonly Container[];
}

const leases = resource('coordination.k8s.io', 'leases');

/**
 * A controller, or a server without a volume: ServiceAccount, roles with bindings, leader election, Deployment, Services, and what
 * its webhooks need.
 * Objects are named by the construct's id, unless they have names of their own.
 */
export class ControllerManager extends Construct {
  /** The Deployment. */
  readonly deployment: KubeObject;
  /** The ServiceAccount that the program runs as. */
  readonly serviceAccount: KubeObject;

  constructor(scope: Component, id: string, props: ControllerManagerProps) {
    super(scope, id);
    const namespace = scope.namespace as string;
    const labels = { ...props.labels, ...props.selector };
    const metadata = { name: id, labels };
    const bound = rolesOf(id, props);
    // Who may do nothing needs no token for the API server.
    this.serviceAccount = declare(this, serviceaccounts, { metadata, automountServiceAccountToken: bound.length > 0 });
    for (const role of bound) this.bind(role, labels, namespace);

    if (props.config) declareConfig(this, props.config, labels);
    const mounts = [props.config && configMount(props.config), props.webhooks?.certificate.mount, ...(props.mounts ?? [])].filter(
      (mount) => mount !== undefined,
    );
    const ports = [...(props.ports ?? []), ...(props.webhooks ? [props.webhooks.port] : [])];
    const listening = props.health?.port.name ? [...ports, props.health.port] : ports;
    const { replicas, topologySpreadConstraints } = replicate(this, id, props.selector, props.replication, props.replicas);
    this.deployment = declare(this, deployments, {
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: props.selector },
        template: {
          metadata: {
            labels: { ...labels, ...props.podLabels },
            ...(props.podAnnotations && { annotations: props.podAnnotations }),
          },
          spec: {
            serviceAccountName: this.serviceAccount.name,
            securityContext: RESTRICTED_POD,
            ...props.pod,
            ...(topologySpreadConstraints && { topologySpreadConstraints }),
            containers: [
              {
                name: props.container ?? id,
                image: props.image.toString(),
                imagePullPolicy: 'IfNotPresent',
                ...(props.command && { command: props.command }),
                ...(props.args && { args: props.args }),
                ...(props.env && { env: props.env }),
                ...(listening.length > 0 && { ports: distinct(this, listening).map(containerPort) }),
                ...(props.health && probes(props.health)),
                resources: props.resources,
                securityContext: { ...RESTRICTED_CONTAINER, ...props.security },
                ...(mounts.length > 0 && { volumeMounts: mounts.map(({ mount }) => mount) }),
              },
              ...(props.sidecars ?? []),
            ],
            ...(mounts.length > 0 && { volumes: mounts.map(({ volume }) => volume) }),
          },
        },
      },
    });

    this.serve(id, ports, labels, props);
    if (props.webhooks) declareWebhooks(this, { name: id, namespace, labels, selector: props.selector }, props.webhooks);
  }

  private bind(
    { name, binding = name, namespace, permissions }: NamedPermissions,
    labels: Readonly<Record<string, string>>,
    home: string,
  ): void {
    const rules = Permission.rules(permissions);
    const metadata = { name, labels, ...(namespace && { namespace }) };
    const subjects = [{ kind: 'ServiceAccount', name: this.serviceAccount.name, namespace: home }];
    const apiGroup = 'rbac.authorization.k8s.io';
    if (namespace) {
      declare(this, roles, { metadata, rules });
      declare(this, rolebindings, {
        metadata: { ...metadata, name: binding },
        roleRef: { apiGroup, kind: 'Role', name },
        subjects,
      });
    } else {
      declare(this, clusterroles, { metadata, rules });
      declare(this, clusterrolebindings, {
        metadata: { ...metadata, name: binding },
        roleRef: { apiGroup, kind: 'ClusterRole', name },
        subjects,
      });
    }
  }

  /** One Service for each name that the ports are served under. */
  private serve(
    id: string,
    ports: readonly Port[],
    labels: Readonly<Record<string, string>>,
    props: ControllerManagerProps,
  ): void {
    for (const [name, addresses] of servicesOf(ports, id)) {
      declare(this, services, {
        metadata: { name, labels, ...(props.serviceAnnotations && { annotations: props.serviceAnnotations }) },
        spec: {
          type: 'ClusterIP',
          selector: props.selector,
          ports: addresses.map(({ port, served }) => servicePort(port, served)),
        },
      });
    }
  }
}

function rolesOf(id: string, { permissions, roles: named = [], leaderElection }: ControllerManagerProps): NamedPermissions[] {
  return [
    ...(permissions ? [{ name: id, permissions }] : []),
    ...named,
    ...(leaderElection
      ? [
          {
            name: leaderElection.role,
            binding: leaderElection.binding,
            namespace: leaderElection.namespace,
            permissions: [
              allow('get', 'update', 'patch')
                .on(leases)
                .named(...leaderElection.leases),
              allow('create').on(leases),
            ],
          },
        ]
      : []),
  ];
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
