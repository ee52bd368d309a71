import { DNS_LABEL } from '../../core/names';
import { error, type Rule, warning } from '../../core/rule';
import type { QueueSource } from '../queue/queue';
import { QUEUE_RULES, unmeasured } from '../queue/rules';
import { SERVICE_NAME_RULE } from '../service-name';
import type { Elastic } from './elastic';
import { ELASTIC_RULES } from './elastic-rules';
import { FINISHED_JOB_RULES, type FinishedJob } from './finished-job';
import type { FrameworkName } from './frameworks';
import { VARIABLE_RULES } from './variable-rules';

/** A job as the rules see it. */
export interface JobFacts extends FinishedJob {
  readonly name: string;
  readonly framework: FrameworkName;
  /** Replicas by type, in the order in which they were given. */
  readonly replicas: ReadonlyMap<string, number>;
  /** Keys of the framework's props that are no replica type and no option. */
  readonly unknown: readonly string[];
  readonly elastic?: Elastic;
  readonly processesPerNode?: number | string;
  readonly queue?: QueueSource;
}

const count = (job: JobFacts, type: string) => job.replicas.get(type) ?? 0;
const only =
  (frameworks: readonly FrameworkName[], check: (job: JobFacts) => string | undefined) =>
  (job: JobFacts): string | undefined =>
    frameworks.includes(job.framework) ? check(job) : undefined;

/** The operator's limit for an MPIJob, whose objects carry longer endings than a pod's number. */
const MPI_NAME = 53;

