export type { EarlyStoppingName, SuggestionName } from './algorithms';
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
} from './configuration';
export { Katib, type KatibProps } from './katib';
export type { Changes } from './table';
export { TrialResource } from './trial-resource';
export type { TrialTemplateName } from './trial-template';
export { TrialTemplate } from './trial-template';
export type { KatibConfiguration } from './tuning';
