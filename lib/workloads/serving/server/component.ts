import type { Duration } from 'cdk8s';
import type { DeploymentStrategy } from '../../../../crds-imports/apps';
import type { Container, ContainerPort, HTTPGetAction, PodResourceClaim, Probe } from '../../../../crds-imports/core';
import type { Batcher as BatcherSpec, Logger as LoggerSpec, Predictor } from '../../../../crds-imports/serving.kserve.io';
import { contradictions } from '../../object-metadata';
import { given } from '../../pod/given';
import { type PodOptions, podTemplate } from '../../pod/pod-options';
import { knativeScaling } from '../scaling/knative-scaling';
import type { Scale } from '../scaling/scale';
import { type Autoscaler, scaling } from '../scaling/scale-on';
import type { StorageCredentials } from '../storage/storage-credentials';

/** Sends what comes in and goes out to a service that takes CloudEvents. */
export interface RequestLogger {
  /** What is sent. */
  readonly mode: 'all' | 'request' | 'response';
  /** @default - the cluster's event broker */
  readonly url?: string;
  /** Headers of requests that are sent along. @default - none */
  readonly metadataHeaders?: readonly string[];
  /** Annotations of the server that are sent along. @default - none */
  readonly metadataAnnotations?: readonly string[];
  /** Writes to a store instead. @default - it does not */
  readonly storage?: {
    readonly path: string;
    /** Key in the Secret `storage-config`. */
    readonly key: string;
    readonly parameters: Readonly<Record<string, string>>;
    /** @default - the server's */
    readonly serviceAccount?: string;
  };
  /** Entries that are written at a time, at least 1. @default 1 */
  readonly batchSize?: number;
  /** How long entries wait for others. @default - they do not */
  readonly batchInterval?: Duration;
  /** Service that gives entries the form in which they are written. @default - none */
  readonly marshallerUrl?: string;
}

/** Puts requests together before the model sees them. */
export interface RequestBatcher {
  /** Instances in a batch, at least 1. @default 32 */
  readonly maxBatchSize?: number;
  /** How long a request waits for others. @default - 5 seconds */
  readonly maxLatency?: Duration;
}

/** A request of the kubelet. */
export interface HttpProbe extends Omit<HTTPGetAction, 'port'> {
  /** @default - with Knative the port at which requests come in; Standard mode has to be told */
  readonly port?: HTTPGetAction['port'];
}

/** A probe of a server. */
export interface ServingProbe extends Omit<Probe, 'httpGet'> {
  readonly httpGet?: HttpProbe;
}

/** By what the kubelet knows how a container is. */
export interface Probes {
  /** @default - the runtime's, or KServe's */
  readonly readiness?: ServingProbe;
  /** @default - the runtime's */
  readonly liveness?: ServingProbe;
  /** @default - the runtime's */
  readonly startup?: Probe;
}

/** A container of a server. */
export interface ServingContainerOptions
  extends Pick<
    PodOptions,
    'command' | 'args' | 'env' | 'envFrom' | 'mounts' | 'resources' | 'workingDir' | 'imagePullPolicy' | 'security'
  > {
  /** A port named `h2c` is spoken to in gRPC. @default - the runtime's, or 8080 */
  readonly ports?: readonly ContainerPort[];
  /** @default - the runtime's */
  readonly probes?: Probes;
}

/** What can be said of each component of a server: predictor, transformer and explainer. */
export interface ComponentOptions extends ServingContainerOptions, Omit<PodOptions, 'image' | keyof ServingContainerOptions> {
  /** Between how many replicas it scales, and by what. @default - what KServe does by itself: one replica at least */
  readonly scale?: Scale;
  /** Requests that a replica is given at a time; others wait. 0 for no limit. Knative only. @default 0 */
  readonly containerConcurrency?: number;
  /** How long a request may take. @default - 60 seconds */
  readonly timeout?: Duration;
  /** Percent of the traffic that the newest revision gets, 0 to 100; left out, it gets all. Knative only. @default 100 */
  readonly canaryTraffic?: number;
  /** @default - nothing is sent */
  readonly logger?: RequestLogger;
  /** @default - each request by itself */
  readonly batcher?: RequestBatcher;
  /** How new pods take the place of old ones. Standard only. @default - rolling, a quarter at a time */
  readonly rollout?: DeploymentStrategy;
  /** Access to where its model is stored; in the place of serviceAccount. @default - that of the ServiceAccount */
  readonly credentials?: StorageCredentials;
  /** Files that are loaded before, by the absolute path where they are found: storage URIs. @default - none */
  readonly artifacts?: Readonly<Record<string, string>>;
  /** Containers that run one after the other before it serves. Knative with its flag only. @default - those of KServe */
  readonly initContainers?: readonly Container[];
  /** Containers beside it, under names that KServe has not taken. @default - those of KServe */
  readonly sidecars?: readonly Container[];
  /** Devices by the name under which the pod knows them (dynamic resource allocation). Standard only. @default - none */
  readonly devices?: Readonly<Record<string, DeviceClaim>>;
}

