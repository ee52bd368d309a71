import { Construct } from 'constructs';
import { trainjobs } from '../../crds-imports/trainer.kubeflow.org';
import { ConstructError, type Kind, KubeObject } from '../core';
import { mergePatch } from '../core/patches/merge';
import { given, type PodOptions, podTemplate } from './pod/pod-options';
import { elasticPolicy } from './training/elastic';
import {
  FRAMEWORKS,
  type FrameworkName,
  type FrameworkTraining,
  type PyTorchTraining,
  type Replicas,
  type TensorFlowTraining,
} from './training/frameworks';
import { enforce } from './training/rule';
import { type JobFacts, RULES } from './training/rules';
import { type RunPolicy, runPolicy } from './training/run-policy';
import { type RuntimeTraining, TRAIN_JOB_RULES, trainJobSpec } from './training/train-job';

/** Exactly one framework. */
type OneFramework = {
  [Name in FrameworkName]: { readonly [Key in Name]: FrameworkTraining[Key] } & {
    readonly [Other in Exclude<FrameworkName, Name>]?: never;
  };
}[FrameworkName];

/** Frameworks that earlier operators had, and what takes their place. */
const REMOVED: Readonly<Record<string, string>> = {
  mxnet: 'MXJob was removed from the Training Operator; train with pytorch, tensorflow or jax',
};

/** What every training job can be told. */
interface JobOptions {
  /**
   * Queue of Kueue that admits the job.
   *
   * @default - none; the job starts at once
   */
  readonly queue?: string;

  /** Labels of the job itself. @default - none */
  readonly jobLabels?: Readonly<Record<string, string>>;

  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];

  /** For the field that no option foresaw: merged last into the spec, and checked like everything else. @default - none */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** Options of a job of the Training Operator that do not depend on its framework. */
export interface FrameworkJobOptions extends PodOptions, JobOptions {
  /** @default - the operator's: no deadline, no limit of restarts, pods stay */
  readonly runPolicy?: RunPolicy;

  /** For the field that no option foresaw: merged last into every pod template, and checked like everything else. @default - none */
  readonly podOverrides?: Readonly<Record<string, unknown>>;
}

/** Options of a job with a runtime. */
export interface RuntimeJobOptions extends RuntimeTraining, JobOptions {}

/** Options of a training job: one framework of the Training Operator, or a runtime of the trainer. */
export type TrainingJobProps = (FrameworkJobOptions & OneFramework) | RuntimeJobOptions;

/**
 * A distributed training job: of the Training Operator, named by its framework, or a TrainJob, made from a runtime. The
 * construct's id is its name.
 *
 * @example
 * new TrainingJob(chart, 'resnet', { pytorch: { master: 1, worker: 3 }, image: 'ghcr.io/my-org/train:1.4', resources: { gpu: Gpu.nvidia(1) } });
 * new TrainingJob(chart, 'tune', { runtime: Runtime.shipped('torch-distributed'), nodes: 4, image: 'ghcr.io/my-org/train:1.4' });
 *
 * @see https://www.kubeflow.org/docs/components/trainer/
 */
export class TrainingJob extends Construct {
  /** Name of the job. */
  readonly name: string;

  /** @throws ConstructError with everything that admission or the operator would refuse, or that would let the job hang */
  constructor(scope: Construct, id: string, props: TrainingJobProps) {
    super(scope, id);
    this.name = id;
    if ('runtime' in props && props.runtime) this.fromRuntime(props);
    else this.withFramework(props as FrameworkJobOptions & OneFramework);
  }

  private fromRuntime(props: RuntimeJobOptions): void {
    enforce(this, TRAIN_JOB_RULES, { ...props, name: this.name }, props.acknowledge);
    this.declare(trainjobs, trainJobSpec(props), props);
  }

