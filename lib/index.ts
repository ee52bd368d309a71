// The names that users import. The generated catalogue stays in namespaces: `apps.deployments`, `kubeflow.pytorchjobs`.

export * from '../crds-imports';
export {
  type BundledDatabaseOptions,
  Credentials,
  type ExternalDatabaseOptions,
  type ExternalPostgresOptions,
  type MeshReference,
  NamespaceBaseline,
  type NamespaceBaselineProps,
  type PodSecurity,
  type SecretKey,
  type ServiceType,
  SqlDatabase,
  type SslMode,
  WebAppAccess,
  type WebAppIngress,
} from './blocks';
export {
  aggregatingRoles,
  gatewayCertificates,
  meshPaths,
  noCredentials,
  platformChecks,
  podHygiene,
  policySelectors,
  webhookPaths,
} from './checks';
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
export { Katib, type KatibProps } from './components/katib/katib';
export type { Changes } from './components/katib/table';
export { TrialResource } from './components/katib/trial-resource';
export { TrialTemplate } from './components/katib/trial-template';
export type { KatibConfiguration } from './components/katib/tuning';
export type {
  ConfigurationChanges,
  InferenceServiceConfiguration,
  ResourceSettings,
} from './components/kserve/configuration';
export { KServeIngress, type LocalGateway } from './components/kserve/ingress';
export { type DeploymentMode, KServe, type KServeProps } from './components/kserve/kserve';
export type { LocalModelOptions } from './components/kserve/local-models';
export type { ExistingKServe } from './components/kserve/serving';
export type { ServingRuntimeName, ServingRuntimes } from './components/kserve/serving-runtimes';
export type { CaBundle, StorageInitializerOptions } from './components/kserve/storage';
export type { ModelUrls } from './components/kserve/urls';
export {
  type GrafanaDashboards,
  KServeModelsWebApp,
  type KServeModelsWebAppProps,
} from './components/kserve-models-web-app/kserve-models-web-app';
export { type ExistingModelRegistry, ModelRegistry, type ModelRegistryProps } from './components/model-registry/model-registry';
export type { DeclaredRuntime } from './components/trainer/declared-runtime';
export { RUNTIME_RULES as trainingRuntimeRules } from './components/trainer/runtime-rules';
export {
  type ClaimShape,
  type RuntimeDeclaration,
  type RuntimeShape,
  type Step,
  stepLabels,
} from './components/trainer/runtime-shape';
export { RUNTIMES, type RuntimeName } from './components/trainer/runtimes';
export { type ExistingTrainer, Trainer, type TrainerProps } from './components/trainer/trainer';
export {
  type ExistingTrainingOperator,
  TrainingOperator,
  type TrainingOperatorProps,
} from './components/training-operator/training-operator';
export * from './contracts';
export * from './core';
export * from './deploy/manifests';
export { CertManager, type CertManagerProps, type ExistingCertManager } from './foundation/cert-manager/cert-manager';
export { SELF_SIGNING } from './foundation/cert-manager/issuer';
export type { NodePlatform } from './foundation/istio/cni';
export { IstioMesh, type IstioMeshProps } from './foundation/istio/istio-mesh';
export { Knative } from './foundation/knative/knative';
export {
  KubeflowNamespace,
  type KubeflowNamespaceProps,
} from './foundation/kubeflow-namespace/kubeflow-namespace';
export { KubeflowRoles } from './foundation/kubeflow-roles/kubeflow-roles';
export { FACTS } from './kinds';
export { KubeflowPlatform, type KubeflowPlatformProps } from './platform/kubeflow-platform';
export { registry, serving, training, tuning } from './platform/presets';
export type { ComponentName, ExistingComponents, KubeflowComponents, ProductName } from './platform/products';
export type { WorkloadSettings } from './platform/workload-settings';
export { catalogue, images } from './release/images';
export type { CpuAmount, DeclaredObject } from './workloads/pod/declared-object';
export { type Env, EnvFrom, EnvSource, type EnvSourceOptions } from './workloads/pod/env';
export { Gpu } from './workloads/pod/gpu';
export { Mount, type Mounts } from './workloads/pod/mount';
export type { PodOptions } from './workloads/pod/pod-options';
export type { Amounts, Bounds, Resources } from './workloads/pod/resources';
export { Queue, type QueueOptions, type QueueSource, type QueueTopology } from './workloads/queue/queue';
export type { KnativeFeature } from './workloads/serving/deployment-mode';
export { GraphNode } from './workloads/serving/graph/graph-node';
export { GraphStep, type StepOptions } from './workloads/serving/graph/graph-step';
export { InferenceGraph, type InferenceGraphProps } from './workloads/serving/graph/inference-graph';
export { GRAPH_RULES as graphRules } from './workloads/serving/graph/rules';
export {
  LLMInferenceServiceConfig,
  type LLMInferenceServiceConfigProps,
} from './workloads/serving/llm/config';
export { LLM_CONFIG_RULES as llmInferenceServiceConfigRules } from './workloads/serving/llm/config-rules';
export { LLMInferenceService, type LLMInferenceServiceProps } from './workloads/serving/llm/llm-inference-service';
export type { LLMPodOptions } from './workloads/serving/llm/pods';
export type { LLMRouterOptions, LLMSchedulerOptions } from './workloads/serving/llm/router';
export { LLM_RULES as llmInferenceServiceRules } from './workloads/serving/llm/rules';
export { LLMScale, type LLMScaleOptions } from './workloads/serving/llm/scale';
export type { LLMBases, LLMOptions, LLMWorkloadOptions } from './workloads/serving/llm/spec';
export {
  LocalModelCache,
  type LocalModelCacheProps,
} from './workloads/serving/local-models/local-model-cache';
export { LocalModelNodeGroup, type LocalModelNodeGroupProps } from './workloads/serving/local-models/local-model-node-group';
export { LOCAL_MODEL_RULES as localModelRules } from './workloads/serving/local-models/rules';
export { type ProtocolVersion, SERVING_RUNTIMES, type ShippedServingRuntime } from './workloads/serving/runtime/formats';
export { ModelRuntime } from './workloads/serving/runtime/model-runtime';
export {
  ClusterServingRuntime,
  ServingRuntime,
  type ServingRuntimeProps,
} from './workloads/serving/runtime/serving-runtime';
export { SERVING_RUNTIME_RULES as servingRuntimeRules } from './workloads/serving/runtime/serving-runtime-rules';
export type { KnativeScaling } from './workloads/serving/scaling/knative-scaling';
export { Scale } from './workloads/serving/scaling/scale';
export {
  type Autoscaler,
  type MetricQuery,
  type PodQuery,
  ScaleOn,
  type ScaleOptions,
} from './workloads/serving/scaling/scale-on';
export type {
  ComponentOptions,
  DeviceClaim,
  Probes,
  RequestBatcher,
  RequestLogger,
  ServingContainerOptions,
} from './workloads/serving/server/component';
export { Model, type ModelOptions } from './workloads/serving/server/model';
export { ModelServer, type ModelServerProps } from './workloads/serving/server/model-server';
export type { ServerOptions } from './workloads/serving/server/options';
export { SERVER_RULES as modelServerRules } from './workloads/serving/server/rules';
export type {
  ColocatedTransformerOptions,
  ExplainerOptions,
  ServerParts,
  TransformerOptions,
  WorkerOptions,
} from './workloads/serving/server/spec';
export {
  TrainedModel,
  type TrainedModelProps,
} from './workloads/serving/server/trained-model';
export { TRAINED_MODEL_RULES as trainedModelRules } from './workloads/serving/server/trained-model-rules';
export type { GatewayAddresses, ServiceNames } from './workloads/serving/server/urls';
export type { AzureAccessKey, AzureCredentials, AzurePrincipal } from './workloads/serving/storage/credentials/azure';
export type { FromSecret } from './workloads/serving/storage/credentials/credential';
export type { GcsCredentials, GcsKey, GcsWorkloadIdentity } from './workloads/serving/storage/credentials/gcs';
export type { HdfsAccess, HdfsCredentials } from './workloads/serving/storage/credentials/hdfs';
export type { HttpsCredentials, HttpsHeaders } from './workloads/serving/storage/credentials/https';
export type { HuggingFaceCredentials, HuggingFaceToken } from './workloads/serving/storage/credentials/hugging-face';
export type {
  S3Anonymous,
  S3Connection,
  S3Credentials,
  S3Key,
  S3Role,
  S3Secret,
} from './workloads/serving/storage/credentials/s3';
export { Storage, type StorageEntry, type StorageSource } from './workloads/serving/storage/storage';
export { type HdfsEntry, type S3Entry, StorageConfig, type StorageConfigProps } from './workloads/serving/storage/storage-config';
export { StorageCredentials, type StorageCredentialsProps } from './workloads/serving/storage/storage-credentials';
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
export { TrainingJob } from './workloads/training/training-job';
export { type FluxPolicyOptions, type MpiPolicyOptions, TrainingPolicy } from './workloads/training/training-policy';
export { ClusterTrainingRuntime, TrainingRuntime, type TrainingRuntimeProps } from './workloads/training/training-runtime';
export { Algorithm, DartsAssignment, EnasAssignment, type HyperbandSettings } from './workloads/tuning/algorithm';
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
} from './workloads/tuning/algorithms';
export { EarlyStopping, type MedianStopOptions } from './workloads/tuning/early-stopping';
export { HpoExperiment, type HpoExperimentProps } from './workloads/tuning/hpo-experiment';
export {
  type CustomOptions,
  type FileOptions,
  type LineOptions,
  MetricsCollector,
  type MetricsCollectorKind,
} from './workloads/tuning/metrics-collector';
export { type ConvolutionChoices, type NasSearch, Operation } from './workloads/tuning/nas';
export { type MetricStrategy, Objective, type ObjectiveOptions } from './workloads/tuning/objective';
export { type Distribution, Parameter, type ParameterOptions, type Range } from './workloads/tuning/parameter';
export type { Budget, ResumePolicy } from './workloads/tuning/rules/facts';
export { HPO_RULES as hpoRules } from './workloads/tuning/rules/rules';
export { type JobTrial, Trial, type TrialBody, type TrialOptions } from './workloads/tuning/trial';
export { TrialField, type TrialParameter } from './workloads/tuning/trial-parameter';