/** Devices that a pod claims: each its own from a ResourceClaimTemplate, or all the same of a ResourceClaim. */
export type DeviceClaim =
  | {
      /** Name of the ResourceClaimTemplate. */
      readonly template: string;
      readonly claim?: never;
    }
  | {
      readonly template?: never;
      /** Name of the ResourceClaim. */
      readonly claim: string;
    };

/** A component without its implementation, and the container that is or becomes it. */
export interface ComponentParts {
  readonly fields: Partial<Predictor>;
  readonly container: Container;
}

/** Name of the container that serves. */
export const SERVING_CONTAINER = 'kserve-container';

/** The parts of a component. */
export function componentParts(options: ComponentOptions & { readonly image?: string }, autoscaler?: Autoscaler): ComponentParts {
  const { credentials, devices, serviceAccount = credentials?.name } = options;
  const container = servingContainer(SERVING_CONTAINER, options);
  const pods = { ...options, serviceAccount, image: options.image ?? '' };
  const { containers: _, ...pod } = podTemplate(SERVING_CONTAINER, pods).spec;
  return {
    fields: {
      ...scaling(options.scale, autoscaler),
      ...given({
        containerConcurrency: options.containerConcurrency,
        timeout: options.timeout?.toSeconds(),
        canaryTrafficPercent: options.canaryTraffic,
        logger: options.logger && loggerSpec(options.logger),
        batcher: options.batcher && batcherSpec(options.batcher),
        deploymentStrategy: options.rollout,
        labels: options.podLabels,
        annotations: podAnnotations(options),
        storageUris: options.artifacts && Object.entries(options.artifacts).map(([mountPath, uri]) => ({ uri, mountPath })),
      }),
      ...(pod as Partial<Predictor>),
      ...given({ initContainers: options.initContainers, resourceClaims: devices && resourceClaims(devices) }),
    },
    container: devices ? withDevices(container, Object.keys(devices)) : container,
  };
}

/** @throws Error when an annotation says otherwise than the option that it stands for */
function podAnnotations({ scale, podAnnotations: written }: ComponentOptions): Readonly<Record<string, string>> | undefined {
  const knative = scale?.options.knative;
  if (!knative) return written;
  const said = knativeScaling(knative);
  const [contradiction] = contradictions('annotation', written, said);
  if (contradiction) throw new Error(contradiction);
  return { ...written, ...said };
}

function resourceClaims(devices: Readonly<Record<string, DeviceClaim>>): PodResourceClaim[] {
  return Object.entries(devices).map(([name, { template, claim }]) => ({
    name,
    ...given({ resourceClaimTemplateName: template, resourceClaimName: claim }),
  }));
}

function withDevices(container: Container, names: readonly string[]): Container {
  return { ...container, resources: { ...container.resources, claims: names.map((name) => ({ name })) } };
}

/** A container by its name; without an image it takes the runtime's. */
export function servingContainer(name: string, options: ServingContainerOptions & { readonly image?: string }): Container {
  const [container] = podTemplate(name, { ...options, image: options.image ?? '' }).spec.containers;
  const { name: _, image, ...fields } = container as Container;
  const { readiness, liveness, startup } = options.probes ?? {};
  return {
    name,
    ...(image && { image }),
    ...fields,
    ...given({
      ports: options.ports,
      // The definition of InferenceServices asks for no port, the type of containers does.
      readinessProbe: readiness as Probe | undefined,
      livenessProbe: liveness as Probe | undefined,
      startupProbe: startup,
    }),
  };
}

function loggerSpec({ storage, batchInterval, ...logger }: RequestLogger): LoggerSpec {
  return {
    ...given(logger),
    ...(storage && {
      storage: {
        path: storage.path,
        key: storage.key,
        parameters: storage.parameters,
        ...given({ serviceAccountName: storage.serviceAccount }),
      },
    }),
    ...given({ batchInterval: batchInterval && `${batchInterval.toSeconds()}s` }),
  };
}

function batcherSpec({ maxBatchSize, maxLatency }: RequestBatcher): BatcherSpec {
  return given({ maxBatchSize, maxLatency: maxLatency?.toMilliseconds() });
}
