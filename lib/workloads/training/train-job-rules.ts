import type { TrainJobSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { DOMAIN_PATH } from '../../components/trainer/jobset-rules';
import { VOLCANO_QUEUE } from '../../components/trainer/runtime-rules';
import { error, type Rule, type RuleId, warning } from '../../core/rule';
import type { QueueSource } from '../queue/queue';
import { QUEUE_RULES, unmeasured } from '../queue/rules';
import { SERVICE_NAME_RULE } from '../service-name';
import { LAUNCHER_RULES } from './launcher-rules';
import { patchProblems } from './patches';
import { torchtuneProblem } from './torchtune';
import type { RuntimeTraining } from './train-job';
import { MANAGER } from './train-job-pods';

/** A TrainJob as its rules see it. */
export interface TrainJobFacts extends RuntimeTraining {
  readonly name: string;
  readonly namespace?: string;
  readonly queue?: QueueSource;
  /** What the trainer gets, overrides included. */
  readonly finished: TrainJobSpec;
}

/** Variables that a policy sets itself. */
const TORCH = ['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT'];
const JAX = ['JAX_NUM_PROCESSES', 'JAX_PROCESS_ID', 'JAX_COORDINATOR_ADDRESS'];
const XGBOOST = ['DMLC_TRACKER_URI', 'DMLC_TRACKER_PORT', 'DMLC_TASK_ID', 'DMLC_NUM_WORKER'];

/** Longest name of a pod, and of a claim of a JobSet. */
const LONGEST = 63;

function reserved(id: RuleId, reason: string, policy: string, variables: readonly string[]): Rule<TrainJobFacts> {
  return error(id, reason, ({ runtime, env = {} }) => {
    const taken = runtime.shape?.policy === policy ? Object.keys(env).filter((name) => variables.includes(name)) : [];
    return taken.length > 0
      ? `env sets ${taken.join(', ')}, which the ${policy} policy sets itself; leave ${taken.length > 1 ? 'them' : 'it'} out`
      : undefined;
  });
}

function nodesOf({ nodes, runtime }: TrainJobFacts): number {
  return nodes ?? runtime.shape?.nodes ?? 1;
}

/** JobSet adds the job's number, the pod's number and five characters to the names of its pods. */
function longestName(runtimeJob: string, nodes: number): number {
  return LONGEST - (runtimeJob.length + 9 + 1 + String(Math.max(nodes - 1, 0)).length);
}

/** The rules of TrainJobs. */
export const TRAIN_JOB_RULES: readonly Rule<TrainJobFacts>[] = [
  SERVICE_NAME_RULE,
  error(
    'trainer/name-too-long',
    'JobSet calls pods and claims after the job, and refuses those with more than 63 characters.',
    (facts) => {
      const { name, runtime } = facts;
      const { containers = { node: [] }, trainers = ['node'], claims = [] } = runtime.shape ?? {};
      const limits = [
        ...Object.keys(containers).map((job) => ({
          what: `the pods of ${job}`,
          limit: longestName(job, trainers.includes(job) ? nodesOf(facts) : 1),
        })),
        ...claims.map((claim) => ({ what: `the claim ${claim.name}`, limit: LONGEST - claim.name.length - 1 })),
      ];
      const [tightest] = limits.sort((a, b) => a.limit - b.limit);
      return tightest && name.length > tightest.limit
        ? `the name has ${name.length} characters; with ${tightest.what} it has at most ${tightest.limit}`
        : undefined;
    },
  ),
  error(
    'trainer/runtime-of-another-namespace',
    'A job takes a runtime of the cluster or of its own namespace; the trainer finds no other.',
    ({ runtime, namespace }) =>
      runtime.namespace !== undefined && runtime.namespace !== namespace
        ? `the runtime ${runtime.name} is for jobs in ${runtime.namespace}, not in ${namespace}; take a ClusterTrainingRuntime, or declare one in ${namespace}`
        : undefined,
  ),
  error(
    'trainer/missing-initializer',
    "The trainer's webhook refuses an initializer for which the runtime has no job.",
    ({ runtime, initializer: { dataset, model } = {} }) => {
      const wanted = [dataset && ('dataset-initializer' as const), model && ('model-initializer' as const)];
      const missing = wanted.filter((step) => step && runtime.shape && !runtime.shape.steps.includes(step));
      return missing.length > 0
        ? `the runtime ${runtime.name} has no ${missing.join(' and no ')}; leave the initializer out or take a runtime that has one`
        : undefined;
    },
  ),
  error(
    'trainer/invalid-patch-name',
    "Patches are told apart by who makes them, which the trainer's definition takes as a path with a domain, each once.",
    ({ finished: { runtimePatches = [] } }) => {
      const managers = runtimePatches.map(({ manager }) => manager);
      const wrong = managers.find((manager) => !DOMAIN_PATH.test(manager));
      if (wrong !== undefined)
        return `patches are named ${JSON.stringify(wrong)}, must be a path with a domain: example.com/platform`;
      const twice = managers.find((manager, index) => managers.indexOf(manager) !== index);
      if (twice === undefined) return undefined;
      return twice === MANAGER
        ? `${MANAGER} is the name of what options say of pods; name your patches otherwise`
        : `two patches are named ${twice}`;
    },
  ),
  error(
    'trainer/unknown-patch-target',
    "The trainer's webhook refuses patches of jobs and containers that the runtime does not have.",
    ({ runtime, finished }) => patchProblems('unknown', finished, runtime.shape),
  ),
  error(
    'trainer/patched-environment',
    'The trainer writes the variables of its own containers, and refuses patches of them.',
    ({ runtime, finished }) => patchProblems('env', finished, runtime.shape),
  ),
  reserved(
    'trainer/reserved-torch-variable',
    "The torch policy sets these variables itself, and the trainer's webhook refuses a job that does.",
    'torch',
    TORCH,
  ),
  // The webhook takes these, and the job's own values then win.
  reserved(
    'trainer/reserved-jax-variable',
    "The jax policy sets these variables itself; the job's own would win, and its processes not find each other.",
    'jax',
    JAX,
  ),
  reserved(
    'trainer/reserved-xgboost-variable',
    "The xgboost policy sets these variables itself, and the trainer's webhook refuses a job that does.",
    'xgboost',
    XGBOOST,
  ),
  error(
    'trainer/no-trainer',
    'Without its trainer part the environment of a job is not set, and its processes do not find each other.',
    ({ finished }) =>
      finished.trainer ? undefined : 'trainer is taken away, without which no environment is set; leave it as {}',
  ),
  error(
    'trainer/unsupported-torchtune',
    "The trainer reads torchtune's model from the name of the runtime, and refuses what the model cannot do.",
    (facts) => torchtuneProblem(facts, nodesOf(facts)),
  ),
  error(
    'trainer/no-mpi-nodes',
    'A launcher that is one of several nodes needs both jobs in its runtime; without them the job hangs.',
    (facts) => {
      const { policy, launcherAsNode, containers = {} } = facts.runtime.shape ?? {};
      const missing = ['launcher', 'node'].filter((job) => !(job in containers));
      return policy === 'mpi' && launcherAsNode && nodesOf(facts) >= 2 && missing.length > 0
        ? `${nodesOf(facts)} nodes, one of them the launcher, need the jobs launcher and node; ${facts.runtime.name} has no ${missing.join(' and no ')}`
        : undefined;
    },
  ),
  ...LAUNCHER_RULES,
  error(
    'trainer/no-flux-nodes',
    'The controller breaks off on a job of the flux policy that does not say its nodes.',
    ({ runtime, finished }) =>
      runtime.shape?.policy === 'flux' && finished.trainer && finished.trainer.numNodes === undefined
        ? 'the trainer breaks off on a job of the flux policy that does not say its nodes; give nodes'
        : undefined,
  ),
  error(
    'volcano/empty-queue',
    "The trainer's webhook refuses an annotation that names an empty queue of Volcano.",
    ({ finished: { runtimePatches = [] } }) =>
      runtimePatches.some((patch) => patch.trainingRuntimeSpec?.template?.metadata?.annotations?.[VOLCANO_QUEUE] === '')
        ? `a patch leaves the annotation ${VOLCANO_QUEUE} empty; name a queue, or leave it out`
        : undefined,
  ),
  error(
    'trainer/ignored-processes',
    'Policies that start one process on each node ignore how many are asked for.',
    ({ runtime, processesPerNode }) =>
      processesPerNode !== undefined && runtime.shape && ['jax', 'xgboost', undefined].includes(runtime.shape.policy)
        ? `processesPerNode is ignored by ${runtime.shape.policy ? `the ${runtime.shape.policy} policy` : `${runtime.name}, which has no policy`}; leave it out`
        : undefined,
  ),
  warning(
    'trainer/deprecated-runtime',
    'A deprecated runtime is removed in a later release, and its jobs fail then.',
    ({ runtime }) =>
      runtime.shape?.deprecated ? `the runtime ${runtime.name} is deprecated and will be removed; take another one` : undefined,
  ),
  error(
    'trainer/single-node-claim',
    'A claim that one node mounts at a time leaves the pods on other nodes waiting.',
    (facts) => {
      const { name, shape } = facts.runtime;
      const claim = shape?.claims.find(({ singleNode }) => singleNode);
      return claim && nodesOf(facts) > 1
        ? `${nodesOf(facts)} nodes cannot mount the claim ${claim.name} of ${name}, which only one node can at a time; take one node`
        : undefined;
    },
  ),
  error(
    'trainer/invalid-node-count',
    'A job has whole nodes and processes, at least one of each.',
    ({ nodes, processesPerNode }) => {
      const [name, value] =
        Object.entries({ nodes, processesPerNode }).find(
          ([, number]) => number !== undefined && (!Number.isInteger(number) || number < 1),
        ) ?? [];
      return name ? `${name} is ${value}, must be a whole number of at least 1` : undefined;
    },
  ),
  error(
    'trainer/volume-mounted-twice',
    'The trainer merges mounts by the name of their volume, so the second one replaces the first.',
    ({ runtime, finished }) => patchProblems('mount', finished, runtime.shape),
  ),
  error(
    'jobset/hidden-claim',
    'A volume called like the claim of the job hides it, and what is written there is lost.',
    ({ runtime, finished }) => patchProblems('volume', finished, runtime.shape),
  ),
  ...QUEUE_RULES,
  warning(
    'kueue/no-resources',
    'Kueue counts pods that ask for nothing as nothing, so its quota does not hold them.',
    ({ queue, resources, runtime }) =>
      queue !== undefined && !resources && runtime.shape?.trainer && !runtime.shape.trainer.resources
        ? unmeasured('nodes')
        : undefined,
  ),
];
