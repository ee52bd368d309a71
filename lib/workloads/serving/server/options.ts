import type { Duration } from 'cdk8s';
import type { DeploymentMode, KnativeFeature } from '../../../contracts';
import type { ObjectOptions } from '../../named';
import type { DeclaredObject } from '../../pod/declared-object';
import type { QueueSource } from '../../queue/queue';
import type { LocalModelNodeGroup } from '../local-models/local-model-node-group';

/** What is said of a server as a whole. A label or an annotation that stands for one of the options is read as that option. */
export interface ServerOptions extends ObjectOptions {
  /**
   * How KServe runs it. KServe keeps the mode in which it made a server: with another one the update is refused, and
   * Pulumi replaces the server.
   *
   * @default - the cluster's; its own rules are Knative's, which KServe's webhook holds a server to that names no mode
   */
  readonly deploymentMode?: DeploymentMode;
  /** Flags that Knative's `config-features` sets. @default - those of the cluster, see Knative */
  readonly knativeFeatures?: readonly KnativeFeature[];
  /** Secret with access to the model's store in place of `storage-config`, or the name of one that the cluster has. @default - none */
  readonly storageSecret?: DeclaredObject | string;
  /** Whether only the cluster reaches it. @default - the gateway does too */
  readonly visibility?: 'cluster-local';
  /** Whether revisions have addresses of their own. Knative only. @default false */
  readonly tagRouting?: boolean;
  /** How long the traffic takes to go over to a new revision. Knative only. @default - it goes at once */
  readonly rolloutDuration?: Duration;
  /** Whether its pods are taken away, without deleting it. @default false */
  readonly stop?: boolean;
  /** Whether Prometheus is told to scrape its pods. @default false */
  readonly prometheusScraping?: boolean;
  /** Whether the metrics of Knative's proxy and of the model come from one port. Knative only. @default false */
  readonly metricAggregation?: boolean;
  /** Whether it takes over changes of its runtime. @default true */
  readonly autoUpdate?: boolean;
  /** Whether the model's folder can be written to. @default false */
  readonly writableModel?: boolean;
  /** Names of extended resources that are GPUs too, where several nodes serve one model. @default - those of NVIDIA, AMD, Intel and Habana */
  readonly gpuResources?: readonly string[];
  /**
   * Group of nodes from whose disks the model is loaded, or its name in the cluster; `false` loads it from its store though nodes keep it.
   *
   * @default - the first group of the cache that has the model's URI, if there is one
   */
  readonly localModel?: LocalModelNodeGroup | string | false;
  /** User id of the program that loads the model, for meshes whose sidecar intercepts it. @default - KServe's */
  readonly storageInitializerUser?: number;
  /**
   * Whether requests from outside its namespace pass a mesh that refuses what no policy allows, as Kubeflow's does: an AuthorizationPolicy
   * for the pods at which requests come in. Who asks is checked at the gateway, or by nobody.
   *
   * @default false
   */
  readonly expose?: boolean;
  /** Queue of Kueue that admits its pods, or its name. @default - none */
  readonly queue?: QueueSource;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
  /** For the field that no option foresaw: merged last into the spec, and checked like everything else. @default - none */
  readonly overrides?: Readonly<Record<string, unknown>>;
}
