import type {
  Container,
  PersistentVolumeClaimSpec,
  PersistentVolumeSpec,
  ResourceRequirements,
} from '../../../crds-imports/core';

type PullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/**
 * The file that configures Katib. The controller reads `init` when it starts, and `runtime` whenever an Experiment needs it.
 *
 * @see https://github.com/kubeflow/katib/blob/v0.19.0/pkg/apis/config/v1beta1/types.go
 */
export interface KatibConfig {
  readonly apiVersion: 'config.kubeflow.org/v1beta1';
  readonly kind: 'KatibConfig';
  readonly init: { readonly controller: ControllerConfig };
  readonly runtime: RuntimeConfig;
}

/** Of the controller. */
export interface ControllerConfig {
  readonly webhookPort: number;
  /** Address of the metrics. */
  readonly metricsAddr: string;
  /** Address of the probes. */
  readonly healthzAddr: string;
  /** Kinds that trials are made of, each as `Kind.version.group`. */
  readonly trialResources: readonly string[];
  readonly enableLeaderElection: boolean;
  /** Name of the Lease. */
  readonly leaderElectionID: string;
  /** Whether metrics collectors run with the security context of the first container of their pod. */
  readonly injectSecurityContext: boolean;
}

/** Of what the controller starts in the users' namespaces. */
export interface RuntimeConfig {
  readonly metricsCollectors: readonly MetricsCollectorConfig[];
  readonly suggestions: readonly SuggestionConfig[];
  readonly earlyStoppings: readonly EarlyStoppingConfig[];
}

/** The container that reads the metrics of a trial, of one kind. */
export interface MetricsCollectorConfig extends CollectorOptions {
  readonly kind: CollectorKind;
}

/** The service that suggests parameters, of one algorithm. */
export interface SuggestionConfig extends AlgorithmOptions {
  readonly algorithmName: string;
}

/** The service that ends hopeless trials, of one algorithm. */
export interface EarlyStoppingConfig extends EarlyStoppingOptions {
  readonly algorithmName: string;
}

/** Kinds of collectors that have a container of Katib's. Custom collectors bring their own, pushed metrics need none. */
export type CollectorKind = 'StdOut' | 'File' | 'TensorFlowEvent' | 'PrometheusMetric';

/** What runs for one early stopping algorithm. */
export interface EarlyStoppingOptions {
  readonly image: string;
  /** @default 'IfNotPresent' */
  readonly imagePullPolicy?: PullPolicy;
  /**
   * Katib fills in what is missing: requests of 50m CPU, 10Mi memory and 500Mi disk, limits of 500m CPU, 100Mi memory and 5Gi disk.
   * A negative quantity leaves a limit out.
   *
   * @default - Katib's
   */
  readonly resources?: ResourceRequirements;
}

/** What runs for one kind of metrics collector. */
export interface CollectorOptions extends EarlyStoppingOptions {
  /** Whether the collector waits for all processes of the trial's container, or for its main one only. @default true */
  readonly waitAllProcesses?: boolean;
}

/** What runs for one suggestion algorithm: a container, and its volume where Experiments resume from one. */
export interface AlgorithmOptions
  extends Omit<Container, 'name' | 'image' | 'imagePullPolicy' | 'resources'>,
    EarlyStoppingOptions {
  /** Name of the container. @default 'suggestion' */
  readonly name?: string;
  /** ServiceAccount of the users' namespaces that the service runs as. @default - one that Katib makes, where one is needed */
  readonly serviceAccountName?: string;
  /** Where the volume is mounted. @default '/opt/katib/data' */
  readonly volumeMountPath?: string;
  /** The volume's claim. @default - 1Gi, mounted by one node */
  readonly persistentVolumeClaimSpec?: PersistentVolumeClaimSpec;
  /** A volume that Katib makes for the claim. @default - what the storage class provides */
  readonly persistentVolumeSpec?: PersistentVolumeSpec;
  /** Labels of the volume that Katib makes. @default - none */
  readonly persistentVolumeLabels?: Readonly<Record<string, string>>;
}
