import type { Container } from '../../../crds-imports/core';
import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';

/** Part of a TrainJob that a job of the runtime does. */
export type Step = 'trainer' | 'dataset-initializer' | 'model-initializer';

/** The container that the controller fills in for a step. */
export const STEP_CONTAINER: Readonly<Record<Step, string>> = {
  trainer: 'node',
  'dataset-initializer': 'dataset-initializer',
  'model-initializer': 'model-initializer',
};

const STEP_LABEL = 'trainer.kubeflow.org/trainjob-ancestor-step';

/** Labels of the job that does a step. */
export function stepLabels(step: Step): Readonly<Record<string, string>> {
  return { [STEP_LABEL]: step };
}

/** A runtime as the API takes it. */
export interface RuntimeDeclaration {
  /** Name of the framework, by which clients find the runtime: `torch`, `deepspeed`. @default - clients do not list it */
  readonly framework?: string;
  /** Whether the runtime will be removed; its jobs are warned. @default false */
  readonly deprecated?: boolean;
  readonly spec: ClusterTrainingRuntimeSpec;
}

/** A claim that each job of a runtime makes for itself. */
export interface ClaimShape {
  /** Name of the volume; the claim's own name has the job's behind it. */
  readonly name: string;
  /** Whether only one node can mount it at a time. */
  readonly singleNode: boolean;
}

/** What a TrainJob has to know of its runtime. */
export interface RuntimeShape {
  /** Name of the framework; undefined when the runtime does not say. */
  readonly framework?: string;
  /** The policy that starts the processes: `torch`, `mpi`, `jax`, `xgboost` or `flux`; undefined for none. */
  readonly policy?: string;
  /** Nodes of a job that does not say how many. */
  readonly nodes: number;
  /** Whether the launcher of an MPI job is one of its nodes. */
  readonly launcherAsNode: boolean;
  /** Steps that the runtime has a job for; a TrainJob may only ask for these. */
  readonly steps: readonly Step[];
  /** Names of the jobs whose pods train: the trainer's, and the nodes that a launcher reaches. */
  readonly trainers: readonly string[];
  /** Names of the containers of each job, by the job's name. */
  readonly containers: Readonly<Record<string, readonly string[]>>;
  /** Names of the init containers of each job, by the job's name. */
  readonly initContainers: Readonly<Record<string, readonly string[]>>;
  /** Claims that each job makes for itself. */
  readonly claims: readonly ClaimShape[];
  /** Claims that all jobs share, by the name of their volume. */
  readonly sharedClaims: Readonly<Record<string, string>>;
  /** The container that trains; undefined for a runtime without one. */
  readonly trainer?: Container;
  /** The container of the nodes that a launcher reaches; undefined for a runtime without them. */
  readonly launched?: Container;
  readonly deprecated: boolean;
}

/** A job of a runtime's spec. */
export type ReplicatedJob = NonNullable<
  NonNullable<NonNullable<ClusterTrainingRuntimeSpec['template']>['spec']>['replicatedJobs']
>[number];

/** Reads the shape of a runtime from its spec. */
export function shapeOf({ framework, deprecated = false, spec }: RuntimeDeclaration): RuntimeShape {
  const jobs = jobsOf(spec);
  const [policy] = policiesOf(spec);
  const trainer = jobs.find((job) => stepOf(job) === 'trainer');
  const nodes = policy === 'mpi' ? jobs.find(({ name }) => name === 'node') : undefined;
  const trainers = [trainer, nodes].flatMap((job) => (job ? [job.name] : []));
  const claims = (spec.template?.spec?.volumeClaimPolicies ?? []).flatMap(({ templates }) => templates ?? []);
  return {
    framework,
    policy,
    nodes: spec.mlPolicy?.numNodes ?? 1,
    launcherAsNode: spec.mlPolicy?.mpi?.runLauncherAsNode ?? false,
    steps: jobs.flatMap((job) => stepOf(job) ?? []),
    trainers: [...new Set(trainers)],
    containers: Object.fromEntries(jobs.map((job) => [job.name, names(podOf(job)?.containers)])),
    initContainers: Object.fromEntries(jobs.map((job) => [job.name, names(podOf(job)?.initContainers)])),
    claims: claims.map((claim) => ({
      name: claim.metadata?.name ?? '',
      singleNode: claim.spec?.accessModes?.every((mode) => mode.startsWith('ReadWriteOnce')) === true,
    })),
    sharedClaims: Object.fromEntries(
      (trainer ? (podOf(trainer)?.volumes ?? []) : []).flatMap(({ name, persistentVolumeClaim: claim }) =>
        claim ? [[name, claim.claimName]] : [],
      ),
    ),
    trainer: trainer && trainingContainer(trainer),
    launched: nodes && nodes !== trainer ? trainingContainer(nodes) : undefined,
    deprecated,
  };
}

/** Names of the policies of a runtime, of which it may have one. */
export function policiesOf({ mlPolicy = {} }: ClusterTrainingRuntimeSpec): string[] {
  const { numNodes: _, ...policies } = mlPolicy;
  return Object.keys(policies);
}

/** The jobs of a runtime. */
export function jobsOf(spec: ClusterTrainingRuntimeSpec): readonly ReplicatedJob[] {
  return spec.template?.spec?.replicatedJobs ?? [];
}

/** The step that a job does; undefined for one that does none. */
export function stepOf(job: ReplicatedJob): Step | undefined {
  return job.template.metadata?.labels?.[STEP_LABEL] as Step | undefined;
}

/** The pod of a job. */
export function podOf(job: ReplicatedJob) {
  return job.template.spec?.template?.spec;
}

function trainingContainer(job: ReplicatedJob): Container | undefined {
  return podOf(job)?.containers.find(({ name }) => name === STEP_CONTAINER.trainer);
}

function names(containers: readonly Container[] = []): string[] {
  return containers.map(({ name }) => name);
}
