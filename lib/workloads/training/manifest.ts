import type { IConstruct } from 'constructs';
import { type TrainJobSpec, trainjobs } from '../../../crds-imports/trainer.kubeflow.org';
import { JOB_OPERATOR } from '../../contracts';
import { ConstructError, type Kind, namespaceOf } from '../../core';
import { enforce } from '../../core/rule';
import { madeFor } from '../made-for';
import { overridden, overriddenPod } from '../overrides';
import { given } from '../pod/given';
import { jobPodTemplate } from '../pod/job-pods';
import { withPodDefaults } from '../pod/pod-defaults';
import { queuedPods, queueIn } from '../queue/queue';
import { requirePriorityClass, requireRuntime } from './around';
import { elasticPolicy } from './elastic';
import type { FinishedJob } from './finished-job';
import { FRAMEWORKS, type FrameworkName, type PyTorchTraining, type Replicas, type TensorFlowTraining } from './frameworks';
import { type FrameworkJob, hasRuntime, type JobOptions, type RuntimeJob, type TrainingJobProps } from './props';
import { type JobFacts, RULES } from './rules';
import { runPolicy } from './run-policy';
import { trainJobSpec } from './train-job';
import { TRAIN_JOB_RULES } from './train-job-rules';

/** Frameworks that earlier operators had, and what takes their place. */
const REMOVED: Readonly<Record<string, string>> = {
  mxnet: 'MXJob was removed from the Training Operator; train with pytorch, tensorflow or jax',
};

/** What a job says of itself, but for its name. */
export interface JobManifest {
  readonly kind: Kind;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: object;
}

/**
 * A training job as an object that is yet to be named, held to its rules.
 *
 * @param construct for whom the rules speak
 * @param name that the job has, or will have
 * @throws ConstructError with every breach
 */
export function trainingJobManifest(construct: IConstruct, name: string, props: TrainingJobProps): JobManifest {
  return madeFor(construct.node.path, () => {
    const whole = withPodDefaults(construct, { ...props, queue: queueIn(props) });
    return hasRuntime(whole) ? fromRuntime(construct, name, whole) : withFramework(construct, name, whole);
  });
}

/** The replicas of a framework's job, in the order of its types. */
export function replicasOf(framework: FrameworkName, training: object): readonly (Replicas & { readonly type: string })[] {
  return Object.entries(FRAMEWORKS[framework].types).flatMap(([key, type]) => {
    const value = training[key as keyof typeof training] as number | Replicas | undefined;
    return value === undefined ? [] : [{ type, ...(typeof value === 'number' ? { replicas: value } : value) }];
  });
}

/** A job with its labels, annotations and overrides. */
export function jobManifest(kind: Kind, spec: object, options: JobOptions): JobManifest {
  const { annotations, overrides = {} } = options;
  const labels = { ...options.labels, ...queueIn(options)?._labels() };
  return {
    kind,
    ...given({ labels: Object.keys(labels).length > 0 ? labels : undefined, annotations }),
    spec: overridden(kind, spec, overrides),
  };
}

function fromRuntime(construct: IConstruct, name: string, props: RuntimeJob): JobManifest {
  const manifest = jobManifest(trainjobs, trainJobSpec(props), props);
  const facts = { ...props, name, namespace: namespaceOf(construct), finished: manifest.spec as TrainJobSpec };
  enforce(construct, TRAIN_JOB_RULES, facts, props.acknowledge);
  requireRuntime(construct, props.runtime);
  return manifest;
}

function withFramework(construct: IConstruct, name: string, props: FrameworkJob): JobManifest {
  const framework = frameworkOf(construct.node.path, props);
  const { kind, specs } = FRAMEWORKS[framework];
  const training = props[framework] as unknown as Readonly<Record<string, unknown>>;
  const spec = {
    ...frameworkFields(framework, training),
    ...given({ runPolicy: runPolicy(props.runPolicy) }),
    [specs]: replicaSpecs(framework, training, props),
  };
  const manifest = jobManifest(kind, spec, props);
  const { [specs]: finished = {}, ...fields } = manifest.spec as Record<string, FinishedJob['finished']>;
  const facts = {
    ...factsOf(name, framework, training),
    queue: props.queue,
    finished,
    fields: fields as FinishedJob['fields'],
    operator: () => JOB_OPERATOR.soFar(construct),
  };
  enforce(construct, RULES, facts, props.acknowledge);
  requirePriorityClass(construct, facts.fields);
  return manifest;
}

/** The replicas of each type, with pods that differ from the job's where they say so. */
function replicaSpecs(framework: FrameworkName, training: object, props: FrameworkJob): object {
  const specs = replicasOf(framework, training).map(({ type, replicas, restartPolicy, podOverrides, ...differing }) => {
    const template = jobPodTemplate(FRAMEWORKS[framework].container, queuedPods({ ...props, ...differing }));
    const whole = overriddenPod(overriddenPod(template, props.podOverrides), podOverrides);
    return [type, { replicas, ...given({ restartPolicy }), template: whole }];
  });
  return Object.fromEntries(specs);
}

/** The one framework that a job names. @throws ConstructError when it names none, several, or a removed one */
export function frameworkOf(path: string, props: FrameworkJob): FrameworkName {
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
): Omit<JobFacts, 'finished' | 'fields' | 'operator'> {
  const spec = FRAMEWORKS[framework];
  const { elastic, processesPerNode } = training as unknown as PyTorchTraining;
  return {
    name,
    framework,
    spec,
    replicas: new Map(replicasOf(framework, training).map(({ type, replicas }) => [type, replicas])),
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
