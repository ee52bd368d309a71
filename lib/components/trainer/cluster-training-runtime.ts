import { Construct } from 'constructs';
import { type ClusterTrainingRuntimeSpec, clustertrainingruntimes } from '../../../crds-imports/trainer.kubeflow.org';
import { ConstructError, KubeObject } from '../../core';

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

/**
 * A blueprint for TrainJobs, for all namespaces. The construct's id is its name.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/
 */
export class ClusterTrainingRuntime extends Construct {
  /** Name that a TrainJob refers to. */
  readonly name: string;
  /** Steps that the runtime has a job for; a TrainJob may only ask for these. */
  readonly steps: readonly Step[];
  /** Names of the containers of each job, by the job's name: what a TrainJob may patch. */
  readonly containers: Readonly<Record<string, readonly string[]>>;

  /**
   * @throws ConstructError when the runtime has several policies, or when the job of a step has another number of replicas than 1, or
   * no container of the step's name
   */
  constructor(scope: Construct, id: string, props: ClusterTrainingRuntimeProps) {
    super(scope, id);
    this.name = id;
    const { framework, spec } = props;
    const jobs = spec.template?.spec?.replicatedJobs ?? [];
    this.containers = Object.fromEntries(
      jobs.map((job) => [job.name, (job.template.spec?.template?.spec?.containers ?? []).map(({ name }) => name)]),
    );
    const steps = jobs.flatMap((job) => {
      const step = job.template.metadata?.labels?.[STEP_LABEL] as Step | undefined;
      return step ? [{ step, job }] : [];
    });
    this.steps = steps.map(({ step }) => step);

    const { numNodes: _, ...policies } = spec.mlPolicy ?? {};
    const problems = [
      ...(Object.keys(policies).length > 1
        ? [`has the policies ${Object.keys(policies).join(' and ')}; a runtime has one at most`]
        : []),
      ...steps.flatMap(({ step, job }) => [
        ...(job.replicas !== undefined && job.replicas !== 1
          ? [`job ${job.name} has ${job.replicas} replicas; the job of a step has 1`]
          : []),
        ...(this.containers[job.name]?.includes(CONTAINER[step])
          ? []
          : [
              `job ${job.name} has no container ${CONTAINER[step]}, which does the step ${step}; it has ${this.containers[job.name]?.join(', ')}`,
            ]),
      ]),
    ];
    if (problems.length > 0) throw new ConstructError(this.node.path, problems.join('; '));
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
