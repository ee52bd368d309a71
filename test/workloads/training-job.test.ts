import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  Elastic,
  EnvFrom,
  Gpu,
  Mount,
  Runtime,
  TrainingJob,
  type TrainingJobProps,
  toYaml,
  trainingJobRules,
  trainJobRules,
} from '../../lib';
import { assembled, errors, notes, teamChart, thrown } from '../support/app';

const image = 'ghcr.io/my-org/train:1.4';

/** The YAML of a job, which has to be what its schema says. */
function yaml(props: TrainingJobProps, name = 'job'): string {
  const job = new TrainingJob(teamChart(), name, props);
  const assembly = assembled(job);
  expect(errors(assembly)).toEqual([]);
  return toYaml(assembly.model.manifests[0]);
}

function refusal(props: TrainingJobProps, name = 'job'): string {
  return thrown(() => new TrainingJob(teamChart(), name, props)).message;
}

describe('TrainingJob', () => {
  test.each<[string, TrainingJobProps]>([
    ['pytorch', { image, pytorch: { master: 1, worker: 3 }, resources: { gpu: Gpu.nvidia(1) } }],
    [
      'pytorch, elastic',
      {
        image,
        pytorch: { worker: 2, processesPerNode: 4, elastic: Elastic.between(1, 4, { maxRestarts: 10, backend: 'c10d' }) },
      },
    ],
    [
      'tensorflow',
      {
        image,
        tensorflow: {
          chief: 1,
          parameterServer: 2,
          worker: { replicas: 4, restartPolicy: 'ExitCode' },
          evaluator: 1,
          successPolicy: 'AllWorkers',
        },
      },
    ],
    ['xgboost', { image, xgboost: { master: 1, worker: 2 } }],
    [
      'mpi',
      {
        image,
        mpi: { launcher: { replicas: 1, command: ['mpirun', 'train'] }, worker: 2, slotsPerWorker: 2 },
        resources: { cpu: Cpu.units(4), memory: Size.gibibytes(16) },
      },
    ],
    ['paddle', { image, paddle: { worker: 2, elastic: Elastic.between(1, 4) } }],
    ['jax', { image, jax: { worker: 2 } }],
    [
      'everything that a pod can be told',
      {
        image,
        jax: { worker: 1 },
        command: ['python', 'train.py'],
        args: ['--epochs=10'],
        env: {
          STAGE: 'test',
          TOKEN: EnvFrom.secret('hub', 'token'),
          NODE: EnvFrom.field('spec.nodeName'),
          SIZE: EnvFrom.configMap('sizes', 'small'),
        },
        mounts: {
          '/data': Mount.claim('datasets', { readOnly: true }),
          '/dev/shm': Mount.memory('shm', Size.gibibytes(8)),
          '/keys': Mount.secret('keys'),
          '/conf': Mount.configMap('conf'),
          '/tmp': Mount.empty('tmp', Size.gibibytes(1)),
        },
        labels: { stage: 'test' },
        annotations: { note: 'x' },
        nodeSelector: { pool: 'gpu' },
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
        serviceAccount: 'trainer',
        imagePullSecrets: ['registry'],
        imagePullPolicy: 'IfNotPresent',
        priorityClass: 'batch',
        scheduler: 'volcano',
        workingDir: '/work',
        queue: 'team-a',
        runPolicy: {
          cleanPodPolicy: 'Running',
          ttlAfterFinished: Duration.hours(1),
          activeDeadline: Duration.days(1),
          backoffLimit: 3,
          suspend: true,
          gang: { minAvailable: 1, queue: 'q' },
        },
        podOverrides: { spec: { dnsPolicy: 'Default' } },
        overrides: { runPolicy: { backoffLimit: 5 } },
      },
    ],
  ])('%s', (_title, props) => {
    expect(yaml(props)).toMatchSnapshot();
  });

  test('lets a replica type differ from the others', () => {
    const text = yaml({ image, pytorch: { master: { replicas: 1, resources: { gpu: Gpu.nvidia(8) } }, worker: 2 } });
    expect(text.match(/nvidia.com\/gpu/g)).toHaveLength(1);
  });

  test('leaves out an empty rendezvous configuration, on which the operator fails (TJ-10)', () => {
    expect(yaml({ image, pytorch: { worker: 2, elastic: Elastic.between(1, 2, { config: {} }) } })).not.toContain('rdzvConf');
    expect(yaml({ image, pytorch: { worker: 2, elastic: Elastic.between(1, 2, { config: { timeout: '900' } }) } })).toContain(
      'rdzvConf',
    );
  });

  test('checks what overrides write', () => {
    const job = new TrainingJob(teamChart(), 'job', { image, jax: { worker: 1 }, overrides: { runPolicy: { backofLimit: 5 } } });
    expect(errors(assembled(job))).toEqual([
      expect.stringContaining('unknown field "backofLimit"; did you mean "backoffLimit"?'),
    ]);
  });

  test('names what takes the place of a removed kind', () => {
    expect(refusal({ image, mxnet: { worker: 1 } } as unknown as TrainingJobProps)).toBe(
      'team/job: MXJob was removed from the Training Operator; train with pytorch, tensorflow or jax',
    );
  });

  test('has exactly one framework', () => {
    const both = { image, pytorch: { worker: 1 }, jax: { worker: 1 } } as unknown as TrainingJobProps;
    expect(refusal(both)).toBe(
      'team/job: a training job has a runtime, or one of pytorch, tensorflow, xgboost, mpi, paddle, jax, not pytorch and jax',
    );
    expect(refusal({ image } as unknown as TrainingJobProps)).toBe(
      'team/job: a training job has a runtime, or one of pytorch, tensorflow, xgboost, mpi, paddle, jax',
    );
  });
});

