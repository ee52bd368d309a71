import { Duration } from 'cdk8s';
import {
  Algorithm,
  EarlyStopping,
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
import { conditions, darts, enas, experiment, image, least, nas, placeholder, rate, refusal, size, training } from './support';

describe('HpoExperiment', () => {
  test.each<[string, HpoExperimentProps]>([
    ['the simplest', least],
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
            jobLabels: { stage: 'test' },
            queue: 'team-a',
            podOverrides: { spec: { dnsPolicy: 'Default' } },
            overrides: { completions: 1 },
          },
          { retain: true },
        ),
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
    ],
    ['darts', darts],
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
    ],
  ])('%s', (_title, props) => {
    expect(toYaml(experiment(props))).toMatchSnapshot();
  });
});

describe('overrides', () => {
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
