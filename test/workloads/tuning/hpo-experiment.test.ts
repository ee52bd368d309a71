import { Duration } from 'cdk8s';
import {
  Algorithm,
  EarlyStopping,
  HpoExperiment,
  type HpoExperimentProps,
  MetricsCollector,
  Mount,
  Objective,
  Operation,
  Parameter,
  Runtime,
  type TrainingJobProps,
  Trial,
  TrialField,
  toYaml,
} from '../../../lib';
import { assembled, teamChart } from '../../support/app';
import { written } from '../../support/written';
import {
  conditions,
  darts,
  enas,
  experiment,
  image,
  least,
  nas,
  placeholder,
  rate,
  refusal,
  searching,
  size,
  training,
} from './support';

describe('HpoExperiment', () => {
  test('the simplest, with nothing that nobody asked for', () => {
    expect(written(toYaml(experiment(least)))).toEqual({
      kind: 'Experiment',
      spec: {
        objective: { type: 'maximize', objectiveMetricName: 'accuracy' },
        algorithm: { algorithmName: 'random' },
        maxTrialCount: 12,
        parameters: [{ name: 'rate', parameterType: 'double', feasibleSpace: { min: '0.001', max: '0.1' } }],
        trialTemplate: {
          primaryContainerName: 'training-container',
          trialParameters: [{ name: 'rate', reference: 'rate' }],
          trialSpec: {
            apiVersion: 'batch/v1',
            kind: 'Job',
            spec: {
              template: {
                spec: {
                  containers: [{ name: 'training-container', image, command: ['train', placeholder('rate')] }],
                  restartPolicy: 'Never',
                },
              },
            },
          },
        },
      },
    });
  });

  test.each<[string, HpoExperimentProps, object]>([
    [
      'hyperband over a TrainJob',
      training(
        { runtime: Runtime.shipped('torch-distributed'), nodes: 2 },
        {},
        {
          parameters: [rate, size],
          trial: Trial.trainingJob({
            runtime: Runtime.shipped('torch-distributed'),
            command: ['train', `${rate}`, `${size}`],
            queue: 'team-a',
          }),
          algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 9, eta: 3 }),
          parallelTrialCount: 9,
        },
      ),
      {
        spec: {
          algorithm: {
            algorithmName: 'hyperband',
            algorithmSettings: [
              { name: 'resource_name', value: 'size' },
              { name: 'r_l', value: '9' },
              { name: 'eta', value: '3' },
            ],
          },
          parallelTrialCount: 9,
          parameters: [
            { name: 'rate', parameterType: 'double', feasibleSpace: { min: '0.001', max: '0.1' } },
            { name: 'size', parameterType: 'int', feasibleSpace: { min: '1', max: '9' } },
          ],
          trialTemplate: {
            primaryContainerName: 'node',
            trialParameters: [
              { name: 'rate', reference: 'rate' },
              { name: 'size', reference: 'size' },
            ],
            trialSpec: {
              apiVersion: 'trainer.kubeflow.org/v1alpha1',
              kind: 'TrainJob',
              metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'team-a' } },
              spec: {
                runtimeRef: { name: 'torch-distributed' },
                trainer: { command: ['train', placeholder('rate'), placeholder('size')] },
              },
            },
          },
        },
      },
    ],
    [
      'everything',
      {
        objective: Objective.minimize('loss', {
          goal: 0.01,
          additionalMetrics: ['accuracy'],
          strategies: { accuracy: 'latest' },
        }),
        algorithm: Algorithm.tpe({ gamma: 0.25, priorWeight: 1, candidates: 24, randomState: 7 }),
        parameters: [
          Parameter.double('rate', { min: 1e-7, max: 0.1, step: 0.001, distribution: 'logUniform' }),
          Parameter.int('size', { min: 1, max: 9, distribution: 'normal' }, { description: 'rows of a batch' }),
          Parameter.discrete('batch', [16, 0.5]),
          Parameter.categorical('optimizer', ['sgd', 'adam']),
        ],
        earlyStopping: EarlyStopping.median({ minTrialsRequired: 2, startStep: 5 }),
        metrics: MetricsCollector.file({ path: '/metrics.log', format: 'TEXT', filter: ['([a-z]+)=(\\d+)'] }),
        resumePolicy: 'LongRunning',
        maxTrialCount: 20,
        parallelTrialCount: 2,
        maxFailedTrialCount: 4,
        labels: { stage: 'test' },
        overrides: { parallelTrialCount: 4 },
        trial: Trial.job(
          {
            image,
            command: ['train'],
            args: ['rate', 'size', 'batch', 'optimizer'].map(placeholder),
            env: { RUN: `${TrialField.name}/${TrialField.label('stage')}` },
            mounts: { '/data': Mount.claim('data') },
            restartPolicy: 'OnFailure',
            backoffLimit: 1,
            activeDeadline: Duration.hours(1),
            labels: { stage: 'test' },
            queue: 'team-a',
            podOverrides: { spec: { dnsPolicy: 'Default' } },
            overrides: { completions: 1 },
          },
          { retain: true },
        ),
      },
      {
        labels: { stage: 'test' },
        spec: {
          objective: {
            type: 'minimize',
            goal: 0.01,
            objectiveMetricName: 'loss',
            additionalMetricNames: ['accuracy'],
            metricStrategies: [
              { name: 'loss', value: 'min' },
              { name: 'accuracy', value: 'latest' },
            ],
          },
          algorithm: {
            algorithmName: 'tpe',
            algorithmSettings: [
              { name: 'gamma', value: '0.25' },
              { name: 'prior_weight', value: '1' },
              { name: 'n_EI_candidates', value: '24' },
              { name: 'random_state', value: '7' },
            ],
          },
          earlyStopping: {
            algorithmName: 'medianstop',
            algorithmSettings: [
              { name: 'min_trials_required', value: '2' },
              { name: 'start_step', value: '5' },
            ],
          },
          maxTrialCount: 20,
          parallelTrialCount: 4,
          maxFailedTrialCount: 4,
          resumePolicy: 'LongRunning',
          parameters: [
            {
              name: 'rate',
              parameterType: 'double',
              feasibleSpace: { min: '1e-7', max: '0.1', step: '0.001', distribution: 'logUniform' },
            },
            { name: 'size', parameterType: 'int', feasibleSpace: { min: '1', max: '9', distribution: 'normal' } },
            { name: 'batch', parameterType: 'discrete', feasibleSpace: { list: ['16', '0.5'] } },
            { name: 'optimizer', parameterType: 'categorical', feasibleSpace: { list: ['sgd', 'adam'] } },
          ],
          metricsCollectorSpec: {
            collector: { kind: 'File' },
            source: {
              fileSystemPath: { path: '/metrics.log', kind: 'File', format: 'TEXT' },
              filter: { metricsFormat: ['([a-z]+)=(\\d+)'] },
            },
          },
          trialTemplate: {
            retain: true,
            trialParameters: [
              { name: 'rate', reference: 'rate' },
              { name: 'size', description: 'rows of a batch', reference: 'size' },
              { name: 'batch', reference: 'batch' },
              { name: 'optimizer', reference: 'optimizer' },
              { name: 'trialName', reference: `\${trialSpec.Name}` },
              { name: 'trialLabel[stage]', reference: `\${trialSpec.Labels[stage]}` },
            ],
            trialSpec: {
              metadata: { labels: { stage: 'test', 'kueue.x-k8s.io/queue-name': 'team-a' } },
              spec: {
                backoffLimit: 1,
                activeDeadlineSeconds: 3600,
                template: {
                  spec: {
                    containers: [
                      {
                        name: 'training-container',
                        image,
                        command: ['train'],
                        args: [placeholder('rate'), placeholder('size'), placeholder('batch'), placeholder('optimizer')],
                        env: [{ name: 'RUN', value: `\${trialParameters.trialName}/\${trialParameters.trialLabel[stage]}` }],
                        volumeMounts: [{ name: 'data', mountPath: '/data' }],
                      },
                    ],
                    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
                    restartPolicy: 'OnFailure',
                    dnsPolicy: 'Default',
                  },
                },
                completions: 1,
              },
            },
          },
        },
      },
    ],
    [
      'a template in a ConfigMap',
      {
        ...least,
        trial: Trial.configMap(
          'templates',
          { namespace: 'kubeflow', key: 'job.yaml' },
          { primaryContainer: 'train', ...conditions },
        ),
      },
      {
        spec: {
          trialTemplate: {
            primaryContainerName: 'train',
            successCondition: 'status.ok',
            failureCondition: 'status.failed',
            configMap: { configMapName: 'templates', configMapNamespace: 'kubeflow', templatePath: 'job.yaml' },
          },
        },
      },
    ],
    [
      'darts',
      darts,
      {
        spec: {
          algorithm: { algorithmName: 'darts' },
          maxTrialCount: 1,
          parallelTrialCount: 1,
          nasConfig: {
            graphConfig: { numLayers: 2 },
            operations: [
              {
                operationType: 'max_pooling',
                parameters: [{ name: 'filter_size', parameterType: 'categorical', feasibleSpace: { list: ['3'] } }],
              },
            ],
          },
          trialTemplate: {
            trialParameters: [
              { name: 'algorithm-settings', reference: 'algorithm-settings' },
              { name: 'search-space', reference: 'search-space' },
              { name: 'num-layers', reference: 'num-layers' },
            ],
          },
        },
      },
    ],
    [
      'enas',
      {
        ...enas,
        nas: {
          ...nas,
          inputSizes: [32],
          outputSizes: [10],
          operations: [
            Operation.convolution({ filterSizes: [3, 5], filters: [32], strides: [1, 2] }),
            Operation.depthwiseConvolution({ filterSizes: [3], depthMultipliers: [1, 2] }),
            Operation.reduction(['max_pooling', 'avg_pooling'], { min: 2, max: 3 }),
          ],
        },
      },
      {
        spec: {
          algorithm: { algorithmName: 'enas' },
          maxTrialCount: 3,
          nasConfig: {
            graphConfig: { numLayers: 2, inputSizes: [32], outputSizes: [10] },
            operations: [
              {
                operationType: 'convolution',
                parameters: [
                  { name: 'filter_size', parameterType: 'categorical', feasibleSpace: { list: ['3', '5'] } },
                  { name: 'num_filter', parameterType: 'categorical', feasibleSpace: { list: ['32'] } },
                  { name: 'stride', parameterType: 'categorical', feasibleSpace: { list: ['1', '2'] } },
                ],
              },
              {
                operationType: 'depthwise_convolution',
                parameters: [
                  { name: 'filter_size', parameterType: 'categorical', feasibleSpace: { list: ['3'] } },
                  { name: 'depth_multiplier', parameterType: 'categorical', feasibleSpace: { list: ['1', '2'] } },
                ],
              },
              {
                operationType: 'reduction',
                parameters: [
                  {
                    name: 'reduction_type',
                    parameterType: 'categorical',
                    feasibleSpace: { list: ['max_pooling', 'avg_pooling'] },
                  },
                  { name: 'pool_size', parameterType: 'int', feasibleSpace: { min: '2', max: '3', step: '1' } },
                ],
              },
            ],
          },
          trialTemplate: {
            trialParameters: [
              { name: 'architecture', reference: 'architecture' },
              { name: 'nn_config', reference: 'nn_config' },
            ],
          },
        },
      },
    ],
  ])('%s', (_title, props, told) => {
    expect(written(toYaml(experiment(props)))).toMatchObject(told);
  });
});

