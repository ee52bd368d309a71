import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { together } from '../../core';
import { jobsOf, type ReplicatedJob } from './runtime-shape';

/** One rule that the trainer or JobSet enforces on runtimes, most of them only when a job is made. */
export interface RuntimeRule {
  readonly id: string;
  readonly level: 'error';
  /** What is wrong, and what to do; undefined when nothing is. */
  readonly check: (spec: ClusterTrainingRuntimeSpec) => string | undefined;
}

/** A rule over every job: what is wrong with one, as the end of `job x …`. */
export function ofJobs(
  id: string,
  wrong: (job: ReplicatedJob, spec: ClusterTrainingRuntimeSpec) => string | undefined,
): RuntimeRule {
  return rule(id, (spec) =>
    together(
      jobsOf(spec).map((job) => {
        const message = wrong(job, spec);
        return message && `job ${job.name} ${message}`;
      }),
    ),
  );
}

/** A rule over the whole runtime. */
export function rule(id: string, check: RuntimeRule['check']): RuntimeRule {
  return { id, level: 'error', check };
}
