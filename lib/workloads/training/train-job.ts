import type { Duration } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import type { RuntimePatch, TrainJobSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { type Env, envVars, nameOf } from '../pod/env';
import { given } from '../pod/pod-options';
import { type Resources, requirements } from '../pod/resources';
import { nameRule, type Rule } from '../rule';
import type { Runtime } from './runtime';

/** Where a dataset or a model comes from before training starts. */
export interface InitializerSource {
  /** For instance `hf://owner/repository` or `s3://bucket/path`. */
  readonly uri: string;
  /** @default - what the initializer sets */
  readonly env?: Env;
  /** Secret whose keys become environment variables, or the name of one that the cluster has. @default - none */
  readonly credentials?: ISecret | string;
}

/** Trains with a runtime of the trainer, as a TrainJob. */
export interface RuntimeTraining {
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
  /** Changes to the runtime for this job, by who makes them: a path with a domain, `example.com/platform`. @default - none */
  readonly patches?: Readonly<Record<string, RuntimePatch['trainingRuntimeSpec']>>;
}

/** The spec of a TrainJob. The trainer's part is always there: without it the runtime's environment is not set. */
export function trainJobSpec(props: RuntimeTraining): TrainJobSpec {
  const { runtime, initializer, env, resources, patches } = props;
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
      runtimePatches:
        patches && Object.entries(patches).map(([manager, trainingRuntimeSpec]) => ({ manager, trainingRuntimeSpec })),
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

/** A TrainJob as its rules see it. */
export interface TrainJobFacts extends RuntimeTraining {
  readonly name: string;
}

/** Variables that a policy sets itself. */
const RESERVED: Readonly<Record<string, readonly string[]>> = {
  torch: ['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT'],
  xgboost: ['DMLC_TRACKER_URI', 'DMLC_TRACKER_PORT', 'DMLC_TASK_ID', 'DMLC_NUM_WORKER'],
};

/** Policies that start one process on each node whatever is asked. */
const ONE_PROCESS = ['jax', 'xgboost'];

/** JobSet adds the job's number, the pod's number and five characters to the names of its pods. */
function longestName(runtimeJob: string, nodes: number): number {
  return 63 - (runtimeJob.length + 9 + 1 + String(Math.max(nodes - 1, 0)).length);
}

/** The rules of TrainJobs. */
export const TRAIN_JOB_RULES: readonly Rule<TrainJobFacts>[] = [
  nameRule('TR-1'),
  {
    id: 'TR-1-length',
    level: 'error',
    check: ({ name, runtime, nodes = 1 }) => {
      const jobs = Object.keys(runtime.shape?.containers ?? { node: [] });
      const limits = jobs
        .map((job) => ({ job, limit: longestName(job, job === 'node' ? nodes : 1) }))
        .sort((a, b) => a.limit - b.limit);
      const [tightest] = limits;
      return tightest && name.length > tightest.limit
        ? `the name has ${name.length} characters; with the pods of ${tightest.job} it has at most ${tightest.limit}`
        : undefined;
    },
  },
  {
    id: 'TR-3',
    level: 'error',
    check: ({ runtime, initializer = {} }) => {
      const { dataset, model } = initializer;
      const missing = [dataset && ('dataset-initializer' as const), model && ('model-initializer' as const)].filter(
        (step) => step !== undefined && runtime.shape !== undefined && !runtime.shape.steps.includes(step),
      );
      return missing.length > 0
        ? `the runtime ${runtime.name} has no ${missing.join(' and no ')}; leave the initializer out or take a runtime that has one`
        : undefined;
    },
  },
  {
    id: 'TR-4',
    level: 'error',
    check: ({ patches = {} }) => {
      const wrong = Object.keys(patches).find(
        (manager) => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+\/\S+$/.test(manager),
      );
      return wrong === undefined
        ? undefined
        : `patches are named ${JSON.stringify(wrong)}, must be a path with a domain: example.com/platform`;
    },
  },
  {
    id: 'TR-5',
    level: 'error',
    check: ({ runtime, patches = {} }) => {
      const known = Object.keys(runtime.shape?.containers ?? {});
      const patched = Object.values(patches).flatMap((patch) => patch?.template?.spec?.replicatedJobs ?? []);
      const wrong = runtime.shape && patched.find(({ name }) => !known.includes(name));
      return wrong
        ? `patches name the job ${wrong.name}, which ${runtime.name} does not have; it has ${known.join(', ')}`
        : undefined;
    },
  },
  {
    id: 'TR-8',
    level: 'error',
    check: ({ runtime, env = {} }) => {
      const reserved = RESERVED[runtime.shape?.policy ?? ''] ?? [];
      const taken = Object.keys(env).filter((name) => reserved.includes(name));
      return taken.length > 0
        ? `env sets ${taken.join(', ')}, which the ${runtime.shape?.policy} policy sets itself; leave it out`
        : undefined;
    },
  },
  {
    id: 'TR-11',
    level: 'error',
    check: ({ runtime, nodes = 1 }) =>
      runtime.shape?.framework === 'torchtune' && nodes !== 1
        ? `${runtime.name} tunes on one node, not on ${nodes}; leave nodes out`
        : undefined,
  },
  {
    id: 'TR-16',
    level: 'error',
    check: ({ runtime, processesPerNode }) =>
      processesPerNode !== undefined && ONE_PROCESS.includes(runtime.shape?.policy ?? '')
        ? `processesPerNode is ignored by the ${runtime.shape?.policy} policy, which starts one process on each node; leave it out`
        : undefined,
  },
  {
    id: 'TR-19',
    level: 'error',
    check: ({ runtime, nodes = 1 }) =>
      runtime.shape?.singleNodeClaim && nodes > 1
        ? `${nodes} nodes cannot mount the claim of ${runtime.name}, which only one node can at a time; take one node`
        : undefined,
  },
  {
    id: 'TR-nodes',
    level: 'error',
    check: ({ nodes, processesPerNode }) => {
      const [name, value] =
        Object.entries({ nodes, processesPerNode }).find(
          ([, number]) => number !== undefined && (!Number.isInteger(number) || number < 1),
        ) ?? [];
      return name ? `${name} is ${value}, must be a whole number of at least 1` : undefined;
    },
  },
];
