import { Chart, Duration } from 'cdk8s';
import {
  ClusterTrainingRuntime,
  Elastic,
  Gpu,
  Mount,
  Queue,
  RUNTIMES,
  type Rule,
  Runtime,
  stepLabels,
  TrainingJob,
  type TrainingJobProps,
  TrainingOperator,
  TrainingPolicy,
  TrainingRuntime,
  trainingJobRules,
  trainingRuntimeRules,
  trainJobRules,
} from '../../lib';
import type { Manifest } from '../../lib/core';
import { immutableFields } from '../../lib/deploy/pulumi/immutable';
import { assembled, errors, notes, teamChart } from '../support/app';
import { IMAGE as image, jobNotes, jobRefusal as refusal, jobYaml as yaml } from '../support/training';

const torch = Runtime.shipped('torch-distributed');
const tune = Runtime.shipped('torchtune-llama3.2-1b');
const elastic = Elastic.between(1, 2);

/** A job whose pods are written by hand. */
function jaxPod(spec: object): TrainingJobProps {
  return { image, jax: { worker: 1 }, podOverrides: { spec } };
}

function jaxPorts(port: object): TrainingJobProps {
  return jaxPod({ containers: [{ name: 'jax', image, ports: [port] }] });
}

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

const plain = raw('plain', undefined);
const lonely = raw('lonely', { numNodes: 1, mpi: { runLauncherAsNode: true } });
const elsewhere = Runtime.of(new TrainingRuntime(teamChart({ namespace: 'elsewhere' }), 'own', { image }));

/** Both sides of a rule: what is refused with which words, and what stands next to it and is accepted. */
interface Sides {
  readonly refused: [TrainingJobProps, string, name?: string];
  readonly accepted: [TrainingJobProps, name?: string];
}

