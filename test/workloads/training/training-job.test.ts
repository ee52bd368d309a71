import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Elastic, EnvFrom, EnvSource, Gpu, Mount, Queue, TrainingJob, type TrainingJobProps } from '../../../lib';
import { assembled, errors, teamChart } from '../../support/app';
import { IMAGE as image, jobRefusal as refusal, jobYaml as yaml } from '../../support/training';
import { written } from '../../support/written';

describe('TrainingJob', () => {
  test.each<[string, TrainingJobProps, object]>([
    [
      'pytorch',
      { image, pytorch: { master: 1, worker: 3 }, resources: { gpu: Gpu.nvidia(1) } },
      {
        kind: 'PyTorchJob',
        spec: {
          pytorchReplicaSpecs: {
            Master: {
              replicas: 1,
              template: { spec: { containers: [{ name: 'pytorch', image, resources: { limits: { 'nvidia.com/gpu': 1 } } }] } },
            },
            Worker: {
              replicas: 3,
              template: { spec: { containers: [{ name: 'pytorch', image, resources: { limits: { 'nvidia.com/gpu': 1 } } }] } },
            },
          },
        },
      },
    ],
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
      {
        kind: 'PyTorchJob',
        spec: {
          nprocPerNode: '4',
          elasticPolicy: { minReplicas: 1, maxReplicas: 4, maxRestarts: 10, rdzvBackend: 'c10d', standalone: true },
          pytorchReplicaSpecs: { Worker: { replicas: 2, template: { spec: { containers: [{ name: 'pytorch', image }] } } } },
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
      {
        kind: 'TFJob',
        spec: {
          successPolicy: 'AllWorkers',
          tfReplicaSpecs: {
            Chief: { replicas: 1, template: { spec: { containers: [{ name: 'tensorflow', image }] } } },
            Worker: {
              replicas: 4,
              restartPolicy: 'ExitCode',
              template: { spec: { containers: [{ name: 'tensorflow', image }] } },
            },
            PS: { replicas: 2, template: { spec: { containers: [{ name: 'tensorflow', image }] } } },
            Evaluator: { replicas: 1, template: { spec: { containers: [{ name: 'tensorflow', image }] } } },
          },
        },
      },
    ],
    [
      'xgboost',
      { image, xgboost: { master: 1, worker: 2 } },
      {
        kind: 'XGBoostJob',
        spec: {
          xgbReplicaSpecs: {
            Master: { replicas: 1, template: { spec: { containers: [{ name: 'xgboost', image }] } } },
            Worker: { replicas: 2, template: { spec: { containers: [{ name: 'xgboost', image }] } } },
          },
        },
      },
    ],
    [
      'mpi',
      {
        image,
        mpi: { launcher: { replicas: 1, command: ['mpirun', 'train'] }, worker: 2, slotsPerWorker: 2 },
        resources: { cpu: Cpu.units(4), memory: Size.gibibytes(16) },
      },
      {
        kind: 'MPIJob',
        spec: {
          slotsPerWorker: 2,
          mpiReplicaSpecs: {
            Launcher: {
              replicas: 1,
              template: {
                spec: {
                  containers: [
                    {
                      name: 'mpi',
                      image,
                      command: ['mpirun', 'train'],
                      resources: { requests: { cpu: '4', memory: '16Gi' }, limits: { cpu: '4', memory: '16Gi' } },
                    },
                  ],
                },
              },
            },
            Worker: {
              replicas: 2,
              template: {
                spec: {
                  containers: [
                    {
                      name: 'mpi',
                      image,
                      resources: { requests: { cpu: '4', memory: '16Gi' }, limits: { cpu: '4', memory: '16Gi' } },
                    },
                  ],
                },
              },
            },
          },
        },
      },
    ],
    [
      'paddle',
      { image, paddle: { worker: 2, elastic: Elastic.between(1, 4) } },
      {
        kind: 'PaddleJob',
        spec: {
          elasticPolicy: { minReplicas: 1, maxReplicas: 4 },
          paddleReplicaSpecs: { Worker: { replicas: 2, template: { spec: { containers: [{ name: 'paddle', image }] } } } },
        },
      },
    ],
    [
      'jax',
      { image, jax: { worker: 2 } },
      {
        kind: 'JAXJob',
        spec: { jaxReplicaSpecs: { Worker: { replicas: 2, template: { spec: { containers: [{ name: 'jax', image }] } } } } },
      },
    ],
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
        podLabels: { stage: 'test' },
        podAnnotations: { note: 'x' },
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
      {
        kind: 'JAXJob',
        labels: { 'kueue.x-k8s.io/queue-name': 'team-a' },
        spec: {
          runPolicy: {
            cleanPodPolicy: 'Running',
            backoffLimit: 5,
            suspend: true,
            ttlSecondsAfterFinished: 3600,
            activeDeadlineSeconds: 86400,
            schedulingPolicy: { minAvailable: 1, minResources: { cpu: '8', 'nvidia.com/gpu': 2 }, queue: 'q' },
          },
          jaxReplicaSpecs: {
            Worker: {
              replicas: 1,
              template: {
                metadata: { labels: { stage: 'test' }, annotations: { note: 'x' } },
                spec: {
                  serviceAccountName: 'trainer',
                  imagePullSecrets: [{ name: 'registry' }],
                  nodeSelector: { pool: 'gpu' },
                  tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
                  priorityClassName: 'batch',
                  schedulerName: 'volcano',
                  containers: [
                    {
                      name: 'jax',
                      image,
                      imagePullPolicy: 'IfNotPresent',
                      command: ['python', 'train.py'],
                      args: ['--epochs=10'],
                      workingDir: '/work',
                      env: [
                        { name: 'STAGE', value: 'test' },
                        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
                        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
                        { name: 'SIZE', valueFrom: { configMapKeyRef: { name: 'sizes', key: 'small' } } },
                      ],
                      volumeMounts: [
                        { name: 'datasets', mountPath: '/data', readOnly: true },
                        { name: 'shm', mountPath: '/dev/shm' },
                        { name: 'keys', mountPath: '/keys', readOnly: true },
                        { name: 'conf', mountPath: '/conf', readOnly: true },
                        { name: 'tmp', mountPath: '/tmp' },
                      ],
                    },
                  ],
                  volumes: [
                    { name: 'datasets', persistentVolumeClaim: { claimName: 'datasets' } },
                    { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } },
                    { name: 'keys', secret: { secretName: 'keys' } },
                    { name: 'conf', configMap: { name: 'conf' } },
                    { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
                  ],
                  dnsPolicy: 'Default',
                },
              },
            },
          },
        },
      },
    ],
  ])('%s', (_title, props, told) => {
    expect(written(yaml(props))).toMatchObject(told);
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
      'team/job: the request of cpu, 2, is above its limit, 500m',
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
    const { metadata, spec } = parse(yaml({ image, jax: { worker: 2 }, queue, podAnnotations: { note: 'x' } }));
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
