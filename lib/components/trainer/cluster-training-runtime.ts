import { Construct } from 'constructs';
import { type ClusterTrainingRuntimeSpec, clustertrainingruntimes } from '../../../crds-imports/trainer.kubeflow.org';
import { KubeObject, refuse } from '../../core';

/** Part of a TrainJob that a job of the runtime does, and the name of the container that does it. */
export type Step = 'trainer' | 'dataset-initializer' | 'model-initializer';

const STEP_LABEL = 'trainer.kubeflow.org/trainjob-ancestor-step';

/** The container that the controller fills in for a step. */
const CONTAINER: Readonly<Record<Step, string>> = {
  trainer: 'node',
  'dataset-initializer': 'dataset-initializer',
  'model-initializer': 'model-initializer',
};

/** Options of a runtime. */
export interface ClusterTrainingRuntimeProps {
  /** Name of the framework, by which clients find the runtime: `torch`, `deepspeed`. */
  readonly framework: string;
  readonly spec: ClusterTrainingRuntimeSpec;
}

/** What a TrainJob has to know of its runtime. */
export interface RuntimeShape {
  /** Name of the framework. */
  readonly framework: string;
  /** The policy that starts the processes: `torch`, `mpi`, `jax`, `xgboost` or `flux`; undefined for none. */
  readonly policy?: string;
  /** Steps that the runtime has a job for; a TrainJob may only ask for these. */
  readonly steps: readonly Step[];
  /** Names of the containers of each job, by the job's name: what a TrainJob may patch. */
  readonly containers: Readonly<Record<string, readonly string[]>>;
  /** Whether nodes share a claim that only one of them can mount. */
  readonly singleNodeClaim: boolean;
}

/** Reads the shape of a runtime from its spec. */
export function shapeOf({ framework, spec }: ClusterTrainingRuntimeProps): RuntimeShape {
  const jobs = jobsOf(spec);
  const { numNodes: _, ...policies } = spec.mlPolicy ?? {};
  const claims = (spec.template?.spec?.volumeClaimPolicies ?? []).flatMap(({ templates }) => templates ?? []);
  return {
    framework,
    policy: Object.keys(policies)[0],
    steps: jobs.flatMap((job) => stepOf(job) ?? []),
    containers: Object.fromEntries(jobs.map((job) => [job.name, containersOf(job)])),
    singleNodeClaim: claims.some((claim) => claim.spec?.accessModes?.every((mode) => mode.startsWith('ReadWriteOnce')) === true),
  };
}

/**
 * A blueprint for TrainJobs, for all namespaces. The construct's id is its name.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/
 */
export class ClusterTrainingRuntime extends Construct {
  /** Name that a TrainJob refers to. */
  readonly name: string;
  /** What a TrainJob has to know of it. */
  readonly shape: RuntimeShape;

  /**
   * @throws ConstructError when the runtime has several policies, or when the job of a step has another number of replicas than 1, or
   * no container of the step's name
   */
  constructor(scope: Construct, id: string, props: ClusterTrainingRuntimeProps) {
    super(scope, id);
    this.name = id;
    this.shape = shapeOf(props);
    const { framework, spec } = props;
    const { numNodes: _, ...policies } = spec.mlPolicy ?? {};
    const problems = [
      ...(Object.keys(policies).length > 1
        ? [`has the policies ${Object.keys(policies).join(' and ')}; a runtime has one at most`]
        : []),
      ...jobsOf(spec).flatMap((job) => stepProblems(job)),
    ];
    refuse(this, problems);
    new KubeObject(this, 'Resource', clustertrainingruntimes, {
      metadata: { name: id, labels: { 'trainer.kubeflow.org/framework': framework } },
      spec,
    });
  }
}

/** A job of a runtime that does a step. */
export function stepLabels(step: Step): Readonly<Record<string, string>> {
  return { [STEP_LABEL]: step };
}

type ReplicatedJob = NonNullable<
  NonNullable<NonNullable<ClusterTrainingRuntimeSpec['template']>['spec']>['replicatedJobs']
>[number];

function jobsOf(spec: ClusterTrainingRuntimeSpec): readonly ReplicatedJob[] {
  return spec.template?.spec?.replicatedJobs ?? [];
}

function stepOf(job: ReplicatedJob): Step | undefined {
  return job.template.metadata?.labels?.[STEP_LABEL] as Step | undefined;
}

function containersOf(job: ReplicatedJob): string[] {
  return (job.template.spec?.template?.spec?.containers ?? []).map(({ name }) => name);
}

function stepProblems(job: ReplicatedJob): string[] {
  const step = stepOf(job);
  if (!step) return [];
  const containers = containersOf(job);
  return [
    ...(job.replicas !== undefined && job.replicas !== 1
      ? [`job ${job.name} has ${job.replicas} replicas; the job of a step has 1`]
      : []),
    ...(containers.includes(CONTAINER[step])
      ? []
      : [`job ${job.name} has no container ${CONTAINER[step]}, which does the step ${step}; it has ${containers.join(', ')}`]),
  ];
}
