import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { together } from '../../core';
import { error, type Rule } from '../../core/rule';
import { JOB_SET_RULES } from './jobset-rules';
import { ofJobs } from './of-jobs';
import { jobsOf, podOf, policiesOf, STEP_CONTAINER, stepOf } from './runtime-shape';

/** Init container that the flux policy adds. */
const FLUX_INSTALLER = 'flux-installer';

/** Annotation of a JobSet that names its queue of Volcano. */
export const VOLCANO_QUEUE = 'scheduling.volcano.sh/queue-name';

/** What the webhooks and controllers of the trainer and of JobSet ask of a runtime. */
export const RUNTIME_RULES: readonly Rule<ClusterTrainingRuntimeSpec>[] = [
  error('trainer/incomplete-mpi', 'The mpi policy finds its launcher and its nodes by the names of their jobs.', (spec) => {
    const { mpi, numNodes = 1 } = spec.mlPolicy ?? {};
    if (!mpi) return undefined;
    const missing = unknownMembers(spec);
    return together([
      mpi.mpiImplementation === '' ? 'mpiImplementation is empty, must be OpenMPI' : undefined,
      mpi.runLauncherAsNode && numNodes >= 2 && missing.length > 0
        ? `a launcher that is one of ${numNodes} nodes needs the jobs launcher and node; ${missing.join(' and ')} is missing`
        : undefined,
    ]);
  }),
  error('trainer/no-flux-processes', "The trainer's definition refuses a flux policy without processes.", ({ mlPolicy }) => {
    const processes = mlPolicy?.flux?.numProcPerNode ?? 1;
    return processes < 1 ? `flux starts ${processes} processes on each node, must be at least 1` : undefined;
  }),
  error(
    'trainer/reserved-flux-installer',
    'The flux policy adds an init container of this name, and two of one name are refused.',
    ofJobs((job, { mlPolicy }) =>
      mlPolicy?.flux && podOf(job)?.initContainers?.some(({ name }) => name === FLUX_INSTALLER)
        ? `has the init container ${FLUX_INSTALLER}, which the flux policy adds itself; call it otherwise`
        : undefined,
    ),
  ),
  error(
    'volcano/empty-queue',
    "The trainer's webhook refuses an annotation that names an empty queue of Volcano.",
    ({ podGroupPolicy, template }) =>
      podGroupPolicy?.volcano && template?.metadata?.annotations?.[VOLCANO_QUEUE] === ''
        ? `the annotation ${VOLCANO_QUEUE} is empty; name a queue, or leave it out`
        : undefined,
  ),
  error(
    'trainer/ordered-gang',
    'Gang scheduling starts no pod before all are there, and a job that waits for others is not.',
    ofJobs((job, { podGroupPolicy }) =>
      podGroupPolicy && job.dependsOn
        ? 'waits for others, and gang scheduling starts no pod before all are there, so none ever is; leave one of both out'
        : undefined,
    ),
  ),
  error('trainer/several-policies', "The trainer's definition takes one policy of a framework.", (spec) => {
    const policies = policiesOf(spec);
    return policies.length > 1 ? `has the policies ${policies.join(' and ')}; a runtime has one at most` : undefined;
  }),
  error(
    'trainer/incomplete-step',
    'The trainer fills in the one container that does a step, in the one replica of its job.',
    ofJobs((job) => {
      const step = stepOf(job);
      if (!step) return undefined;
      if (!(step in STEP_CONTAINER)) return `does the step ${step}; there are ${Object.keys(STEP_CONTAINER).join(', ')}`;
      const containers = (podOf(job)?.containers ?? []).map(({ name }) => name);
      return together(
        [
          job.replicas !== undefined && job.replicas !== 1
            ? `has ${job.replicas} replicas, where the job of a step has 1`
            : undefined,
          containers.includes(STEP_CONTAINER[step])
            ? undefined
            : `has no container ${STEP_CONTAINER[step]}, which does the step ${step}; it has ${containers.join(', ')}`,
        ],
        ', and ',
      );
    }),
  ),
  ...JOB_SET_RULES,
];
function unknownMembers(spec: ClusterTrainingRuntimeSpec): string[] {
  const known = jobsOf(spec).map(({ name }) => name);
  return ['launcher', 'node'].filter((name) => !known.includes(name));
}