describe('the object', () => {
  test('has a name of its own, labels and annotations', () => {
    const chart = teamChart();
    const props = { ...least, name: 'rates', labels: { a: 'b' }, annotations: { c: 'd' } };
    expect(new HpoExperiment(chart, 'search', props).name).toBe('rates');
    const [object] = assembled(chart).model.manifests;
    expect(object?.metadata).toMatchObject({ name: 'rates', labels: { a: 'b' }, annotations: { c: 'd' } });
    expect(refusal({ ...least, name: '1rates' })).toContain('(kubernetes/invalid-service-name)');
  });
});

describe('overrides', () => {
  test('change one of several parameters, and leave the others', () => {
    const overrides = { parameters: [{ name: 'size', feasibleSpace: { max: '5' } }] };
    const { spec } = experiment({ ...searching([rate, size]), overrides }) as { spec: { parameters: unknown } };
    expect(spec.parameters).toMatchObject([
      { name: 'rate', parameterType: 'double' },
      { name: 'size', feasibleSpace: { max: '5', min: '1' } },
    ]);
  });

  test('are held to the rules of budgets', () => {
    expect(refusal({ ...least, overrides: { parallelTrialCount: 13 } })).toContain(
      'parallelTrialCount 13 is more than maxTrialCount 12',
    );
    expect(refusal({ ...least, overrides: { maxTrialCount: 2 } })).toContain('(katib/more-parallel-than-trials)');
    experiment({ ...least, overrides: { maxTrialCount: 2, parallelTrialCount: 2 } });
  });
});

test('types refuse what experiments do not have', () => {
  // @ts-expect-error: no such algorithm
  expect(() => Algorithm.bohb()).toThrow();
  // @ts-expect-error: no such collector
  expect(() => MetricsCollector.none()).toThrow();
  // @ts-expect-error: no such rule of early stopping
  expect(() => EarlyStopping.hyperband()).toThrow();
  // @ts-expect-error: the resource is the parameter itself
  Algorithm.hyperband({ resource: 'size', resourceLimit: 9 });
  // @ts-expect-error: a number of nodes cannot be searched
  const props: TrainingJobProps = { runtime: Runtime.shipped('torch-distributed'), nodes: size };
  expect(props).toBeDefined();
});