  private withFramework(props: FrameworkJobOptions & OneFramework): void {
    const framework = frameworkOf(this.node.path, props);
    const { kind, specs, container, types } = FRAMEWORKS[framework];
    const training = props[framework] as unknown as Readonly<Record<string, unknown>>;
    const replicas = Object.entries(types).flatMap(([key, type]) => {
      const value = training[key] as number | Replicas | undefined;
      return value === undefined ? [] : [{ type, ...(typeof value === 'number' ? { replicas: value } : value) }];
    });
    enforce(this, RULES, factsOf(this.name, framework, training, replicas), props.acknowledge);
    const replicaSpecs = Object.fromEntries(
      replicas.map(({ type, replicas: count, restartPolicy, ...differing }) => {
        const template = podTemplate(container, { ...props, ...differing });
        return [type, { replicas: count, ...given({ restartPolicy }), template: mergePatch(template, props.podOverrides ?? {}) }];
      }),
    );
    const policy = given({ runPolicy: runPolicy(props.runPolicy) });
    this.declare(kind, { ...frameworkFields(framework, training), ...policy, [specs]: replicaSpecs }, props);
  }

  private declare(kind: Kind, spec: object, { jobLabels, queue, overrides = {} }: JobOptions): void {
    const labels = { ...jobLabels, ...(queue && { 'kueue.x-k8s.io/queue-name': queue }) };
    const metadata = { name: this.name, ...(Object.keys(labels).length > 0 && { labels }) };
    new KubeObject<{ spec: unknown }>(this, 'Resource', kind as Kind<{ spec: unknown }>, {
      metadata,
      spec: mergePatch(spec, overrides),
    });
  }
}

function frameworkOf(path: string, props: FrameworkJobOptions & OneFramework): FrameworkName {
  const named = Object.keys(props).filter((key) => props[key as keyof typeof props] !== undefined);
  const removed = named.find((key) => REMOVED[key]);
  if (removed) throw new ConstructError(path, REMOVED[removed] as string);
  const frameworks = named.filter((key) => key in FRAMEWORKS) as FrameworkName[];
  const [framework] = frameworks;
  if (!framework || frameworks.length > 1) {
    const found = frameworks.length > 1 ? `, not ${frameworks.join(' and ')}` : '';
    throw new ConstructError(path, `a training job has a runtime, or one of ${Object.keys(FRAMEWORKS).join(', ')}${found}`);
  }
  return framework;
}

const OPTIONS: Readonly<Record<FrameworkName, readonly string[]>> = {
  pytorch: ['processesPerNode', 'elastic'],
  tensorflow: ['successPolicy', 'dynamicWorker'],
  xgboost: [],
  mpi: ['slotsPerWorker'],
  paddle: ['elastic'],
  jax: [],
};

function factsOf(
  name: string,
  framework: FrameworkName,
  training: Readonly<Record<string, unknown>>,
  replicas: readonly { type: string; replicas: number }[],
): JobFacts {
  const spec = FRAMEWORKS[framework];
  const { elastic, processesPerNode } = training as unknown as PyTorchTraining;
  return {
    name,
    framework,
    spec,
    replicas: new Map(replicas.map(({ type, replicas: count }) => [type, count])),
    unknown: Object.keys(training).filter((key) => !(key in spec.types) && !OPTIONS[framework].includes(key)),
    elastic,
    processesPerNode,
  };
}

/** The fields beside the replicas. */
function frameworkFields(framework: FrameworkName, training: Readonly<Record<string, unknown>>): object {
  const { elastic, processesPerNode } = training as unknown as PyTorchTraining;
  const { successPolicy, dynamicWorker } = training as unknown as TensorFlowTraining;
  return given({
    // A text, also for a number.
    nprocPerNode: framework === 'pytorch' && processesPerNode !== undefined ? String(processesPerNode) : undefined,
    elasticPolicy: elastic && elasticPolicy(elastic),
    successPolicy,
    enableDynamicWorker: dynamicWorker,
    slotsPerWorker: training.slotsPerWorker,
  });
}
