import { Elastic, Gpu, type TrainingJobProps } from '../../../lib';
import { IMAGE as image, jobRefusal, jobYaml } from '../../support/training';

const elastic = Elastic.between(1, 2);
const gpu = { gpu: Gpu.nvidia(1) };

/** A variable, a job in which the operator overwrites it, and a job in which it does not. */
const OVERWRITTEN: readonly [variable: string, overwritten: TrainingJobProps, own: TrainingJobProps][] = [
  ['WORLD_SIZE', { image, pytorch: { master: 1 } }, { image, pytorch: { worker: 1 } }],
  ['PET_NODE_RANK', { image, pytorch: { master: 1, worker: 1 } }, { image, pytorch: { worker: 2, elastic } }],
  ['PET_RDZV_ENDPOINT', { image, pytorch: { worker: 2, elastic } }, { image, pytorch: { master: 1, worker: 2 } }],
  ['PET_NNODES', { image, pytorch: { worker: 1 } }, { image, jax: { worker: 1 } }],
  ['TF_CONFIG', { image, tensorflow: { worker: 2 } }, { image, tensorflow: { worker: 1 } }],
  ['MASTER_PORT', { image, xgboost: { master: 1 } }, { image, jax: { worker: 1 } }],
  ['WORKER_ADDRS', { image, xgboost: { master: 1, worker: 1 } }, { image, xgboost: { master: 1 } }],
  ['PADDLE_MASTER', { image, paddle: { worker: 2 } }, { image, xgboost: { master: 1 } }],
  ['PADDLE_SERVER_NUM', { image, paddle: { master: 1, worker: 2 } }, { image, paddle: { worker: 2 } }],
  ['PROCESS_ID', { image, jax: { worker: 1 } }, { image, pytorch: { worker: 1 } }],
  ['OMPI_MCA_plm_rsh_agent', { image, mpi: { launcher: 1, worker: 1 } }, { image, jax: { worker: 1 } }],
  [
    'NVIDIA_VISIBLE_DEVICES',
    { image, mpi: { launcher: 1, worker: { replicas: 1, resources: gpu } } },
    { image, mpi: { launcher: 1, worker: 1 }, resources: gpu },
  ],
];

describe('variables of the operator', () => {
  test.each(OVERWRITTEN)('%s is refused where it would be overwritten, and there alone', (variable, overwritten, own) => {
    const env = { [variable]: 'mine' };
    const message = jobRefusal({ ...overwritten, env } as TrainingJobProps);
    expect(message).toContain(`sets ${variable} in`);
    expect(message).toContain('(training-operator/overwritten-variable)');
    expect(jobYaml({ ...own, env } as TrainingJobProps)).toContain(`name: ${variable}`);
  });

  test('are set on the trainer alone by TensorFlow, and on every container by others', () => {
    const containers = (trainer: string, name: string) => ({
      podOverrides: {
        spec: {
          containers: [
            { name: trainer, image },
            { name: 'side', image, env: [{ name, value: 'mine' }] },
          ],
        },
      },
    });
    jobYaml({ image, tensorflow: { worker: 2 }, ...containers('tensorflow', 'TF_CONFIG') });
    expect(jobRefusal({ image, jax: { worker: 2 }, ...containers('jax', 'PROCESS_ID') })).toContain(
      'worker sets PROCESS_ID in side',
    );
  });

  test('are referred to by a command, and by variables of the job only when it sets them before', () => {
    const job = { image, pytorch: { master: 1 as const } };
    jobYaml({ ...job, command: ['train', '--master=$(MASTER_ADDR):$(MASTER_PORT)'] });
    expect(jobRefusal({ ...job, env: { ADDRESS: '$(MASTER_ADDR)' } })).toContain(
      'master refers to $(MASTER_ADDR) in pytorch, which the operator does not set before',
    );
    const alone = { image, pytorch: { worker: 1 } };
    jobYaml({ ...alone, env: { RANK: '0', NAME: 'rank-$(RANK)' } });
    expect(jobRefusal({ ...alone, env: { NAME: 'rank-$(RANK)', RANK: '0' } })).toContain('refers to $(RANK)');
  });

  test('may come from a whole Secret or ConfigMap, whose keys are not seen', () => {
    const overrides = {
      spec: { containers: [{ name: 'pytorch', image, args: ['$(RANK)'], envFrom: [{ secretRef: { name: 'x' } }] }] },
    };
    jobYaml({ image, pytorch: { worker: 1 }, podOverrides: overrides });
  });
});

describe('workers that are scaled', () => {
  const elasticOn = (metric: object) =>
    Elastic.between(1, 2, { metrics: [metric] as unknown as NonNullable<Elastic['options']['metrics']> });

  test('by an amount need no requests', () => {
    const metric = { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '2' } } };
    jobYaml({ image, paddle: { worker: 1, elastic: elasticOn(metric) } });
  });

  test('by the utilization of one container need its requests alone', () => {
    const target = { type: 'Utilization', averageUtilization: 50 };
    const metric = { type: 'ContainerResource', containerResource: { name: 'memory', container: 'paddle', target } };
    expect(jobRefusal({ image, paddle: { worker: 1, elastic: elasticOn(metric) } })).toContain(
      'workers are scaled by the utilization of memory, and paddle asks for none',
    );
    const other = { ...metric, containerResource: { ...metric.containerResource, container: 'side' } };
    const side = { name: 'side', image, resources: { requests: { memory: '1Gi' } } };
    jobYaml({
      image,
      paddle: { worker: 1, elastic: elasticOn(other) },
      podOverrides: { spec: { containers: [{ name: 'paddle', image }, side] } },
    });
  });
});