const TRAINING_JOBS: Readonly<Record<string, Sides>> = {
  'TJ-1': {
    refused: [{ image, jax: { worker: 1 } }, 'the name "1job" is not a DNS label', '1job'],
    accepted: [{ image, jax: { worker: 1 } }, 'job1'],
  },
  'TJ-1-length': {
    refused: [{ image, pytorch: { master: 1, worker: 11 } }, '1 characters too long', 'a'.repeat(54)],
    accepted: [{ image, pytorch: { master: 1, worker: 10 } }, 'a'.repeat(54)],
  },
  'TJ-2': {
    refused: [{ image, pytorch: {} }, 'the job has no replicas; give master or worker'],
    accepted: [{ image, pytorch: { worker: 1 } }],
  },
  'TJ-5': {
    refused: [
      { image, pytorch: { worker: 1, launcher: 1 } } as TrainingJobProps,
      'pytorch has no launcher; its replicas are master, worker',
    ],
    accepted: [{ image, mpi: { launcher: 1 } }],
  },
  'TJ-6': {
    refused: [{ image, pytorch: { master: 2 } } as unknown as TrainingJobProps, 'a pytorch job has exactly 1 master, not 2'],
    accepted: [{ image, pytorch: { master: 1 } }],
  },
  'TJ-7': {
    refused: [{ image, paddle: { worker: 0 } }, 'worker 0 is no number of replicas'],
    accepted: [{ image, paddle: { worker: 1 } }],
  },
  'TJ-8': {
    refused: [
      { image, pytorch: { master: 1, elastic: Elastic.between(1, 2) }, acknowledge: ['TJ-12-master'] },
      'an elastic job has workers',
    ],
    accepted: [{ image, pytorch: { worker: 1, elastic: Elastic.between(1, 2) } }],
  },
  'TJ-11': {
    refused: [{ image, pytorch: { worker: 1, processesPerNode: 1.5 } }, 'processesPerNode is 1.5'],
    accepted: [{ image, pytorch: { worker: 1, processesPerNode: 'gpu' } }],
  },
  'TJ-12': {
    refused: [{ image, pytorch: { worker: 1, elastic: Elastic.between(2, 4) } }, 'give at least 2 workers'],
    accepted: [{ image, pytorch: { worker: 2, elastic: Elastic.between(2, 4) } }],
  },
  'TJ-13': {
    refused: [{ image, pytorch: { worker: 2 } }, '2 workers without a master do not find each other'],
    accepted: [{ image, pytorch: { worker: 1 } }],
  },
  'TJ-14': {
    refused: [{ image, tensorflow: { chief: 1, master: 1 } }, 'a chief or a master, not both'],
    accepted: [{ image, tensorflow: { chief: 1 } }],
  },
  'TJ-17': {
    refused: [{ image, xgboost: { worker: 1 } } as unknown as TrainingJobProps, 'an xgboost job has a master'],
    accepted: [{ image, xgboost: { master: 1 } }],
  },
  'TJ-18': {
    refused: [{ image, paddle: { worker: 2, elastic: Elastic.between(1, 2, { backend: 'etcd' }) } }, 'elastic has no backend'],
    accepted: [{ image, paddle: { worker: 2, elastic: Elastic.between(1, 2, { maxRestarts: 3 }) } }],
  },
  'TJ-19': {
    refused: [{ image, jax: {} } as unknown as TrainingJobProps, 'a jax job has workers'],
    accepted: [{ image, jax: { worker: 1 } }],
  },
  'TJ-20': {
    refused: [{ image, mpi: { worker: 1 } } as unknown as TrainingJobProps, 'an mpi job has a launcher'],
    accepted: [{ image, mpi: { launcher: 1 } }],
  },

  'TJ-3': {
    refused: [jaxPod({ containers: [{ name: 'jax' }] }), 'worker has no image in jax'],
    accepted: [
      jaxPod({
        containers: [
          { name: 'jax', image },
          { name: 'side', image },
        ],
      }),
    ],
  },
  'TJ-4': {
    refused: [jaxPod({ containers: [{ name: 'main', image }] }), 'worker needs a container called jax, not only main'],
    accepted: [
      jaxPod({
        containers: [
          { name: 'main', image },
          { name: 'jax', image },
        ],
      }),
    ],
  },
  'TJ-9': {
    refused: [
      { image, pytorch: { worker: 2, elastic }, overrides: { elasticPolicy: { nProcPerNode: 2 } } },
      'elasticPolicy.nProcPerNode is deprecated and refused beside nprocPerNode',
    ],
    accepted: [{ image, pytorch: { worker: 2, elastic, processesPerNode: 2 } }],
  },
  'TJ-10': {
    refused: [
      { image, pytorch: { worker: 2, elastic }, overrides: { elasticPolicy: { rdzvConf: [] } } },
      'elasticPolicy.rdzvConf is empty, on which the operator fails',
    ],
    accepted: [{ image, pytorch: { worker: 2, elastic: Elastic.between(1, 2, { config: {} }) } }],
  },
  'TJ-22': {
    refused: [
      { image, jax: { worker: 1 }, overrides: { runPolicy: { managedBy: 'example.com/me' } } },
      'managedBy is "example.com/me", must be kubeflow.org/training-operator or',
    ],
    accepted: [{ image, jax: { worker: 1 }, runPolicy: { managedBy: 'kueue.x-k8s.io/multikueue' } }],
  },
  'TJ-24': {
    refused: [
      jaxPod({ restartPolicy: 'Always' }),
      'worker has the restart policy Always in its pods, which the operator overwrites',
    ],
    accepted: [{ image, jax: { worker: { replicas: 1, restartPolicy: 'Always' } } }],
  },
  'TJ-27': {
    refused: [
      jaxPorts({ name: 'metrics', containerPort: 6666 }),
      'worker uses port 6666 as metrics, at which the operator adds jaxjob-port',
    ],
    accepted: [jaxPorts({ name: 'jaxjob-port', containerPort: 6666 })],
  },
  'Q-5': {
    refused: [{ image, jax: { worker: 1 }, queue: 'Team A' }, 'the queue "Team A" is not a DNS name'],
    accepted: [{ image, jax: { worker: 1 }, queue: 'team.a' }],
  },
  'Q-5-time': {
    refused: [
      { image, jax: { worker: 1 }, queue: Queue.of('a', { maxExecutionTime: Duration.seconds(0) }) },
      'maxExecutionTime is 0 seconds, must be at least 1',
    ],
    accepted: [{ image, jax: { worker: 1 }, queue: Queue.of('a', { maxExecutionTime: Duration.seconds(1) }) }],
  },
  'Q-9': {
    refused: [{ image, mpi: { launcher: 1 }, queue: 'team-a' }, "Kueue does not know the Training Operator's MPIJobs"],
    accepted: [{ runtime: Runtime.shipped('deepspeed-distributed'), queue: 'team-a' }],
  },
};

