// The names that users import. The generated catalogue stays in namespaces: `apps.deployments`, `kubeflow.pytorchjobs`.

export * from '../crds-imports';
export { AggregatedRoles, type AggregatedRolesProps, aggregateTo } from './blocks/aggregated-roles';
export type { ConfigFile, FileMount } from './blocks/config-file';
export {
  ControllerManager,
  type ControllerManagerProps,
  type LeaderElection,
  type NamedPermissions,
} from './blocks/controller-manager';
export { Credentials, type SecretKey } from './blocks/credentials';
export { type MySqlOptions, mySqlEngine } from './blocks/mysql';
export { NamespaceBaseline, type NamespaceBaselineProps, type PodSecurity } from './blocks/namespace-baseline';
export { admit, Caller, having, type Peer } from './blocks/network-policy';
export type { Port, ServedPort } from './blocks/port';
export type { Health, HealthProbe, ProbeCommand, ProbeGrpc, ProbePath } from './blocks/probe';
export { Replication } from './blocks/replication';
export { Store, type StoreEngine, type StoreProps, type StoreVolume } from './blocks/store';
export { type WebApp, WebAppAccess, type WebAppIngress } from './blocks/web-app-access';
export { type IssuedCertificate, WebhookCertificate } from './blocks/webhook-certificate';
export { convertedBy, on, type Webhook, type WebhookConfiguration, type Webhooks } from './blocks/webhooks';
export { aggregatingRoles, noCredentials, platformChecks, podHygiene, webhookPaths } from './checks';
export type {
  AlgorithmOptions,
  CollectorKind,
  CollectorOptions,
  ControllerConfig,
  EarlyStoppingConfig,
  EarlyStoppingOptions,
  KatibConfig,
  MetricsCollectorConfig,
  RuntimeConfig,
  SuggestionConfig,
} from './components/katib/configuration';
export {
  type BundledMySqlOptions,
  Database,
  type DatabaseConnection,
  type ExternalDatabaseOptions,
  type ExternalPostgresOptions,
  type SslMode,
} from './components/katib/database';
export type { KatibConfiguration } from './components/katib/existing';
export { Katib, type KatibProps } from './components/katib/katib';
export type { Changes } from './components/katib/table';
export { TrialResource } from './components/katib/trial-resource';
export { TrialTemplate } from './components/katib/trial-template';
export type {
  ConfigurationChanges,
  InferenceServiceConfiguration,
  ResourceSettings,
} from './components/kserve/configuration';
export { KServeIngress, type LocalGateway } from './components/kserve/ingress';
export { type DeploymentMode, KServe, type KServeProps } from './components/kserve/kserve';
export type { LocalModelOptions } from './components/kserve/local-models';
export type { ServingRuntimeName, ServingRuntimes } from './components/kserve/serving-runtimes';
export type { CaBundle, StorageInitializerOptions } from './components/kserve/storage';
export type { ModelUrls } from './components/kserve/urls';
export {
  type GrafanaDashboards,
  KServeModelsWebApp,
  type KServeModelsWebAppProps,
} from './components/kserve-models-web-app/kserve-models-web-app';
export type { DeclaredRuntime } from './components/trainer/declared-runtime';
export type { RuntimeRule } from './components/trainer/rule';
export { RUNTIME_RULES as trainingRuntimeRules } from './components/trainer/runtime-rules';
export {
  type ClaimShape,
  type RuntimeDeclaration,
  type RuntimeShape,
  type Step,
  stepLabels,
} from './components/trainer/runtime-shape';
export { RUNTIMES, type RuntimeName } from './components/trainer/runtimes';
export { Trainer, type TrainerProps } from './components/trainer/trainer';
export { TrainingOperator, type TrainingOperatorProps } from './components/training-operator/training-operator';
export * from './contracts';
export * from './core';
export * from './deploy/manifests';
export { CertManager, type CertManagerProps } from './foundation/cert-manager/cert-manager';
export { SELF_SIGNING } from './foundation/cert-manager/issuer';
export {
  KubeflowNamespace,
  type KubeflowNamespaceProps,
  type KubeflowWorkload,
} from './foundation/kubeflow-namespace/kubeflow-namespace';
export { KubeflowRoles } from './foundation/kubeflow-roles/kubeflow-roles';
export type { ComponentName, ExistingComponents, KubeflowComponents } from './platform/components';
export { KubeflowPlatform, type KubeflowPlatformProps } from './platform/kubeflow-platform';
export { serving, training, tuning } from './platform/presets';
export type { WorkloadSettings } from './platform/workload-settings';
export { catalogue, images } from './release/images';
export { Algorithm, DartsAssignment, EnasAssignment, type HyperbandSettings } from './workloads/hpo/algorithm';
export type {
  AlgorithmName,
  BayesianOptimizationSettings,
  CmaEsSettings,
  DartsSettings,
  EnasSettings,
  MultivariateTpeSettings,
  PopulationBasedTrainingSettings,
  RandomSettings,
  TpeSettings,
} from './workloads/hpo/algorithms';
export { EarlyStopping, type MedianStopOptions } from './workloads/hpo/early-stopping';
export {
  type CustomOptions,
  type FileOptions,
  type LineOptions,
  MetricsCollector,
  type MetricsCollectorKind,
} from './workloads/hpo/metrics-collector';
export { type ConvolutionChoices, type NasSearch, Operation } from './workloads/hpo/nas';
export { type MetricStrategy, Objective, type ObjectiveOptions } from './workloads/hpo/objective';
export { type Distribution, Parameter, type ParameterOptions, type Range } from './workloads/hpo/parameter';
export type { Budget, ResumePolicy } from './workloads/hpo/rules/facts';
export { HPO_RULES as hpoRules } from './workloads/hpo/rules/rules';
export { type JobTrial, Trial, type TrialBody, type TrialOptions } from './workloads/hpo/trial';
export { TrialField, type TrialParameter } from './workloads/hpo/trial-parameter';
export { HpoExperiment, type HpoExperimentProps } from './workloads/hpo-experiment';
export { Model, type ModelOptions } from './workloads/model';
export { ModelServer, type ModelServerProps } from './workloads/model-server';
export { type Env, EnvFrom, EnvSource, type EnvSourceOptions } from './workloads/pod/env';
export { Gpu } from './workloads/pod/gpu';
export { Mount, type Mounts } from './workloads/pod/mount';
export type { PodOptions } from './workloads/pod/pod-options';
export type { Amounts, Bounds, Resources } from './workloads/pod/resources';
export { Queue, type QueueOptions, type QueueSource, type QueueTopology } from './workloads/queue';
export type { Rule, RuleLevel } from './workloads/rule';
export { Scale } from './workloads/scale';
export type {
  ComponentOptions,
  DeviceClaim,
  Probes,
  RequestBatcher,
  RequestLogger,
  ServingContainerOptions,
} from './workloads/serving/component';
export type { AzureAccessKey, AzureCredentials, AzurePrincipal } from './workloads/serving/credentials/azure';
export type { FromSecret } from './workloads/serving/credentials/credential';
export type { GcsCredentials, GcsKey, GcsWorkloadIdentity } from './workloads/serving/credentials/gcs';
export type { HdfsAccess, HdfsCredentials } from './workloads/serving/credentials/hdfs';
export type { HttpsCredentials, HttpsHeaders } from './workloads/serving/credentials/https';
export type { HuggingFaceCredentials, HuggingFaceToken } from './workloads/serving/credentials/hugging-face';
export type { S3Anonymous, S3Connection, S3Credentials, S3Key, S3Role, S3Secret } from './workloads/serving/credentials/s3';
export type { KnativeFeature } from './workloads/serving/deployment-mode';
export { type ProtocolVersion, SERVING_RUNTIMES, type ShippedServingRuntime } from './workloads/serving/formats';
export { GRAPH_RULES as graphRules } from './workloads/serving/graph-rules';
export {
  GraphNode,
  GraphStep,
  InferenceGraph,
  type InferenceGraphProps,
  type StepOptions,
} from './workloads/serving/inference-graph';
export type { KnativeScaling } from './workloads/serving/knative-scaling';
export {
  LLM_CONFIG_RULES as llmInferenceServiceConfigRules,
  LLMInferenceServiceConfig,
  type LLMInferenceServiceConfigProps,
} from './workloads/serving/llm/config';
export { LLMInferenceService, type LLMInferenceServiceProps } from './workloads/serving/llm/llm-inference-service';
export type { LLMPodOptions } from './workloads/serving/llm/pods';
export type { LLMRouterOptions, LLMSchedulerOptions } from './workloads/serving/llm/router';
export { LLM_RULES as llmInferenceServiceRules } from './workloads/serving/llm/rules';
export { LLMScale, type LLMScaleOptions } from './workloads/serving/llm/scale';
export type { LLMBases, LLMOptions, LLMWorkloadOptions } from './workloads/serving/llm/spec';
export {
  LOCAL_MODEL_RULES as localModelRules,
  LocalModelCache,
  type LocalModelCacheProps,
} from './workloads/serving/local-model-cache';
export { LocalModelNodeGroup, type LocalModelNodeGroupProps } from './workloads/serving/local-model-node-group';
export { ModelRuntime } from './workloads/serving/model-runtime';
export { type Autoscaler, type MetricQuery, type PodQuery, ScaleOn, type ScaleOptions } from './workloads/serving/scale-on';
export type { ServerOptions } from './workloads/serving/server-options';
export { SERVER_RULES as modelServerRules } from './workloads/serving/server-rules';
export type {
  ColocatedTransformerOptions,
  ExplainerOptions,
  ServerParts,
  TransformerOptions,
  WorkerOptions,
} from './workloads/serving/server-spec';
export type { GatewayAddresses, ServiceNames } from './workloads/serving/server-urls';
export { ServingCluster } from './workloads/serving/serving-cluster';
export {
  ClusterServingRuntime,
  SERVING_RUNTIME_RULES as servingRuntimeRules,
  ServingRuntime,
  type ServingRuntimeProps,
} from './workloads/serving/serving-runtime';
export { Storage, type StorageEntry, type StorageSource } from './workloads/serving/storage';
export { type HdfsEntry, type S3Entry, StorageConfig, type StorageConfigProps } from './workloads/serving/storage-config';
export { StorageCredentials, type StorageCredentialsProps } from './workloads/serving/storage-credentials';
export {
  TRAINED_MODEL_RULES as trainedModelRules,
  TrainedModel,
  type TrainedModelProps,
} from './workloads/serving/trained-model';
export { Elastic, type ElasticOptions, type RendezvousOptions } from './workloads/training/elastic';
export type * from './workloads/training/frameworks';
export { type CoschedulingOptions, GangScheduling, type VolcanoOptions } from './workloads/training/gang-scheduling';
export { JobClaim, type JobClaimOptions } from './workloads/training/job-claim';
export type {
  FrameworkJob,
  FrameworkJobOptions,
  JobOptions,
  RuntimeJob,
  RuntimeJobOptions,
  TrainingJobProps,
} from './workloads/training/props';
export { RULES as trainingJobRules } from './workloads/training/rules';
export type { GangPolicy, RunPolicy } from './workloads/training/run-policy';
export { Runtime } from './workloads/training/runtime';
export { type RuntimeInitializer, type RuntimeOptions, runtimeDeclaration } from './workloads/training/runtime-spec';
export type { InitializerSource, RuntimeTraining } from './workloads/training/train-job';
export type { TrainJobPodOptions } from './workloads/training/train-job-pods';
export { TRAIN_JOB_RULES as trainJobRules } from './workloads/training/train-job-rules';
export { type FluxPolicyOptions, type MpiPolicyOptions, TrainingPolicy } from './workloads/training/training-policy';
export { TrainingJob } from './workloads/training-job';
export { ClusterTrainingRuntime, TrainingRuntime, type TrainingRuntimeProps } from './workloads/training-runtime';
