import { images } from '../../release/images';

/** Requests and limits, as KServe writes them: quantities of Kubernetes. */
export interface ResourceSettings {
  readonly cpuRequest: string;
  readonly cpuLimit: string;
  readonly memoryRequest: string;
  readonly memoryLimit: string;
}

/** A container that KServe adds to the pods of a model. */
export interface SidecarConfiguration extends ResourceSettings {
  readonly image: string;
}

/** An explainer that KServe brings; image and version stand apart. */
export interface ExplainerConfiguration {
  readonly image: string;
  readonly defaultImageVersion: string;
}

/** Names of the Secrets' members and annotations from which storage credentials are read, and values where those are missing. */
export interface CredentialsConfiguration {
  /** Secret that a model's `storage.key` refers to, in the model's namespace. */
  readonly storageSpecSecretName: string;
  /** Annotation that names another Secret. */
  readonly storageSecretNameAnnotation: string;
  readonly gcs: { readonly gcsCredentialFileName: string };
  readonly s3: {
    readonly s3AccessKeyIDName: string;
    readonly s3SecretAccessKeyName: string;
    /** Host and port of an S3 server other than AWS. Empty: AWS. */
    readonly s3Endpoint: string;
    /** `0` or `1`; empty: HTTPS. */
    readonly s3UseHttps: string;
    readonly s3Region: string;
    /** `0` or `1`; empty: certificates are verified. */
    readonly s3VerifySSL: string;
    readonly s3UseVirtualBucket: string;
    readonly s3UseAccelerate: string;
    readonly s3UseAnonymousCredential: string;
    /** ConfigMap with a CA bundle, in the model's namespace. */
    readonly s3CABundleConfigMap: string;
    /** Path of the CA bundle in the storage initializer. */
    readonly s3CABundle: string;
  };
}

/** How requests reach the models. */
export interface IngressConfiguration {
  readonly enableGatewayApi: boolean;
  /** Gateway of the Gateway API, as `namespace/name`. */
  readonly kserveIngressGateway?: string;
  /** Gateway of a mesh, as `namespace/name`. KServe does not start without one, whether or not it uses it. */
  readonly ingressGateway: string;
  readonly localGateway?: string;
  readonly localGatewayService?: string;
  readonly knativeLocalGatewayService?: string;
  readonly ingressDomain: string;
  readonly additionalIngressDomains?: readonly string[];
  readonly ingressClassName?: string;
  readonly domainTemplate?: string;
  readonly pathTemplate?: string;
  readonly urlScheme?: string;
  readonly disableIstioVirtualHost: boolean;
  readonly disableIngressCreation: boolean;
  /** For gateways that refuse routes with timeouts. */
  readonly disableHTTPRouteTimeout?: boolean;
  /** Whether the servers of an LLMInferenceService speak TLS, with certificates that its controller signs. */
  readonly enableLLMInferenceServiceTLS?: boolean;
}

/** The program that loads a model before its server starts. */
export interface StorageInitializerConfiguration extends SidecarConfiguration {
  /** ConfigMap with a `cabundle.crt`, in the namespace of KServe. Empty: none. */
  readonly caBundleConfigMapName: string;
  readonly caBundleVolumeMountPath: string;
  /** Whether models come from OCI images. */
  readonly enableModelcar: boolean;
  readonly cpuModelcar: string;
  readonly memoryModelcar: string;
  readonly uidModelcar: number;
}

/** Models that are kept on nodes. */
export interface LocalModelConfiguration {
  readonly enabled: boolean;
  readonly jobNamespace: string;
  readonly defaultJobImage: string;
  readonly fsGroup: number;
  readonly jobTTLSecondsAfterFinished: number;
  /** Upstream's spelling. */
  readonly reconcilationFrequencyInSecs: number;
  readonly disableVolumeManagement: boolean;
}