const TRAIN_JOBS: Readonly<Record<string, Sides>> = {
  'TR-1': { refused: [{ runtime: torch }, 'the name "1job" is not a DNS label', '1job'], accepted: [{ runtime: torch }, 'job1'] },
  'TR-1-length': {
    refused: [{ runtime: tune }, 'with the pods of dataset-initializer it has at most 33', 'a'.repeat(34)],
    accepted: [{ runtime: tune }, 'a'.repeat(33)],
  },
  'TR-3': {
    refused: [
      { runtime: torch, initializer: { model: { uri: 'hf://a/b' } } },
      'the runtime torch-distributed has no model-initializer',
    ],
    accepted: [{ runtime: tune, initializer: { model: { uri: 'hf://a/b' } } }],
  },
  'TR-4': {
    refused: [{ runtime: torch, patches: { platform: {} } }, 'patches are named "platform"'],
    accepted: [{ runtime: torch, patches: { 'example.com/platform': {} } }],
  },
  'TR-5': {
    refused: [
      { runtime: torch, patches: { 'a.io/b': { template: { spec: { replicatedJobs: [{ name: 'launcher' }] } } } } },
      'patches name the job launcher',
    ],
    accepted: [{ runtime: torch, patches: { 'a.io/b': { template: { spec: { replicatedJobs: [{ name: 'node' }] } } } } }],
  },
  'TR-8': {
    refused: [{ runtime: torch, env: { PET_NNODES: '2' } }, 'env sets PET_NNODES'],
    accepted: [{ runtime: torch, env: { NNODES: '2' } }],
  },
  'TR-11': {
    refused: [{ runtime: tune, nodes: 2 }, 'torchtune-llama3.2-1b tunes on one node, not on 2'],
    accepted: [{ runtime: tune, nodes: 1 }],
  },
  'TR-16': {
    refused: [
      { runtime: Runtime.shipped('jax-distributed'), processesPerNode: 2 },
      'processesPerNode is ignored by the jax policy',
    ],
    accepted: [{ runtime: torch, processesPerNode: 2 }],
  },
  'TR-19': {
    refused: [
      { runtime: tune, nodes: 2 },
      '2 nodes cannot mount the claim initializer of torchtune-llama3.2-1b, which only one node can at a time',
    ],
    accepted: [{ runtime: torch, nodes: 2 }],
  },
  'TR-nodes': {
    refused: [{ runtime: torch, nodes: 0 }, 'nodes is 0, must be a whole number'],
    accepted: [{ runtime: torch, nodes: 1 }],
  },
  'TR-2': {
    refused: [{ runtime: elsewhere }, 'the runtime own is for jobs in elsewhere, not in team'],
    accepted: [{ runtime: Runtime.existing('own', 'TrainingRuntime') }],
  },
  'TR-6': {
    refused: [
      patched({ containers: [{ name: 'node', env: [{ name: 'A', value: 'b' }] }] }),
      'patches set variables of the container node; give them as env',
    ],
    accepted: [patched({ containers: [{ name: 'node', securityContext: { runAsUser: 1 } }] })],
  },
  'TR-9': {
    refused: [
      { runtime: Runtime.shipped('xgboost-distributed'), env: { DMLC_TASK_ID: '1', DMLC_NUM_WORKER: '2' } },
      'env sets DMLC_TASK_ID, DMLC_NUM_WORKER, which the xgboost policy sets itself; leave them out',
    ],
    accepted: [{ runtime: torch, env: { DMLC_TASK_ID: '1' } }],
  },
  'TR-10': {
    refused: [{ runtime: torch, overrides: { trainer: null } }, 'trainer is taken away, without which no environment is set'],
    accepted: [{ runtime: torch }],
  },
  'TR-12': {
    refused: [{ runtime: lonely, nodes: 2 }, 'need the jobs launcher and node; lonely has no launcher'],
    accepted: [{ runtime: lonely, nodes: 1 }],
  },
  'TR-14': {
    refused: [volcano(''), 'a patch leaves the annotation scheduling.volcano.sh/queue-name empty'],
    accepted: [volcano('nightly')],
  },
  'TR-17': {
    refused: [
      { runtime: plain, resources: { gpu: Gpu.nvidia(1) } },
      'resources are not counted for plain, which has no mlPolicy',
    ],
    accepted: [{ runtime: torch, resources: { gpu: Gpu.nvidia(1) } }],
  },
  'JS-10': {
    refused: [
      { runtime: tune, mounts: { '/data': Mount.claim('initializer') } },
      'the volume initializer is called like the claim that each job makes',
    ],
    accepted: [{ runtime: torch, mounts: { '/data': Mount.claim('initializer') } }],
  },
  'Q-5': {
    refused: [{ runtime: torch, queue: '' }, 'the queue "" is not a DNS name'],
    accepted: [{ runtime: torch, queue: 'team-a' }],
  },
  'Q-5-time': {
    refused: [
      { runtime: torch, queue: Queue.of('a', { maxExecutionTime: Duration.seconds(0) }) },
      'maxExecutionTime is 0 seconds, must be at least 1',
    ],
    accepted: [{ runtime: torch, queue: Queue.of('a', { maxExecutionTime: Duration.minutes(1) }) }],
  },
};

