import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Elastic, EnvFrom, EnvSource, Gpu, Mount, Queue, TrainingJob, type TrainingJobProps } from '../../../lib';
import { assembled, errors, teamChart } from '../../support/app';
import { IMAGE as image, jobRefusal as refusal, jobYaml as yaml } from '../../support/training';

describe('TrainingJob', () => {
  test.each<[string, TrainingJobProps]>([
    ['pytorch', { image, pytorch: { master: 1, worker: 3 }, resources: { gpu: Gpu.nvidia(1) } }],
    [
      'pytorch, elastic',
      {
        image,
        pytorch: {
          worker: 2,
          processesPerNode: 4,
          elastic: Elastic.between(1, 4, { maxRestarts: 10, backend: 'c10d', standalone: true }),
        },
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
          gang: { minAvailable: 1, minResources: { cpu: Cpu.units(8), gpu: Gpu.nvidia(2) }, queue: 'q' },
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

  test('asks for less than it may take, or for one of both', () => {
    const resources = { cpu: { request: Cpu.units(2), limit: Cpu.units(8) }, memory: { request: Size.gibibytes(4) } };
    const text = yaml({ image, jax: { worker: 1 }, resources });
    expect(text).toContain(
      'requests:\n                cpu: "2"\n                memory: 4Gi\n              limits:\n                cpu: "8"\n',
    );
    const wrong = { cpu: { request: Cpu.units(2), limit: Cpu.millis(500) } };
    expect(refusal({ image, jax: { worker: 1 }, resources: wrong })).toBe(
      'team/job: the request of cpu, 2, is at most its limit, 500m',
    );
  });

  test('takes whole Secrets and ConfigMaps as variables', () => {
    const envFrom = [EnvSource.secret('hub', { prefix: 'HUB_' }), EnvSource.configMap('sizes', { optional: true })];
    expect(
      parse(yaml({ image, jax: { worker: 1 }, envFrom })).spec.jaxReplicaSpecs.Worker.template.spec.containers[0].envFrom,
    ).toEqual([{ prefix: 'HUB_', secretRef: { name: 'hub' } }, { configMapRef: { name: 'sizes', optional: true } }]);
  });

  test('waits in a queue with a priority, a limit of time and a topology', () => {
    const queue = Queue.of('gpus', {
      priorityClass: 'nightly',
      maxExecutionTime: Duration.hours(2),
      topology: { required: 'cloud.provider.com/topology-block' },
    });
    const { metadata, spec } = parse(yaml({ image, jax: { worker: 2 }, queue, annotations: { note: 'x' } }));
    expect(metadata.labels).toEqual({
      'kueue.x-k8s.io/queue-name': 'gpus',
      'kueue.x-k8s.io/priority-class': 'nightly',
      'kueue.x-k8s.io/max-exec-time-seconds': '7200',
    });
    expect(spec.jaxReplicaSpecs.Worker.template.metadata.annotations).toEqual({
      note: 'x',
      'kueue.x-k8s.io/podset-required-topology': 'cloud.provider.com/topology-block',
    });
    expect(yaml({ image, jax: { worker: 2 }, queue: Queue.of('gpus', { topology: 'unconstrained' }) })).toContain(
      'kueue.x-k8s.io/podset-unconstrained-topology: "true"',
    );
  });

  test('leaves out an empty rendezvous configuration, on which the operator fails (training-operator/empty-rendezvous-config)', () => {
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
