export { GraphNode } from './graph/graph-node';
export { GraphStep, type StepOptions } from './graph/graph-step';
export { InferenceGraph, type InferenceGraphProps } from './graph/inference-graph';
export { GRAPH_RULES as graphRules } from './graph/rules';
export {
  LLMInferenceServiceConfig,
  type LLMInferenceServiceConfigProps,
} from './llm/config';
export { LLM_CONFIG_RULES as llmInferenceServiceConfigRules } from './llm/config-rules';
export { LLMInferenceService, type LLMInferenceServiceProps } from './llm/llm-inference-service';
export type { LLMPodOptions } from './llm/pods';
export type { LLMRouterOptions, LLMSchedulerOptions } from './llm/router';
export { LLM_RULES as llmInferenceServiceRules } from './llm/rules';
export { LLMScale, type LLMScaleOptions } from './llm/scale';
export type { LLMBases, LLMOptions, LLMWorkloadOptions } from './llm/spec';
export {
  LocalModelCache,
  type LocalModelCacheProps,
} from './local-models/local-model-cache';
export { LocalModelNodeGroup, type LocalModelNodeGroupProps } from './local-models/local-model-node-group';
export { LOCAL_MODEL_RULES as localModelRules } from './local-models/rules';
export { type ProtocolVersion, SERVING_RUNTIMES, type ShippedServingRuntime } from './runtime/formats';
export { ModelRuntime } from './runtime/model-runtime';
export {
  ClusterServingRuntime,
  ServingRuntime,
  type ServingRuntimeProps,
} from './runtime/serving-runtime';
export { SERVING_RUNTIME_RULES as servingRuntimeRules } from './runtime/serving-runtime-rules';
export type { KnativeScaling } from './scaling/knative-scaling';
export { Scale } from './scaling/scale';
export {
  type Autoscaler,
  type MetricQuery,
  type PodQuery,
  ScaleOn,
  type ScaleOptions,
} from './scaling/scale-on';
export type {
  ComponentOptions,
  DeviceClaim,
  Probes,
  RequestBatcher,
  RequestLogger,
  ServingContainerOptions,
} from './server/component';
export { Model, type ModelOptions } from './server/model';
export { ModelServer, type ModelServerProps } from './server/model-server';
export type { ServerOptions } from './server/options';
export { SERVER_RULES as modelServerRules } from './server/rules';
export type {
  ColocatedTransformerOptions,
  ExplainerOptions,
  ServerParts,
  TransformerOptions,
  WorkerOptions,
} from './server/spec';
export {
  TrainedModel,
  type TrainedModelProps,
} from './server/trained-model';
export { TRAINED_MODEL_RULES as trainedModelRules } from './server/trained-model-rules';
export type { GatewayAddresses, ServiceNames } from './server/urls';
export type { AzureAccessKey, AzureCredentials, AzurePrincipal } from './storage/credentials/azure';
export type { FromSecret } from './storage/credentials/credential';
export type { GcsCredentials, GcsKey, GcsWorkloadIdentity } from './storage/credentials/gcs';
export type { HdfsAccess, HdfsCredentials } from './storage/credentials/hdfs';
export type { HttpsCredentials, HttpsHeaders } from './storage/credentials/https';
export type { HuggingFaceCredentials, HuggingFaceToken } from './storage/credentials/hugging-face';
export type {
  S3Anonymous,
  S3Connection,
  S3Credentials,
  S3Key,
  S3Role,
  S3Secret,
} from './storage/credentials/s3';
export { Storage, type StorageEntry, type StorageSource } from './storage/storage';
export { type HdfsEntry, type S3Entry, StorageConfig, type StorageConfigProps } from './storage/storage-config';
export { StorageCredentials, type StorageCredentialsProps } from './storage/storage-credentials';