/** The rules of the Training Operator's jobs. */
export const RULES: readonly Rule<JobFacts>[] = [
  SERVICE_NAME_RULE,
  error(
    'training-operator/name-too-long',
    'Pods are called after their job, and the name of a pod is a host name of at most 63 characters.',
    ({ name, framework, replicas }) => {
      if (framework === 'mpi')
        return name.length > MPI_NAME ? `the name has ${name.length} characters; an MPIJob's has at most ${MPI_NAME}` : undefined;
      const longest =
        [...replicas]
          .map(([type, number]) => `${name}-${type.toLowerCase()}-${Math.max(number - 1, 0)}`)
          .sort((a, b) => b.length - a.length)[0] ?? name;
      return longest.length > DNS_LABEL.length
        ? `the name is ${longest.length - DNS_LABEL.length} characters too long: a pod is called ${longest}, with at most ${DNS_LABEL.length}`
        : undefined;
    },
  ),
  error('training-operator/no-replicas', "The operator's webhook refuses a job without replicas.", ({ replicas, spec }) =>
    replicas.size === 0 ? `the job has no replicas; give ${Object.keys(spec.types).join(' or ')}` : undefined,
  ),
  error(
    'training-operator/unknown-replica-type',
    'The operator makes no pods of a replica type that its framework does not have.',
    ({ framework, unknown, spec }) =>
      unknown.length > 0
        ? `${framework} has no ${unknown.join(', ')}; its replicas are ${Object.keys(spec.types).join(', ')}`
        : undefined,
  ),
  error(
    'training-operator/several-coordinators',
    "The operator's webhook takes exactly one replica of the type that coordinates the others.",
    ({ replicas, spec, framework }) => {
      const wrong = spec.single.find((type) => replicas.has(type) && replicas.get(type) !== 1);
      return wrong ? `a ${framework} job has exactly 1 ${wrong.toLowerCase()}, not ${replicas.get(wrong)}` : undefined;
    },
  ),
  error(
    'training-operator/invalid-replica-count',
    'A replica type without replicas, or with part of one, leaves the others waiting for it.',
    ({ replicas }) => {
      const wrong = [...replicas].find(([, number]) => !Number.isInteger(number) || number < 1);
      return wrong
        ? `${wrong[0].toLowerCase()} ${wrong[1]} is no number of replicas; give at least 1, or leave it out`
        : undefined;
    },
  ),
  error('training-operator/elastic-without-workers', 'Only workers come and go in an elastic job.', (job) =>
    job.elastic && count(job, 'Worker') === 0 ? 'an elastic job has workers; give worker' : undefined,
  ),
  error(
    'training-operator/invalid-processes-per-node',
    "The operator's webhook takes a number of processes, or one of the words that count devices.",
    ({ processesPerNode: given }) =>
      given === undefined || ['auto', 'cpu', 'gpu'].includes(String(given)) || (Number.isInteger(given) && Number(given) >= 1)
        ? undefined
        : `processesPerNode is ${JSON.stringify(given)}, must be auto, cpu, gpu or a whole number of at least 1`,
  ),
  error(
    'training-operator/workers-outside-elastic-range',
    'An elastic job starts with a number of workers between its bounds.',
    (job) => {
      const workers = count(job, 'Worker');
      if (!job.elastic || workers === 0) return undefined;
      const { min, max } = job.elastic;
      if (workers < min)
        return `worker is ${workers}, which is fewer than the ${min} that an elastic job has at least; give at least ${min} workers`;
      return workers > max
        ? `worker is ${workers}, which is more than the ${max} that an elastic job has at most; give at most ${max} workers`
        : undefined;
    },
  ),
  warning(
    'training-operator/elastic-master',
    'The master of an elastic job takes no part in the rendezvous, so it trains nothing and costs its pod.',
    (job) =>
      job.elastic && job.framework === 'pytorch' && job.replicas.has('Master')
        ? 'the master of an elastic job takes no part in the rendezvous of the workers; leave it out, or acknowledge it'
        : undefined,
  ),
  error(
    'training-operator/workers-without-master',
    "Workers find each other by the master's address; without one each waits for itself.",
    only(['pytorch'], (job) =>
      !job.replicas.has('Master') && !job.elastic && count(job, 'Worker') > 1
        ? `${count(job, 'Worker')} workers without a master do not find each other; give master: 1 or elastic`
        : undefined,
    ),
  ),
  error(
    'training-operator/chief-and-master',
    "Chief and master are two names of one role, and the operator's webhook takes one of them.",
    only(['tensorflow'], ({ replicas }) =>
      replicas.has('Chief') && replicas.has('Master') ? 'a tensorflow job has a chief or a master, not both' : undefined,
    ),
  ),
  error(
    'training-operator/xgboost-without-master',
    "The operator's webhook refuses an XGBoostJob without a master.",
    only(['xgboost'], ({ replicas }) => (replicas.has('Master') ? undefined : 'an xgboost job has a master; give master: 1')),
  ),
  error(
    'training-operator/paddle-rendezvous',
    'Paddle has no rendezvous, so its settings would have no effect.',
    only(['paddle'], ({ elastic }) => {
      const { maxRestarts: _, metrics: __, ...rendezvous } = elastic?.options ?? {};
      const given = Object.keys(rendezvous);
      return given.length > 0 ? `a paddle job has no rendezvous, so elastic has no ${given.join(', ')}` : undefined;
    }),
  ),
  error(
    'training-operator/jax-without-workers',
    "The operator's webhook refuses a JAXJob without workers.",
    only(['jax'], ({ replicas }) => (replicas.has('Worker') ? undefined : 'a jax job has workers; give worker')),
  ),
  error(
    'training-operator/mpi-without-launcher',
    'Without a launcher the operator starts nothing and says nothing.',
    only(['mpi'], ({ replicas }) =>
      replicas.has('Launcher')
        ? undefined
        : 'an mpi job has a launcher; without one the operator does nothing and says nothing; give launcher: 1',
    ),
  ),
  ...FINISHED_JOB_RULES,
  ...VARIABLE_RULES,
  ...ELASTIC_RULES,
  ...QUEUE_RULES,
  error(
    'kueue/unmanaged-mpi-job',
    "Kueue does not know the Training Operator's MPIJobs, so one in a queue would stay suspended.",
    only(['mpi'], ({ queue }) =>
      queue === undefined
        ? undefined
        : "Kueue does not know the Training Operator's MPIJobs, so none would ever start; leave queue out, or take a runtime with an mpi policy",
    ),
  ),
  warning(
    'kueue/no-resources',
    'Kueue counts pods that ask for nothing as nothing, so its quota does not hold them.',
    ({ queue, finished, spec }) => {
      const asks = (type: string) =>
        finished[type]?.template?.spec?.containers?.some(({ name, resources }) => name === spec.container && resources);
      const without = Object.keys(finished).filter((type) => !asks(type));
      return queue !== undefined && without.length > 0
        ? unmeasured(without.map((type) => type.toLowerCase()).join(' and '))
        : undefined;
    },
  ),
];
