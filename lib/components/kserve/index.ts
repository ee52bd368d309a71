export type {
  ConfigurationChanges,
  CredentialsConfiguration,
  ExplainerConfiguration,
  InferenceServiceConfiguration,
  IngressConfiguration,
  LocalModelConfiguration,
  LoggerConfiguration,
  ResourceSettings,
  SidecarConfiguration,
  Some,
  StorageInitializerConfiguration,
} from './configuration';
export { KServeIngress, type LocalGateway } from './ingress';
export { KServe, type KServeProps } from './kserve';
export type { LocalModelOptions } from './local-models';
export type { ExistingKServe } from './serving';
export type { ServingRuntimeName, ServingRuntimes } from './serving-runtimes';
export type { CaBundle, StorageInitializerOptions } from './storage';
export type { ModelUrls } from './urls';
