import type { PodSpec } from '../../../crds-imports/core';
import type { RunPolicy } from '../../../crds-imports/kubeflow.org';
import type { JobOperator } from '../../contracts';
import type { Rule } from '../rule';
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
    readonly elasticPolicy?: { readonly nProcPerNode?: number; readonly rdzvConf?: readonly unknown[] };
  };
  /** The operator of the job, once the app is finished. */
  readonly operator: () => JobOperator | undefined;
}

const CLEAN_UP = ['None', 'Running', 'All'];
const RESTARTS = ['Always', 'OnFailure', 'Never', 'ExitCode'];
const MANAGERS = ['kubeflow.org/training-operator', 'kueue.x-k8s.io/multikueue'];

/** A rule over every replica type: what is wrong with one, as the end of `worker …`. */
function ofReplicas(
  id: string,
  wrong: (replicas: FinishedReplicas, job: FinishedJob) => string | undefined,
  level: Rule<FinishedJob>['level'] = 'error',
): Rule<FinishedJob> {
  return {
    id,
    level,
    check: (job) =>
      Object.entries(job.finished)
        .flatMap(([type, replicas]) => {
          const message = wrong(replicas, job);
          return message ? [`${type.toLowerCase()} ${message}`] : [];
        })
        .join('; ') || undefined,
  };
}

function containersOf({ template }: FinishedReplicas) {
  return template?.spec?.containers ?? [];
}

/** What options cannot say, and overrides can. */
export const FINISHED_JOB_RULES: readonly Rule<FinishedJob>[] = [
  ofReplicas('TJ-3', (replicas) => {
    const containers = containersOf(replicas);
    if (containers.length === 0) return 'has no containers';
    const without = containers.filter(({ image }) => !image).map(({ name }) => name);
    return without.length > 0 ? `has no image in ${without.join(', ')}` : undefined;
  }),
  ofReplicas('TJ-4', (replicas, { spec }) => {
    const names = containersOf(replicas).map(({ name }) => name);
    return names.includes(spec.container)
      ? undefined
      : `needs a container called ${spec.container}, not only ${names.join(', ') || 'none'}`;
  }),
  {
    id: 'TJ-9',
    level: 'error',
    check: ({ fields: { elasticPolicy } }) =>
      elasticPolicy?.nProcPerNode === undefined
        ? undefined
        : 'elasticPolicy.nProcPerNode is deprecated and refused beside nprocPerNode; give processesPerNode',
  },
  {
    id: 'TJ-10',
    level: 'error',
    check: ({ fields: { elasticPolicy } }) =>
      elasticPolicy?.rdzvConf?.length === 0
        ? 'elasticPolicy.rdzvConf is empty, on which the operator fails; leave it out'
        : undefined,
  },
  {
    id: 'TJ-16',
    level: 'warning',
    check: ({ fields: { successPolicy = '' } }) =>
      ['', 'AllWorkers'].includes(successPolicy)
        ? undefined
        : `successPolicy is ${JSON.stringify(successPolicy)}, which the operator does not know; it waits for the first worker, or with AllWorkers for all`,
  },
  {
    id: 'TJ-22',
    level: 'error',
    check: ({ fields: { runPolicy } }) =>
      runPolicy?.managedBy === undefined || MANAGERS.includes(runPolicy.managedBy)
        ? undefined
        : `managedBy is ${JSON.stringify(runPolicy.managedBy)}, must be ${MANAGERS.join(' or ')}`,
  },
  ofReplicas('TJ-24', ({ template }) =>
    template?.spec?.restartPolicy === undefined
      ? undefined
      : `has the restart policy ${template.spec.restartPolicy} in its pods, which the operator overwrites; give restartPolicy to the replicas`,
  ),
  ofReplicas(
    'TJ-25',
    ({ restartPolicy }) =>
      restartPolicy === undefined || RESTARTS.includes(restartPolicy)
        ? undefined
        : `has the restart policy ${restartPolicy}; the operator knows ${RESTARTS.join(', ')}`,
    'warning',
  ),
  {
    id: 'TJ-25-pods',
    level: 'warning',
    check: ({ fields: { runPolicy } }) =>
      runPolicy?.cleanPodPolicy === undefined || CLEAN_UP.includes(runPolicy.cleanPodPolicy)
        ? undefined
        : `cleanPodPolicy is ${runPolicy.cleanPodPolicy}, with which all pods stay; the operator knows ${CLEAN_UP.join(', ')}`,
  },
  {
    id: 'TJ-26',
    level: 'warning',
    check: ({ fields: { runPolicy }, operator }) => {
      const asked = runPolicy?.schedulingPolicy && operator();
      return asked?.gangScheduler === 'none'
        ? `its pods are to start together, but ${asked.words} has no gang scheduler, so they start one by one; give it one (gangScheduler), or leave runPolicy.gang out`
        : undefined;
    },
  },
  ofReplicas('TJ-27', (replicas, { spec }) => {
    const { name, number } = spec.port;
    const ports = containersOf(replicas).find((container) => container.name === spec.container)?.ports ?? [];
    const taken = ports.find((port) => port.containerPort === number && port.name !== name);
    return taken && !ports.some((port) => port.name === name)
      ? `uses port ${number} as ${taken.name ?? 'a port without a name'}, at which the operator adds ${name}; call it ${name}, or take another number`
      : undefined;
  }),
];
