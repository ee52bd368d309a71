import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { together } from '../../core';
import type { Sentence } from '../../core/rule';
import { jobsOf, type ReplicatedJob } from './runtime-shape';

/** A sentence over every job of a runtime: what is wrong with one, as the end of `job x …`. */
export const ofJobs =
  (wrong: (job: ReplicatedJob, spec: ClusterTrainingRuntimeSpec) => string | undefined): Sentence<ClusterTrainingRuntimeSpec> =>
  (spec) =>
    together(
      jobsOf(spec).map((job) => {
        const message = wrong(job, spec);
        return message && `job ${job.name} ${message}`;
      }),
    );
