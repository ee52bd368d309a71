import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  type Amounts,
  Elastic,
  type FrameworkJobOptions,
  type FrameworkName,
  type FrameworkTraining,
  type GangPolicy,
  type JaxTraining,
  type JobOptions,
  type MpiTraining,
  type PaddleTraining,
  type PyTorchTraining,
  Queue,
  type QueueOptions,
  type QueueSource,
  type RendezvousOptions,
  type ReplicaCount,
  type Replicas,
  type RunPolicy,
  type TensorFlowTraining,
  TrainingJob,
  type TrainingJobProps,
  type XGBoostTraining,
} from '../../../../lib';
import { type Workload, workload } from '../draft';
import { type Every, oneOf, options, whole } from '../options';
import { cpu, devices, gpu, jobPodOptions, podOverrides, size } from '../pod';
import { annotations, labels, names, text, word } from '../texts';

export const duration: fc.Arbitrary<Duration> = fc.oneof(whole(1, 3600).map(Duration.seconds), whole(1, 30).map(Duration.days));

const queueOptions: Every<QueueOptions> = {
  priorityClass: word,
  maxExecutionTime: duration,
  topology: fc.oneof(
    oneOf('unconstrained' as const),
    oneOf('cloud.provider.com/topology-block', 'kubernetes.io/hostname').map((level) => ({ required: level })),
    oneOf('cloud.provider.com/topology-rack').map((level) => ({ preferred: level })),
  ),
};

const queue: fc.Arbitrary<QueueSource> = fc.oneof(
  word,
  fc.tuple(word, options(queueOptions, [], 1 / 2)).map(([name, more]) => Queue.of(name, more)),
);

/** Something for every option of jobs. */
export const jobOptions: Every<JobOptions> = {
  queue,
  labels,
  annotations,
  acknowledge: oneOf([], ['training-operator/elastic-master']),
  overrides: oneOf({}),
};

const amounts: Every<Amounts> = { cpu, memory: size, ephemeralStorage: size, gpu, devices };

const gangOptions: Every<GangPolicy> = {
  minAvailable: whole(1, 9),
  minResources: options(amounts, [], 1 / 2),
  queue: word,
  priorityClass: word,
  timeout: duration,
};

const runPolicyOptions: Every<RunPolicy> = {
  cleanPodPolicy: oneOf('None', 'Running', 'All'),
  ttlAfterFinished: duration,
  activeDeadline: duration,
  backoffLimit: whole(0, 9),
  suspend: fc.boolean(),
  managedBy: oneOf('kubeflow.org/training-operator', 'kueue.x-k8s.io/multikueue'),
  gang: options(gangOptions, [], 1 / 2),
};

const frameworkJobOptions: Every<FrameworkJobOptions> = {
  ...jobPodOptions,
  ...jobOptions,
  runPolicy: options(runPolicyOptions, [], 1 / 3),
  podOverrides,
  overrides: oneOf<Record<string, unknown>>({ runPolicy: { backoffLimit: 5 } }, { runPolicy: { ttlSecondsAfterFinished: 0 } }),
};

const replicasOptions = (replicas: fc.Arbitrary<number>): Every<Replicas> => ({
  ...jobPodOptions,
  replicas,
  restartPolicy: oneOf('Always', 'OnFailure', 'Never', 'ExitCode'),
  podOverrides,
});

const several = (count: fc.Arbitrary<number>): fc.Arbitrary<ReplicaCount> =>
  fc.oneof(count, options(replicasOptions(count), ['replicas']));
const replicas = several(fc.oneof({ weight: 9, arbitrary: whole(1, 12) }, { weight: 1, arbitrary: oneOf(0, 100, 1000) }));
const single = several(fc.oneof({ weight: 9, arbitrary: oneOf(1) }, { weight: 1, arbitrary: oneOf(0, 2) })) as fc.Arbitrary<
  1 | (Replicas & { readonly replicas: 1 })
>;

const rendezvousOptions: Every<RendezvousOptions> = {
  maxRestarts: whole(0, 100),
  metrics: oneOf([
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
  ] as const) as never,
  backend: oneOf('c10d', 'etcd', 'etcd-v2'),
  host: oneOf('rendezvous.team.svc'),
  port: whole(1, 65535),
  id: word,
  standalone: fc.boolean(),
  config: fc.dictionary(oneOf('timeout', 'read_timeout'), text, { maxKeys: 2 }),
};

const elastic = (given: fc.Arbitrary<RendezvousOptions>) =>
  fc.tuple(whole(1, 4), whole(4, 12), given).map(([min, max, more]) => Elastic.between(min, max, more));

const pytorch: Every<PyTorchTraining> = {
  master: single,
  worker: replicas,
  processesPerNode: fc.oneof(whole(1, 8), oneOf('auto' as const, 'cpu' as const, 'gpu' as const)),
  elastic: elastic(options(rendezvousOptions, [], 1 / 3)),
};
const tensorflow: Every<TensorFlowTraining> = {
  chief: single,
  master: single,
  worker: replicas,
  parameterServer: replicas,
  evaluator: single,
  successPolicy: oneOf('AllWorkers'),
  dynamicWorker: fc.boolean(),
};
const xgboost: Every<XGBoostTraining> = { master: single, worker: replicas };
const mpi: Every<MpiTraining> = { launcher: single, worker: replicas, slotsPerWorker: whole(1, 8) };
const paddle: Every<PaddleTraining> = {
  master: replicas,
  worker: replicas,
  elastic: elastic(options<RendezvousOptions>({ ...rendezvousOptions }, [], 1 / 20)),
};
const jax: Every<JaxTraining> = { worker: replicas };

const frameworks: Every<FrameworkTraining> = {
  pytorch: options(pytorch, [], 2 / 3),
  tensorflow: options(tensorflow, [], 1 / 2),
  xgboost: options(xgboost, ['master'], 2 / 3),
  mpi: options(mpi, ['launcher'], 2 / 3),
  paddle: options(paddle, [], 2 / 3),
  jax: options(jax, ['worker']),
};

/** Props of a training job of each framework. */
export const frameworkProps = Object.fromEntries(
  Object.entries(frameworks).map(([framework, training]) => [
    framework,
    fc
      .tuple(options(frameworkJobOptions, ['image']), training as fc.Arbitrary<object>)
      .map(([common, given]) => ({ ...common, [framework]: given }) as TrainingJobProps),
  ]),
) as Readonly<Record<FrameworkName, fc.Arbitrary<TrainingJobProps>>>;

const optionsOf = { pytorch, tensorflow, xgboost, mpi, paddle, jax };

/** A training job of each framework. */
export const trainingJobs: readonly Workload[] = (Object.keys(optionsOf) as FrameworkName[]).map((framework) =>
  workload({
    title: `TrainingJob with ${framework}`,
    names: names(63, 45),
    props: frameworkProps[framework],
    options: [
      // Kueue does not know MPIJobs of the operator.
      ...Object.keys(frameworkJobOptions).filter((option) => framework !== 'mpi' || option !== 'queue'),
      ...Object.keys(optionsOf[framework]).map((option) => `${framework}.${option}`),
    ],
    declare: (chart, name, props) => new TrainingJob(chart, name, props),
  }),
);
