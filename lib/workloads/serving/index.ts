export { GraphNode } from './graph/graph-node';
export { GraphStep, type StepOptions } from './graph/graph-step';
export { InferenceGraph, type InferenceGraphProps } from './graph/inference-graph';
export {
  LLMInferenceServiceConfig,
  type LLMInferenceServiceConfigProps,
} from './llm/config';
export { LLMInferenceService, type LLMInferenceServiceProps } from './llm/llm-inference-service';
export type { LLMPodOptions } from './llm/pods';
export type { LLMRouterOptions, LLMSchedulerOptions } from './llm/router';
export { LLMScale, type LLMScaleOptions } from './llm/scale';
export type { LLMBases, LLMOptions, LLMWorkloadOptions } from './llm/spec';
export {
  LocalModelCache,
  type LocalModelCacheProps,
} from './local-models/local-model-cache';
export { LocalModelNodeGroup, type LocalModelNodeGroupProps } from './local-models/local-model-node-group';
export { type ProtocolVersion, SERVING_RUNTIMES, type ShippedServingRuntime } from './runtime/formats';
export { ModelRuntime } from './runtime/model-runtime';
export type { ServingRuntimeBase } from './runtime/serving-runtime';
export {
  ClusterServingRuntime,
  ServingRuntime,
  type ServingRuntimeProps,
} from './runtime/serving-runtime';
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
  HttpProbe,
  Probes,
  RequestBatcher,
  RequestLogger,
  ServingContainerOptions,
  ServingProbe,
} from './server/component';
export { Model, type ModelOptions } from './server/model';
export { ModelServer, type ModelServerProps } from './server/model-server';
export type { ServerOptions } from './server/options';
export type {
  ColocatedTransformerOptions,
  ExplainerOptions,
  Predictor,
  ServerParts,
  TransformerOptions,
  WorkerOptions,
} from './server/spec';
export {
  TrainedModel,
  type TrainedModelProps,
} from './server/trained-model';
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
