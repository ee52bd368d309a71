import type { JobPodOptions } from '../pod/job-pods';
import type { QueueSource } from '../queue/queue';
import type { FrameworkName, FrameworkTraining } from './frameworks';
import type { RunPolicy } from './run-policy';
import type { RuntimeTraining } from './train-job';

/** What every training job can be told. */
export interface JobOptions {
  /**
   * Queue of Kueue that admits the job, or the name of one.
   *
   * @default - none; the job starts at once
   */
  readonly queue?: QueueSource;

  /** Labels of the job itself; pods do not get them. @default - none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Annotations of the job itself; pods do not get them. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;

  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];

  /**
   * For the field that no option foresaw: merged last into the spec, like `Patch.strategic`, and checked like everything else. Lists are
   * merged by the key of their items: containers by name.
   *
   * @default - none
   */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** Options of a job of the Training Operator that do not depend on its framework. */
export interface FrameworkJobOptions extends JobPodOptions, JobOptions {
  /** @default - the operator's: no deadline, no limit of restarts, pods stay */
  readonly runPolicy?: RunPolicy;

  /**
   * For the field that no option foresaw: merged last into every pod template, like `overrides`. Replicas may have their own, which are
   * merged behind these.
   *
   * @default - none
   */
  readonly podOverrides?: Readonly<Record<string, unknown>>;
}

/** Options of a job with a runtime. */
export interface RuntimeJobOptions extends RuntimeTraining, JobOptions {}

/** Exactly one framework. */
export type OneFramework = {
  [Name in FrameworkName]: { readonly [Key in Name]: FrameworkTraining[Key] } & {
    readonly [Other in Exclude<FrameworkName, Name>]?: never;
  };
}[FrameworkName];

/** Options that a job does not have; they would be ignored. */
type Without<Names extends string> = { readonly [Name in Names]?: never };

/** Options of a job of the Training Operator. */
export type FrameworkJob = FrameworkJobOptions &
  OneFramework &
  Without<Exclude<keyof RuntimeJobOptions, keyof FrameworkJobOptions>>;

/** Options of a job of the trainer. */
export type RuntimeJob = RuntimeJobOptions & Without<FrameworkName | Exclude<keyof FrameworkJobOptions, keyof RuntimeJobOptions>>;

/** Options of a training job: one framework of the Training Operator, or a runtime of the trainer. */
export type TrainingJobProps = FrameworkJob | RuntimeJob;

/** Whether a job is made from a runtime. */
export function hasRuntime(props: TrainingJobProps): props is RuntimeJob {
  return 'runtime' in props && props.runtime !== undefined;
}
