import { Duration } from 'cdk8s';
import {
  ClusterTrainingRuntime,
  Gpu,
  Mount,
  Queue,
  RUNTIMES,
  Runtime,
  stepLabels,
  type TrainingJobProps,
  TrainingPolicy,
  TrainingRuntime,
} from '../../../lib';
import { TRAIN_JOB_RULES as trainJobRules } from '../../../lib/workloads/training/train-job-rules';
import { teamChart } from '../../support/app';
import { describeSides, IMAGE as image, jobRefusal as refusal, type Sides, jobYaml as yaml } from '../../support/training';

const torch = Runtime.shipped('torch-distributed');
const tune = Runtime.shipped('torchtune-llama3.2-1b');

/** A job that patches the pods of its nodes. */
function patched(spec: object, name = 'node'): TrainingJobProps {
  const replicatedJobs = [{ name, template: { spec: { template: { spec } } } }];
  return { runtime: torch, patches: { 'example.com/x': { template: { spec: { replicatedJobs } } } } };
}

function volcano(queue: string): TrainingJobProps {
  const metadata = { annotations: { 'scheduling.volcano.sh/queue-name': queue } };
  return { runtime: torch, patches: { 'example.com/x': { template: { metadata } } } };
}

/** A runtime as the API takes it, with one job that trains. */
function raw(name: string, mlPolicy: object | undefined, job = 'node'): Runtime {
  const template = {
    metadata: { labels: stepLabels('trainer') },
    spec: { template: { spec: { containers: [{ name: 'node', image }] } } },
  };
  const spec = { ...(mlPolicy && { mlPolicy }), template: { spec: { replicatedJobs: [{ name: job, template }] } } };
  return Runtime.of(new ClusterTrainingRuntime(teamChart(), name, { spec }));
}

/** A runtime whose launcher reaches nodes over MPI. */
function launching(name: string, launcherAsNode: boolean): Runtime {
  const policy = TrainingPolicy.mpi({ launcherAsNode, node: { command: ['/usr/sbin/sshd', '-De'] } });
  return Runtime.of(new ClusterTrainingRuntime(teamChart(), name, { image: 'ghcr.io/my-org/mpi:1', policy }));
}

const launched = launching('launched', false);
const taking = launching('taking', true);

const flux = raw('flux', { numNodes: 2, flux: {} });
const lonely = raw('lonely', { numNodes: 1, mpi: { runLauncherAsNode: true } });
const elsewhere = Runtime.of(new TrainingRuntime(teamChart({ namespace: 'elsewhere' }), 'own', { image }));