/** Where requests and responses are logged to. */
export interface LoggerConfiguration extends SidecarConfiguration {
  readonly defaultUrl: string;
  /** ConfigMap with the CA bundle of the receiver. */
  readonly caBundle?: string;
  readonly caCertFile?: string;
  readonly tlsSkipVerify?: boolean;
  /** Storage that takes the log instead of a URL. */
  readonly storage?: {
    readonly path?: string;
    readonly key?: string;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly serviceAccountName?: string;
  };
  readonly marshallerUrl?: string;
  readonly batchSize?: number;
  readonly batchInterval?: string;
}

/**
 * What the controllers of KServe read from the ConfigMap `inferenceservice-config`: one member for each of its keys. Text that
 * stands for a number or a truth value is upstream's own choice.
 *
 * @see https://github.com/kserve/kserve/blob/v0.18.0/pkg/apis/serving/v1beta1/configmap.go
 */
export interface InferenceServiceConfiguration {
  readonly explainers: { readonly art?: ExplainerConfiguration };
  readonly storageInitializer: StorageInitializerConfiguration;
  readonly credentials: CredentialsConfiguration;
  readonly ingress: IngressConfiguration;
  readonly logger: LoggerConfiguration;
  readonly batcher: SidecarConfiguration & {
    /** Requests of a batch. */
    readonly maxBatchSize: string;
    /** Milliseconds that a request waits for others. */
    readonly maxLatency: string;
  };
  readonly agent: SidecarConfiguration;
  /** The program that runs an InferenceGraph. */
  readonly router: SidecarConfiguration & {
    readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
    readonly imagePullSecrets?: readonly string[];
    /** Headers that are passed on to the steps; names are regular expressions. */
    readonly headers?: { readonly propagate?: readonly string[] };
  };
  readonly deploy: {
    readonly defaultDeploymentMode: 'Standard' | 'Knative';
    /** Rolling update of the Deployments of the mode Standard. */
    readonly deploymentRolloutStrategy?: {
      readonly defaultRollout?: { readonly maxSurge: string; readonly maxUnavailable: string };
    };
  };
  readonly metricsAggregator: {
    readonly enableMetricAggregation: 'true' | 'false';
    readonly enablePrometheusScraping: 'true' | 'false';
  };
  readonly security: { readonly autoMountServiceAccountToken: boolean };
  readonly localModel: LocalModelConfiguration;
  readonly inferenceService: {
    /** Of a container that names none. */
    readonly resource: ResourceSettings;
    /** Annotations and labels that are not passed on to Knative's revisions. */
    readonly serviceAnnotationDisallowedList?: readonly string[];
    readonly serviceLabelDisallowedList?: readonly string[];
  };
  readonly autoscaler: {
    readonly scaleUpStabilizationWindowSeconds: string;
    readonly scaleDownStabilizationWindowSeconds: string;
  };
  readonly opentelemetryCollector: {
    readonly scrapeInterval: string;
    readonly metricReceiverEndpoint: string;
    readonly metricScalerEndpoint: string;
    readonly resource: ResourceSettings;
  };
  /** Services of the mode Standard. */
  readonly service?: { readonly serviceClusterIPNone: boolean };
  /** GPUs that models on several nodes may ask for, beside NVIDIA's, AMD's, Intel's and Habana's. */
  readonly multiNode?: { readonly customGPUResourceTypeList: readonly string[] };
  /** Annotations that tell when the certificate of an LLM's scheduler expires; the first is written, all are read. */
  readonly scheduler?: { readonly expirationAnnotations: readonly string[] };
  /** The Prometheus server from which LLMs are scaled. */
  readonly 'autoscaling-wva-controller-config'?: {
    readonly prometheus: {
      readonly url: string;
      readonly tlsInsecureSkipVerify: boolean;
      readonly authModes?: string;
      readonly triggerAuthName?: string;
      readonly triggerAuthKind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
    };
  };
}

/** Some members of a type, at every depth. */
export type Some<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [Key in keyof T]?: Some<T[Key]> } : T;

/** Members of the configuration that an option of the component decides. */
type Decided = 'deploy' | 'ingress' | 'storageInitializer' | 'localModel';

