import type { PodSpec } from '../../../crds-imports/core';
import type { RunPolicy } from '../../../crds-imports/kubeflow.org';
import type { JobOperator } from '../../contracts';
import { together } from '../../core';
import { error, type Rule, type Sentence, warning } from '../../core/rule';
import type { Framework } from './frameworks';

/** A replica type as the operator gets it. */
export interface FinishedReplicas {
  readonly restartPolicy?: string;
  readonly template?: { readonly spec?: PodSpec };
}

/** What the operator gets, overrides included. */
export interface FinishedJob {
  /** What the operator expects of the framework. */
  readonly spec: Framework;
  /** The finished replicas by type. */
  readonly finished: Readonly<Record<string, FinishedReplicas>>;
  /** The finished fields beside the replicas. */
  readonly fields: {
    readonly runPolicy?: RunPolicy;
    readonly nprocPerNode?: string;
    readonly successPolicy?: string;
    readonly elasticPolicy?: {
      readonly nProcPerNode?: number;
      readonly rdzvConf?: readonly unknown[];
      readonly metrics?: readonly unknown[];
    };
  };
  /** The operator of the job, once the app is finished. */
  readonly operator: () => JobOperator | undefined;
}

const CLEAN_UP = ['None', 'Running', 'All'];
const RESTARTS = ['Always', 'OnFailure', 'Never', 'ExitCode'];
const MANAGERS = ['kubeflow.org/training-operator', 'kueue.x-k8s.io/multikueue'];

/** A sentence over every replica type: what is wrong with one, as the end of `worker …`. */
const ofReplicas =
  (wrong: (replicas: FinishedReplicas, job: FinishedJob) => string | undefined): Sentence<FinishedJob> =>
  (job) =>
    together(
      Object.entries(job.finished).map(([type, replicas]) => {
        const message = wrong(replicas, job);
        return message && `${type.toLowerCase()} ${message}`;
      }),
    );

function containersOf({ template }: FinishedReplicas) {
  return template?.spec?.containers ?? [];
}

/** What options cannot say, and overrides can. */
export const FINISHED_JOB_RULES: readonly Rule<FinishedJob>[] = [
  error(
    'training-operator/no-image',
    "The operator's webhook refuses replicas without containers, and containers without an image.",
    ofReplicas((replicas) => {
      const containers = containersOf(replicas);
      if (containers.length === 0) return 'has no containers';
      const without = containers.filter(({ image }) => !image).map(({ name }) => name);
      return without.length > 0 ? `has no image in ${without.join(', ')}` : undefined;
    }),
  ),
  error(
    'training-operator/missing-container',
    "The operator sets up the container that it knows by its framework's name, and refuses pods without it.",
    ofReplicas((replicas, { spec }) => {
      const names = containersOf(replicas).map(({ name }) => name);
      return names.includes(spec.container)
        ? undefined
        : `needs a container called ${spec.container}, not only ${names.join(', ') || 'none'}`;
    }),
  ),
  error(
    'training-operator/deprecated-elastic-processes',
    "The operator's webhook refuses the deprecated field beside the one that replaced it.",
    ({ fields: { elasticPolicy } }) =>
      elasticPolicy?.nProcPerNode === undefined
        ? undefined
        : 'elasticPolicy.nProcPerNode is deprecated and refused beside nprocPerNode; give processesPerNode',
  ),
  error(
    'training-operator/empty-rendezvous-config',
    'The operator fails on an empty list of rendezvous settings, and the job hangs.',
    ({ fields: { elasticPolicy } }) =>
      elasticPolicy?.rdzvConf?.length === 0
        ? 'elasticPolicy.rdzvConf is empty, on which the operator fails; leave it out'
        : undefined,
  ),
  warning(
    'training-operator/unknown-success-policy',
    'The operator takes a policy that it does not know for the default without a word.',
    ({ fields: { successPolicy = '' } }) =>
      ['', 'AllWorkers'].includes(successPolicy)
        ? undefined
        : `successPolicy is ${JSON.stringify(successPolicy)}, which the operator does not know; it waits for the first worker, or with AllWorkers for all`,
  ),
  error(
    'training-operator/unknown-manager',
    'Nobody runs a job whose manager is neither the operator nor MultiKueue; the webhook refuses it.',
    ({ fields: { runPolicy } }) =>
      runPolicy?.managedBy === undefined || MANAGERS.includes(runPolicy.managedBy)
        ? undefined
        : `managedBy is ${JSON.stringify(runPolicy.managedBy)}, must be ${MANAGERS.join(' or ')}`,
  ),
  error(
    'training-operator/overwritten-restart-policy',
    'The operator overwrites the restart policy of pods with that of their replicas.',
    ofReplicas(({ template }) =>
      template?.spec?.restartPolicy === undefined
        ? undefined
        : `has the restart policy ${template.spec.restartPolicy} in its pods, which the operator overwrites; give restartPolicy to the replicas`,
    ),
  ),
  warning(
    'training-operator/unknown-restart-policy',
    'The operator passes a policy that it does not know on to pods, which are refused then.',
    ofReplicas(({ restartPolicy }) =>
      restartPolicy === undefined || RESTARTS.includes(restartPolicy)
        ? undefined
        : `has the restart policy ${restartPolicy}; the operator knows ${RESTARTS.join(', ')}`,
    ),
  ),
  warning(
    'training-operator/unknown-clean-up-policy',
    'With a policy that the operator does not know all pods stay when the job has ended.',
    ({ fields: { runPolicy } }) =>
      runPolicy?.cleanPodPolicy === undefined || CLEAN_UP.includes(runPolicy.cleanPodPolicy)
        ? undefined
        : `cleanPodPolicy is ${runPolicy.cleanPodPolicy}, with which all pods stay; the operator knows ${CLEAN_UP.join(', ')}`,
  ),
  warning(
    'training-operator/no-gang-scheduler',
    'Without a gang scheduler the operator ignores that pods are to start together.',
    ({ fields: { runPolicy }, operator }) => {
      const asked = runPolicy?.schedulingPolicy && operator();
      return asked?.gangScheduler === 'none'
        ? `its pods are to start together, but ${asked.words} has no gang scheduler, so they start one by one; give it one (gangScheduler), or leave runPolicy.gang out`
        : undefined;
    },
  ),
  error(
    'training-operator/port-taken',
    'The operator adds its port under a name of its own, and a pod cannot have one number under two names.',
    ofReplicas((replicas, { spec }) => {
      const { name, number } = spec.port;
      const ports = containersOf(replicas).find((container) => container.name === spec.container)?.ports ?? [];
      const taken = ports.find((port) => port.containerPort === number && port.name !== name);
      return taken && !ports.some((port) => port.name === name)
        ? `uses port ${number} as ${taken.name ?? 'a port without a name'}, at which the operator adds ${name}; call it ${name}, or take another number`
        : undefined;
    }),
  ),
];