const TRAIN_JOBS: Readonly<Record<string, Sides>> = {
  'kubernetes/invalid-service-name': {
    refused: [{ runtime: torch }, 'the name "1job" is not a DNS label', '1job'],
    accepted: [{ runtime: torch }, 'job1'],
  },
  'trainer/name-too-long': {
    refused: [{ runtime: tune }, 'with the pods of dataset-initializer it has at most 33', 'a'.repeat(34)],
    accepted: [{ runtime: tune }, 'a'.repeat(33)],
  },
  'trainer/launcher-only-image': {
    refused: [
      { runtime: launched, image },
      'image reaches the launcher alone, and the nodes keep ghcr.io/my-org/mpi:1 of launched; declare a runtime with the image ghcr.io/my-org/train:1.4',
    ],
    accepted: [{ runtime: launched, image: 'ghcr.io/my-org/mpi:1' }],
  },
  'trainer/launcher-only-resources': {
    refused: [
      { runtime: launched, resources: { gpu: Gpu.nvidia(1) } },
      'resources reach the launcher alone, which is no node of launched; give them to the runtime',
    ],
    accepted: [{ runtime: taking, resources: { gpu: Gpu.nvidia(1) } }],
  },
  'trainer/missing-initializer': {
    refused: [
      { runtime: torch, initializer: { model: { uri: 'hf://a/b' } } },
      'the runtime torch-distributed has no model-initializer',
    ],
    accepted: [{ runtime: tune, initializer: { model: { uri: 'hf://a/b' } } }],
  },
  'trainer/invalid-patch-name': {
    refused: [{ runtime: torch, patches: { platform: {} } }, 'patches are named "platform"'],
    accepted: [{ runtime: torch, patches: { 'example.com/platform': {} } }],
  },
  'trainer/unknown-patch-target': {
    refused: [
      { runtime: torch, patches: { 'a.io/b': { template: { spec: { replicatedJobs: [{ name: 'launcher' }] } } } } },
      'patches name the job launcher',
    ],
    accepted: [{ runtime: torch, patches: { 'a.io/b': { template: { spec: { replicatedJobs: [{ name: 'node' }] } } } } }],
  },
  'trainer/reserved-torch-variable': {
    refused: [{ runtime: torch, env: { PET_NNODES: '2' } }, 'env sets PET_NNODES'],
    accepted: [{ runtime: torch, env: { NNODES: '2' } }],
  },
  'trainer/unsupported-torchtune': {
    refused: [{ runtime: tune, nodes: 2 }, 'torchtune-llama3.2-1b tunes on one node, not on 2'],
    accepted: [{ runtime: tune, nodes: 1 }],
  },
  'trainer/ignored-processes': {
    refused: [
      { runtime: Runtime.shipped('jax-distributed'), processesPerNode: 2 },
      'processesPerNode is ignored by the jax policy',
    ],
    accepted: [{ runtime: torch, processesPerNode: 2 }],
  },
  'trainer/single-node-claim': {
    refused: [
      { runtime: tune, nodes: 2 },
      '2 nodes cannot mount the claim initializer of torchtune-llama3.2-1b, which only one node can at a time',
    ],
    accepted: [{ runtime: torch, nodes: 2 }],
  },
  'trainer/invalid-node-count': {
    refused: [{ runtime: torch, nodes: 0 }, 'nodes is 0, must be a whole number'],
    accepted: [{ runtime: torch, nodes: 1 }],
  },
  'trainer/runtime-of-another-namespace': {
    refused: [{ runtime: elsewhere }, 'the runtime own is for jobs in elsewhere, not in team'],
    accepted: [{ runtime: Runtime.existing('own', 'TrainingRuntime') }],
  },
  'trainer/patched-environment': {
    refused: [
      patched({ containers: [{ name: 'node', env: [{ name: 'A', value: 'b' }] }] }),
      'patches set variables of the container node; give them as env',
    ],
    accepted: [patched({ containers: [{ name: 'node', securityContext: { runAsUser: 1 } }] })],
  },
  'trainer/reserved-jax-variable': {
    refused: [
      { runtime: Runtime.shipped('jax-distributed'), env: { JAX_PROCESS_ID: '9' } },
      'env sets JAX_PROCESS_ID, which the jax policy sets itself; leave it out',
    ],
    accepted: [{ runtime: torch, env: { JAX_PROCESS_ID: '9' } }],
  },
  'trainer/reserved-xgboost-variable': {
    refused: [
      { runtime: Runtime.shipped('xgboost-distributed'), env: { DMLC_TASK_ID: '1', DMLC_NUM_WORKER: '2' } },
      'env sets DMLC_TASK_ID, DMLC_NUM_WORKER, which the xgboost policy sets itself; leave them out',
    ],
    accepted: [{ runtime: torch, env: { DMLC_TASK_ID: '1' } }],
  },
  'trainer/no-trainer': {
    refused: [{ runtime: torch, overrides: { trainer: null } }, 'trainer is taken away, without which no environment is set'],
    accepted: [{ runtime: torch }],
  },
  'trainer/no-mpi-nodes': {
    refused: [{ runtime: lonely, nodes: 2 }, 'need the jobs launcher and node; lonely has no launcher'],
    accepted: [{ runtime: lonely, nodes: 1 }],
  },
  'trainer/no-flux-nodes': {
    refused: [{ runtime: flux }, 'a job of the flux policy that does not say its nodes; give nodes'],
    accepted: [{ runtime: flux, nodes: 2 }],
  },
  'volcano/empty-queue': {
    refused: [volcano(''), 'a patch leaves the annotation scheduling.volcano.sh/queue-name empty'],
    accepted: [volcano('nightly')],
  },
  'trainer/volume-mounted-twice': {
    refused: [
      { runtime: torch, mounts: { '/a': Mount.empty('tmp'), '/b': Mount.empty('tmp') } },
      'the container node mounts the volume tmp twice, and patches can only once',
    ],
    accepted: [{ runtime: torch, mounts: { '/a': Mount.claim('data', { subPath: 'a' }), '/b': Mount.claim('data') } }],
  },
  'jobset/hidden-claim': {
    refused: [
      { runtime: tune, mounts: { '/data': Mount.claim('initializer') } },
      'the volume initializer is called like the claim that each job makes',
    ],
    accepted: [{ runtime: torch, mounts: { '/data': Mount.claim('initializer') } }],
  },
  'kueue/invalid-queue-name': {
    refused: [{ runtime: torch, queue: '' }, 'the queue "" is not a DNS name'],
    accepted: [{ runtime: torch, queue: 'team-a' }],
  },
  'kueue/execution-time-too-short': {
    refused: [
      { runtime: torch, queue: Queue.of('a', { maxExecutionTime: Duration.seconds(0) }) },
      'maxExecutionTime is 0 seconds, must be at least 1',
    ],
    accepted: [{ runtime: torch, queue: Queue.of('a', { maxExecutionTime: Duration.minutes(1) }) }],
  },
};

