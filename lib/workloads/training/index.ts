export { Elastic, type ElasticOptions, type RendezvousOptions } from './elastic';
export type * from './frameworks';
export { type CoschedulingOptions, GangScheduling, type VolcanoOptions } from './gang-scheduling';
export { JobClaim, type JobClaimOptions } from './job-claim';
export { JobSet, type JobSetProps } from './job-set';
export type { JobSetJob, JobSetOptions } from './job-set-spec';
export type {
  FrameworkJob,
  FrameworkJobOptions,
  JobOptions,
  OneFramework,
  RuntimeJob,
  RuntimeJobOptions,
  TrainingJobProps,
} from './props';
export type { GangPolicy, RunPolicy } from './run-policy';
export { Runtime } from './runtime';
export { type RuntimeInitializer, type RuntimeOptions, runtimeDeclaration } from './runtime-spec';
export type { InitializerSource, RuntimeTraining } from './train-job';
export type { TrainJobPodOptions } from './train-job-pods';
export { TrainingJob } from './training-job';
export { type FluxPolicyOptions, type MpiPolicyOptions, TrainingPolicy } from './training-policy';
export { ClusterTrainingRuntime, TrainingRuntime, type TrainingRuntimeProps } from './training-runtime';