/** What may be changed in the configuration beside that which an option of its own decides. */
export type ConfigurationChanges = Some<Omit<InferenceServiceConfiguration, Decided>> & {
  readonly deploy?: Omit<InferenceServiceConfiguration['deploy'], 'defaultDeploymentMode'>;
  readonly ingress?: Pick<
    IngressConfiguration,
    'disableHTTPRouteTimeout' | 'enableLLMInferenceServiceTLS' | 'knativeLocalGatewayService'
  >;
};

const SMALL: ResourceSettings = { memoryRequest: '100Mi', memoryLimit: '1Gi', cpuRequest: '100m', cpuLimit: '1' };
const agent = `${images.kserve.agent}`;
const { artExplainer } = images.kserve;

/** What holds unless something else is said; the values of the release. */
const DEFAULTS: Omit<InferenceServiceConfiguration, Decided> = {
  explainers: {
    art: {
      image: `${artExplainer}`.slice(0, -`:${artExplainer.tag}`.length),
      defaultImageVersion: artExplainer.tag as string,
    },
  },
  credentials: {
    storageSpecSecretName: 'storage-config',
    storageSecretNameAnnotation: 'serving.kserve.io/storageSecretName',
    gcs: { gcsCredentialFileName: 'gcloud-application-credentials.json' },
    s3: {
      s3AccessKeyIDName: 'AWS_ACCESS_KEY_ID',
      s3SecretAccessKeyName: 'AWS_SECRET_ACCESS_KEY',
      s3Endpoint: '',
      s3UseHttps: '',
      s3Region: '',
      s3VerifySSL: '',
      s3UseVirtualBucket: '',
      s3UseAccelerate: '',
      s3UseAnonymousCredential: '',
      s3CABundleConfigMap: '',
      s3CABundle: '',
    },
  },
  logger: { image: agent, ...SMALL, defaultUrl: 'http://default-broker' },
  batcher: {
    image: agent,
    memoryRequest: '1Gi',
    memoryLimit: '1Gi',
    cpuRequest: '1',
    cpuLimit: '1',
    maxBatchSize: '32',
    maxLatency: '5000',
  },
  agent: { image: agent, ...SMALL },
  router: { image: `${images.kserve.router}`, ...SMALL, imagePullPolicy: 'IfNotPresent' },
  metricsAggregator: { enableMetricAggregation: 'false', enablePrometheusScraping: 'false' },
  security: { autoMountServiceAccountToken: true },
  inferenceService: { resource: { cpuLimit: '1', memoryLimit: '2Gi', cpuRequest: '1', memoryRequest: '2Gi' } },
  autoscaler: { scaleUpStabilizationWindowSeconds: '0', scaleDownStabilizationWindowSeconds: '300' },
  opentelemetryCollector: {
    scrapeInterval: '5s',
    metricReceiverEndpoint: 'keda-otel-scaler.keda.svc:4317',
    metricScalerEndpoint: 'keda-otel-scaler.keda.svc:4318',
    resource: { cpuLimit: '1', memoryLimit: '2Gi', cpuRequest: '200m', memoryRequest: '512Mi' },
  },
};

/** Name of the ConfigMap that all of KServe's programs read. */
export const CONFIGURATION = 'inferenceservice-config';

/** The whole configuration: the release's values, what the options decide, and the changes to both. */
export function configuration(
  decided: Pick<InferenceServiceConfiguration, Decided>,
  changes: ConfigurationChanges = {},
): InferenceServiceConfiguration {
  return changed<InferenceServiceConfiguration>({ ...DEFAULTS, ...decided }, changes);
}

/** The data of the ConfigMap: each member as JSON. */
export function serialised(whole: InferenceServiceConfiguration): Record<string, string> {
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, JSON.stringify(value, null, 2)]));
}

function changed<T>(value: T, changes: Some<T>): T {
  if (changes === undefined) return value;
  if (!isRecord(value) || !isRecord(changes)) return changes as T;
  const result: Record<string, unknown> = { ...value };
  for (const [key, change] of Object.entries(changes)) result[key] = changed(result[key], change as never);
  return result as T;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