/** Both sides of every rule: what is refused with which words, and what stands next to it and is accepted. */
const SIDES: Record<string, { refused: [TrainingJobProps, string, name?: string]; accepted: [TrainingJobProps, name?: string] }> =
  {
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
  };

describe('rules of training jobs', () => {
  test('are all tested', () => {
    expect(Object.keys(SIDES)).toEqual(trainingJobRules.filter(({ level }) => level === 'error').map(({ id }) => id));
  });

  test.each(Object.entries(SIDES))('%s', (id, { refused: [props, words, name], accepted: [good, goodName] }) => {
    const message = refusal(props, name);
    expect(message).toContain(words);
    expect(message).toContain(`(${id})`);
    yaml(good, goodName);
  });

  test('TJ-12-master warns until it is acknowledged, and only then may be', () => {
    const props: TrainingJobProps = { image, pytorch: { master: 1, worker: 2, elastic: Elastic.between(1, 2) } };
    const told = (more: Partial<TrainingJobProps>) =>
      notes(assembled(new TrainingJob(teamChart(), 'job', { ...props, ...more } as TrainingJobProps))).join();
    expect(told({})).toContain('takes no part in the rendezvous of the workers');
    expect(told({ acknowledge: ['TJ-12-master'] })).not.toContain('rendezvous');
    expect(refusal({ ...props, acknowledge: ['TJ-13'] })).toContain('acknowledge names TJ-13, which is no warning here');
  });

  test('are told together', () => {
    const message = refusal({ image, pytorch: { master: 1, worker: 0, processesPerNode: 0 } }, '1job');
    expect(message.match(/\(TJ-/g)).toHaveLength(3);
  });
});

const torch = Runtime.shipped('torch-distributed');
const tune = Runtime.shipped('torchtune-llama3.2-1b');

describe('TrainingJob with a runtime', () => {
  test.each<[string, TrainingJobProps]>([
    ['the simplest', { runtime: torch }],
    ['of the cluster', { runtime: Runtime.existing('corporate', 'TrainingRuntime'), nodes: 2 }],
    [
      'everything',
      {
        runtime: torch,
        nodes: 4,
        processesPerNode: 8,
        image,
        command: ['torchrun'],
        args: ['train.py'],
        env: { STAGE: 'test', TOKEN: EnvFrom.secret('hub', 'token') },
        resources: { gpu: Gpu.nvidia(8) },
        activeDeadline: Duration.hours(2),
        suspend: true,
        managedBy: 'kueue.x-k8s.io/multikueue',
        queue: 'team-a',
        jobLabels: { stage: 'test' },
        patches: { 'example.com/platform': { template: { spec: { replicatedJobs: [{ name: 'node' }] } } } },
        overrides: { activeDeadlineSeconds: 60 },
      },
    ],
    [
      'initializers',
      {
        runtime: tune,
        initializer: { dataset: { uri: 'hf://owner/data' }, model: { uri: 's3://bucket/model', credentials: 's3' } },
      },
    ],
  ])('%s', (_title, props) => {
    expect(yaml(props)).toMatchSnapshot();
  });
});

const TRAIN_JOB_SIDES: typeof SIDES = {
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
  'TR-11': { refused: [{ runtime: tune, nodes: 2 }, 'tunes on one node, not on 2'], accepted: [{ runtime: tune, nodes: 1 }] },
  'TR-16': {
    refused: [
      { runtime: Runtime.shipped('jax-distributed'), processesPerNode: 2 },
      'processesPerNode is ignored by the jax policy',
    ],
    accepted: [{ runtime: torch, processesPerNode: 2 }],
  },
  'TR-19': {
    refused: [{ runtime: tune, nodes: 2 }, '2 nodes cannot mount the claim of torchtune-llama3.2-1b'],
    accepted: [{ runtime: torch, nodes: 2 }],
  },
  'TR-nodes': {
    refused: [{ runtime: torch, nodes: 0 }, 'nodes is 0, must be a whole number'],
    accepted: [{ runtime: torch, nodes: 1 }],
  },
};

describe('rules of TrainJobs', () => {
  test('are all tested', () => {
    expect(Object.keys(TRAIN_JOB_SIDES)).toEqual(trainJobRules.map(({ id }) => id));
  });

  test.each(Object.entries(TRAIN_JOB_SIDES))('%s', (id, { refused: [props, words, name], accepted: [good, goodName] }) => {
    const message = refusal(props, name);
    expect(message).toContain(words);
    expect(message).toContain(`(${id})`);
    yaml(good, goodName);
  });
});

describe('any job that is not refused', () => {
  const replicas = fc.integer({ min: 0, max: 12 });
  const jobs = fc.oneof(
    fc.record({ master: fc.constant(1 as const), worker: replicas }, { requiredKeys: [] }).map((pytorch) => ({ pytorch })),
    fc
      .record(
        { chief: replicas, master: replicas, worker: replicas, parameterServer: replicas, evaluator: replicas },
        { requiredKeys: [] },
      )
      .map((tensorflow) => ({ tensorflow })),
    fc
      .record({ master: fc.constant(1 as const), worker: replicas }, { requiredKeys: ['master'] })
      .map((xgboost) => ({ xgboost })),
    fc
      .record(
        { launcher: fc.constant(1 as const), worker: replicas, slotsPerWorker: fc.integer({ min: 1, max: 8 }) },
        { requiredKeys: ['launcher'] },
      )
      .map((mpi) => ({ mpi })),
    fc.record({ master: replicas, worker: replicas }, { requiredKeys: [] }).map((paddle) => ({ paddle })),
    fc.record({ worker: replicas }).map((jax) => ({ jax })),
  );

  test('is what its schema says', () => {
    let accepted = 0;
    fc.assert(
      fc.property(jobs, fc.stringMatching(/^[a-z][a-z0-9-]{0,40}[a-z0-9]$/), (framework, name) => {
        let job: TrainingJob;
        try {
          job = new TrainingJob(teamChart(), name, { image, ...framework } as TrainingJobProps);
        } catch (error) {
          expect((error as Error).name).toBe('ConstructError');
          return;
        }
        accepted++;
        expect(errors(assembled(job))).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(30);
  });
});