describe.each([
  ['training jobs', trainingJobRules, TRAINING_JOBS],
  ['TrainJobs', trainJobRules, TRAIN_JOBS],
] as const)('rules of %s', (_title, rules, sides) => {
  test('are all tested', () => {
    expect(Object.keys(sides).sort()).toEqual(idsOf(rules, 'error').sort());
  });

  test.each(Object.entries(sides))('%s', (id, { refused: [props, words, name], accepted: [good, goodName] }) => {
    const message = refusal(props, name);
    expect(message).toContain(words);
    expect(message).toContain(`(${id})`);
    yaml(good, goodName);
  });
});

function idsOf(rules: readonly Pick<Rule<never>, 'id' | 'level'>[], level: string): string[] {
  return rules.filter((rule) => rule.level === level).map(({ id }) => id);
}

test('rules are told together', () => {
  const message = refusal({ image, pytorch: { master: 1, worker: 0, processesPerNode: 0 } }, '1job');
  expect(message.match(/\(TJ-/g)).toHaveLength(3);
});

const deprecated = Runtime.of(new ClusterTrainingRuntime(teamChart(), 'old', { image, deprecated: true }));

/** What is told of, with which words, until it is acknowledged. */
const WARNINGS: Readonly<Record<string, [TrainingJobProps, string]>> = {
  'Q-8': [{ image, pytorch: { master: 1, worker: 2 }, queue: 'team-a' }, 'master and worker in a queue ask for no resources'],
  'TJ-12-master': [{ image, pytorch: { master: 1, worker: 2, elastic } }, 'takes no part in the rendezvous of the workers'],
  'TJ-16': [
    { image, tensorflow: { worker: 1 }, overrides: { successPolicy: 'Any' } },
    'successPolicy is "Any", which the operator does not know',
  ],
  'TJ-25': [
    { image, jax: { worker: 1 }, overrides: { jaxReplicaSpecs: { Worker: { restartPolicy: 'Sometimes' } } } },
    'worker has the restart policy Sometimes',
  ],
  'TJ-25-pods': [
    { image, jax: { worker: 1 }, overrides: { runPolicy: { cleanPodPolicy: 'Some' } } },
    'cleanPodPolicy is Some, with which all pods stay',
  ],
  'TR-18': [{ runtime: deprecated }, 'the runtime old is deprecated and will be removed'],
};

describe('warnings', () => {
  test('are all tested', () => {
    const ids = [...idsOf(trainingJobRules, 'warning'), ...idsOf(trainJobRules, 'warning')];
    expect(new Set([...Object.keys(WARNINGS), 'TJ-26'])).toEqual(new Set(ids));
  });

  test.each(Object.entries(WARNINGS))('%s is told until it is acknowledged', (id, [props, words]) => {
    expect(jobNotes(props)).toContain(`${words}`);
    expect(jobNotes(props)).toContain(`(${id})`);
    expect(jobNotes({ ...props, acknowledge: [id] } as TrainingJobProps)).not.toContain(`(${id})`);
  });

  test('Q-8 is not told of pods that ask for something, in the job or in its runtime', () => {
    const gpu = { resources: { gpu: Gpu.nvidia(1) }, queue: 'team-a' };
    expect(jobNotes({ image, jax: { worker: 2 }, ...gpu })).not.toContain('Q-8');
    expect(jobNotes({ image, jax: { worker: 2 } })).not.toContain('Q-8');
    expect(jobNotes({ runtime: torch, queue: 'team-a' })).toContain('nodes in a queue ask for no resources');
    expect(jobNotes({ runtime: torch, ...gpu })).not.toContain('Q-8');
    expect(jobNotes({ runtime: tune, queue: 'team-a' })).not.toContain('Q-8');
  });

  test('only warnings are acknowledged', () => {
    expect(refusal({ image, jax: { worker: 1 }, acknowledge: ['TJ-13'] })).toContain(
      'acknowledge names TJ-13, which is no warning here',
    );
  });

  /** What is said of a job that wants its pods together, beside an operator that is declared after it. */
  function gang(operator: ConstructorParameters<typeof TrainingOperator>[2], acknowledge: string[] = []): string {
    const team = teamChart();
    new TrainingJob(team, 'job', { image, jax: { worker: 2 }, runPolicy: { gang: { priorityClass: 'night' } }, acknowledge });
    new TrainingOperator(new Chart(team.node.root, 'platform', { namespace: 'kubeflow' }), 'training-operator', operator);
    return notes(assembled(team)).join('\n');
  }

  test('TJ-26 is told when the operator starts no pods together, and when nothing provides the priority class', () => {
    expect(gang({})).toContain(
      'team/job: its pods are to start together, but platform/training-operator has no gang scheduler, so they start one by one; give it one (gangScheduler), or leave runPolicy.gang out (TJ-26)',
    );
    expect(gang({ gangScheduler: 'volcano' })).not.toContain('TJ-26');
    expect(gang({}, ['TJ-26'])).not.toContain('TJ-26');
    expect(gang({})).toContain('spec.runPolicy.schedulingPolicy.priorityClass names PriorityClass night, which nothing');
  });
});

describe('torchtune, whose model the trainer reads from the name of the runtime (TR-11)', () => {
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

describe('patches of a runtime (TR-5, TR-6)', () => {
  test('name containers and init containers that it has', () => {
    expect(refusal(patched({ containers: [{ name: 'main' }] }))).toContain(
      'patches name the container main of job node, which it does not have; it has node (TR-5)',
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

/** Rules that nothing can break, and where that comes from; a test of this name shows it. */
const BY_CONSTRUCTION: Readonly<Record<string, string>> = {
  'TJ-21': 'fields of another MPIJob are unknown to the schema',
  'TJ-23': 'a change in the cluster, which Pulumi makes by replacing the job',
  'TJ-28': 'a change in the cluster, which Pulumi makes by replacing the job',
  'TR-7': 'a change in the cluster, which Pulumi makes by replacing the job where the trainer allows none',
  'TR-20': 'labels of pods and labels of the job are two options',
};

/** The rules of the tables of the facts that are errors. */
const TABLES = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 22, 23, 24, 27, 28].map((number) => `TJ-${number}`),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20].map((number) => `TR-${number}`),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `JS-${number}`),
  'Q-5',
  'Q-9',
];

describe('rules without a check', () => {
  const ruled = [...trainingJobRules, ...trainJobRules, ...trainingRuntimeRules].map(({ id }) => id);

  test('every rule of the tables has one, or needs none', () => {
    expect(TABLES.filter((id) => !ruled.includes(id) && !(id in BY_CONSTRUCTION))).toEqual([]);
    expect(Object.keys(BY_CONSTRUCTION).filter((id) => ruled.includes(id))).toEqual([]);
  });

  test('TJ-21: fields of the MPI operator are unknown', () => {
    const props: TrainingJobProps = { image, mpi: { launcher: 1 }, overrides: { sshAuthMountPath: '/ssh' } };
    expect(errors(assembled(new TrainingJob(teamChart(), 'job', props)))).toEqual([
      expect.stringContaining('unknown field "sshAuthMountPath"'),
    ]);
  });

  test('TJ-23, TJ-28, TR-7: Pulumi replaces what cannot be changed', () => {
    const fields = (apiVersion: string, kind: string) =>
      immutableFields({ apiVersion, kind, metadata: { name: 'job' } } as Manifest);
    for (const kind of ['PyTorchJob', 'TFJob', 'XGBoostJob', 'MPIJob', 'PaddleJob', 'JAXJob'])
      expect(fields('kubeflow.org/v1', kind)).toEqual(['spec']);
    expect(fields('trainer.kubeflow.org/v1alpha1', 'TrainJob')).toEqual(
      expect.arrayContaining(['spec.runtimeRef', 'spec.initializer', 'spec.trainer', 'spec.managedBy']),
    );
  });

  test('TR-20: labels of a TrainJob are its own, those of its pods are a patch', () => {
    const text = yaml({ runtime: torch, jobLabels: { owner: 'research' }, labels: { cost: 'research' } });
    expect(text.indexOf('owner: research')).toBeLessThan(text.indexOf('spec:'));
    expect(text.indexOf('cost: research')).toBeGreaterThan(text.indexOf('runtimePatches:'));
  });
});
