import type { Duration } from 'cdk8s';
import type { RuntimePatch, TrainJobSpec } from '../../../crds-imports/trainer.kubeflow.org';
import type { DeclaredObject } from '../pod/declared-object';
import { type Env, envVars, nameOf } from '../pod/env';
import { given } from '../pod/given';
import { type Resources, requirements } from '../pod/resources';
import type { QueueSource } from '../queue/queue';
import type { Runtime } from './runtime';
import { podsPatch, type TrainJobPodOptions } from './train-job-pods';

/** Where a dataset or a model comes from before training starts, and with which pod it is loaded. */
export interface InitializerSource extends TrainJobPodOptions {
  /** For instance `hf://owner/repository` or `s3://bucket/path`. */
  readonly uri: string;
  /** @default - what the initializer sets */
  readonly env?: Env;
  /** Secret whose keys become environment variables, or the name of one that the cluster has. @default - none */
  readonly credentials?: DeclaredObject | string;
}

/** Trains with a runtime of the trainer, as a TrainJob. What is said of pods becomes a patch of the runtime for this job. */
export interface RuntimeTraining extends TrainJobPodOptions {
  readonly runtime: Runtime;
  /** Nodes, at least 1. @default - the runtime's */
  readonly nodes?: number;
  /** Processes on each node, at least 1. @default - one for each GPU, or else for each CPU */
  readonly processesPerNode?: number;
  /** What is loaded before. @default - nothing beside what the runtime loads */
  readonly initializer?: { readonly dataset?: InitializerSource; readonly model?: InitializerSource };
  /** @default - the runtime's */
  readonly image?: string;
  /** @default - the runtime's */
  readonly command?: readonly string[];
  /** @default - the runtime's */
  readonly args?: readonly string[];
  /** @default - the runtime's */
  readonly env?: Env;
  /** Resources of each node. @default - the runtime's */
  readonly resources?: Resources;
  /** Time after its start at which the job fails. @default - none */
  readonly activeDeadline?: Duration;
  /** Whether the job waits, without pods. @default false */
  readonly suspend?: boolean;
  /** Who runs the job. It cannot be changed later. @default - the trainer */
  readonly managedBy?: 'trainer.kubeflow.org/trainjob-controller' | 'kueue.x-k8s.io/multikueue';
  /**
   * Further changes to the runtime for this job, by who makes them: a path with a domain, `example.com/platform`. In the cluster they
   * can only be changed while the job is suspended.
   *
   * @default - what is said of the pods
   */
  readonly patches?: Readonly<Record<string, RuntimePatch['trainingRuntimeSpec']>>;
}

/** The spec of a TrainJob. The trainer's part is always there: without it the runtime's environment is not set. */
export function trainJobSpec(props: RuntimeTraining & { readonly queue?: QueueSource }): TrainJobSpec {
  const { runtime, initializer, env, resources, patches = {} } = props;
  const own = podsPatch(props);
  const others = Object.entries(patches).map(([manager, trainingRuntimeSpec]) => ({ manager, trainingRuntimeSpec }));
  const runtimePatches = [...(own ? [own] : []), ...others];
  return {
    runtimeRef: { name: runtime.name, ...(runtime.kind === 'TrainingRuntime' && { kind: runtime.kind }) },
    ...given({
      initializer: initializer && given({ dataset: source(initializer.dataset), model: source(initializer.model) }),
    }),
    trainer: given({
      image: props.image,
      command: props.command,
      args: props.args,
      env: env && envVars(env),
      numNodes: props.nodes,
      numProcPerNode: props.processesPerNode,
      resourcesPerNode: resources && requirements(resources),
    }),
    ...given({
      activeDeadlineSeconds: props.activeDeadline?.toSeconds(),
      suspend: props.suspend,
      managedBy: props.managedBy,
      runtimePatches: runtimePatches.length > 0 ? runtimePatches : undefined,
    }),
  };
}

function source(from: InitializerSource | undefined) {
  if (!from) return undefined;
  const { uri, env, credentials } = from;
  return {
    storageUri: uri,
    ...(env && { env: envVars(env) }),
    ...(credentials && { secretRef: { name: nameOf(credentials) } }),
  };
}