describeSides('TrainJobs', trainJobRules, TRAIN_JOBS);

describe('torchtune, whose model the trainer reads from the name of the runtime (trainer/unsupported-torchtune)', () => {
  const command = ['tune', 'run'];
  const named = (name: string) =>
    Runtime.of(new ClusterTrainingRuntime(teamChart(), name, { ...RUNTIMES['torchtune-llama3.2-1b'] }));
  const large = Runtime.of(
    new ClusterTrainingRuntime(teamChart(), 'torchtune-llama3.3-70b', {
      image,
      policy: TrainingPolicy.torch(),
      framework: 'torchtune',
    }),
  );
  const quantized = ['model.quantize_base=True'];

  test.each([
    'torchtune-llama3.2-1b',
    'torchtune-llama3.2-3b',
    'torchtune-qwen2.5-1.5b',
    'torchtune-llama3.3-70b',
  ])('%s', (name) => {
    yaml({ runtime: named(name), command });
  });

  test.each(['my-tuning', 'torchtune-llama3.2-1b-fast', 'torchtune-llama4-1b'])('%s names no model', (name) => {
    expect(refusal({ runtime: named(name), command })).toContain(`${name} names none; call it torchtune-<model>-<size>`);
    yaml({ runtime: named(name), command: ['tune', 'run', 'full_finetune_distributed'] });
  });

  test('only the largest is tuned on several nodes', () => {
    yaml({ runtime: large, command, nodes: 2 });
    expect(refusal({ runtime: named('my-tuning'), nodes: 2 })).toContain('my-tuning tunes on one node, not on 2');
    expect(refusal({ runtime: Runtime.existing('torchtune-llama3.2-1b'), command, nodes: 2 })).toContain('tunes on one node');
    yaml({ runtime: Runtime.existing('torchtune-llama3.2-1b'), nodes: 2 });
  });

  test('QLoRA: not for Qwen, and for small models with one process', () => {
    const qwen = Runtime.shipped('torchtune-qwen2.5-1.5b');
    expect(refusal({ runtime: qwen, command, args: quantized })).toContain('qwen2_5/1.5B cannot be tuned with QLoRA');
    yaml({ runtime: qwen, command, args: [...quantized, 'model.use_dora=True'] });
    expect(refusal({ runtime: tune, command, args: quantized })).toContain('is tuned with QLoRA by one process on one GPU');
    expect(refusal({ runtime: tune, command, args: quantized, resources: { gpu: Gpu.nvidia(2) } })).toContain('one GPU');
    yaml({ runtime: tune, command, args: quantized, processesPerNode: 1 });
    yaml({ runtime: tune, command, args: quantized, resources: { gpu: Gpu.nvidia(1) } });
    yaml({ runtime: large, command, args: quantized });
  });
});

describe('patches of a runtime (trainer/unknown-patch-target, trainer/patched-environment)', () => {
  test('name containers and init containers that it has', () => {
    expect(refusal(patched({ containers: [{ name: 'main' }] }))).toContain(
      'patches name the container main of job node, which it does not have; it has node (trainer/unknown-patch-target)',
    );
    expect(refusal(patched({ initContainers: [{ name: 'setup' }] }))).toContain('patches name the container setup of job node');
    const spec = { initContainers: [{ name: 'setup', image }], containers: [{ name: 'node', image }] };
    const replicatedJobs = [
      { name: 'node', template: { metadata: { labels: stepLabels('trainer') }, spec: { template: { spec } } } },
    ];
    const own = new ClusterTrainingRuntime(teamChart(), 'own', { spec: { template: { spec: { replicatedJobs } } } });
    yaml({
      ...patched({ initContainers: [{ name: 'setup', env: [{ name: 'A', value: 'b' }] }] }),
      runtime: Runtime.of(own),
    } as TrainingJobProps);
  });
});
