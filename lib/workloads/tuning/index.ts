export { Algorithm, DartsAssignment, EnasAssignment, type HyperbandSettings } from './algorithm';
export type {
  AlgorithmName,
  BayesianOptimizationSettings,
  CmaEsSettings,
  DartsSettings,
  EnasSettings,
  HyperbandNumbers,
  MultivariateTpeSettings,
  PopulationBasedTrainingSettings,
  RandomSettings,
  TpeSettings,
} from './algorithms';
export { EarlyStopping, type MedianStopOptions } from './early-stopping';
export { HpoExperiment, type HpoExperimentProps } from './hpo-experiment';
export type { MetricsSource } from './metrics-collector';
export {
  type CustomOptions,
  type FileOptions,
  type LineOptions,
  MetricsCollector,
  type MetricsCollectorKind,
} from './metrics-collector';
export { type ConvolutionChoices, type NasSearch, Operation } from './nas';
export { type MetricStrategy, Objective, type ObjectiveOptions } from './objective';
export type { FeasibleSpace } from './parameter';
export { type Distribution, Parameter, type ParameterOptions, type Range } from './parameter';
export type { Budget, ResumePolicy } from './rules/facts';
export type { SettingValue } from './settings';
export { type JobTrial, Trial, type TrialBody, type TrialOptions } from './trial';
export { TrialField, type TrialParameter } from './trial-parameter';
