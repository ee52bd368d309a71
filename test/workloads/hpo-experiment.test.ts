import { App, Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  Algorithm,
  batch,
  core,
  DartsAssignment,
  EarlyStopping,
  Elastic,
  EnasAssignment,
  HpoExperiment,
  type HpoExperimentProps,
  hpoRules,
  jobset,
  Katib,
  type KatibProps,
  type Kind,
  KubeObject,
  kubeflow,
  MetricsCollector,
  Mount,
  Objective,
  Operation,
  Parameter,
  Runtime,
  type TrainingJobProps,
  Trial,
  type TrialBody,
  TrialField,
  type TrialOptions,
  TrialResource,
  toYaml,
  trainer,
} from '../../lib';
import { DATABASE } from '../components/katib/support';
import { assembled, errors, notes, teamChart, thrown } from '../support/app';

const image = 'ghcr.io/my-org/train:1.4';
const rate = Parameter.double('rate', { min: 0.001, max: 0.1 });
const size = Parameter.int('size', { min: 1, max: 9 });
const objective = Objective.maximize('accuracy');

/** What Katib replaces. */
const placeholder = (name: string) => `\${trialParameters.${name}}`;

/** A Job that uses what is searched. */
const using = (...used: { toString(): string }[]) => Trial.job({ image, command: ['train', ...used.map(String)] });

/** An experiment with the least that one can say. */
const least: HpoExperimentProps = {
  objective,
  algorithm: Algorithm.random(),
  parameters: [rate],
  trial: using(rate),
  maxTrialCount: 12,
};

const nas = { layers: 2, operations: [Operation.maxPooling([3])] };
const darts: HpoExperimentProps = {
  objective,
  algorithm: Algorithm.darts(),
  nas,
  trial: using(DartsAssignment.algorithmSettings, DartsAssignment.searchSpace, DartsAssignment.layers),
  maxTrialCount: 1,
  parallelTrialCount: 1,
};
const enas: HpoExperimentProps = {
  objective,
  algorithm: Algorithm.enas(),
  nas: { ...nas, inputSizes: [32, 32, 3], outputSizes: [10] },
  trial: using(EnasAssignment.architecture, EnasAssignment.networkConfig),
  maxTrialCount: 3,
};

function experiment(props: HpoExperimentProps, name = 'search'): Record<string, unknown> {
  const assembly = assembled(new HpoExperiment(teamChart(), name, props));
  expect(errors(assembly)).toEqual([]);
  return assembly.model.manifests[0] as unknown as Record<string, unknown>;
}

function refusal(props: HpoExperimentProps, name = 'search'): string {
  return thrown(() => new HpoExperiment(teamChart(), name, props)).message;
}

function told(props: HpoExperimentProps): string {
  return notes(assembled(new HpoExperiment(teamChart(), 'search', props))).join('\n');
}

/** The least experiment, searching something else. */
function searching(parameters: readonly Parameter[], more: Partial<HpoExperimentProps> = {}): HpoExperimentProps {
  return { ...least, parameters, trial: using(...parameters), ...more };
}

const training = (
  props: TrainingJobProps,
  options?: TrialOptions,
  more: Partial<HpoExperimentProps> = {},
): HpoExperimentProps => ({
  ...least,
  trial: Trial.trainingJob({ ...props, command: ['train', `${rate}`] } as TrainingJobProps, options),
  ...more,
});

const conditions = { successCondition: 'status.ok', failureCondition: 'status.failed' };

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
          Parameter.int('size', { min: 1, max: 9, distribution: 'normal' }),
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

  test.each<[string, Algorithm, object]>([
    ['random', Algorithm.random({ randomState: 0 }), { random_state: '0' }],
    [
      'multivariate-tpe',
      Algorithm.multivariateTpe({ startupTrials: 2, candidates: 3 }),
      { n_startup_trials: '2', n_ei_candidates: '3' },
    ],
    ['grid', Algorithm.grid(), {}],
    [
      'bayesianoptimization',
      Algorithm.bayesianOptimization({ baseEstimator: 'RF', acquisitionOptimizer: 'lbfgs' }),
      { base_estimator: 'RF', acq_optimizer: 'lbfgs' },
    ],
    ['cmaes', Algorithm.cmaEs({ restartStrategy: 'ipop', sigma: 0.5 }), { restart_strategy: 'ipop', sigma: '0.5' }],
    ['sobol', Algorithm.sobol(), {}],
    [
      'pbt',
      Algorithm.populationBasedTraining({ population: 5, truncationThreshold: 0.2, trialDirectory: '/checkpoints' }),
      { n_population: '5', truncation_threshold: '0.2', suggestion_trial_dir: '/checkpoints' },
    ],
  ])('names the settings of %s as Katib does', (name, algorithm, settings) => {
    const parameters = [Parameter.double('a', { min: 1, max: 2, step: 0.1 }), Parameter.int('b', { min: 1, max: 2, step: 1 })];
    const spec = experiment(searching(parameters, { algorithm, resumePolicy: 'FromVolume' })).spec as {
      algorithm: { algorithmName: string; algorithmSettings?: { name: string; value: string }[] };
    };
    expect(spec.algorithm.algorithmName).toBe(name);
    expect(Object.fromEntries((spec.algorithm.algorithmSettings ?? []).map((entry) => [entry.name, entry.value]))).toEqual(
      settings,
    );
  });

  test.each<[string, MetricsCollector, object]>([
    ['stdOut', MetricsCollector.stdOut(), { collector: { kind: 'StdOut' } }],
    [
      'file',
      MetricsCollector.file({ format: 'JSON' }),
      { collector: { kind: 'File' }, source: { fileSystemPath: { kind: 'File', format: 'JSON' } } },
    ],
    [
      'tensorFlowEvent',
      MetricsCollector.tensorFlowEvent('/events'),
      { collector: { kind: 'TensorFlowEvent' }, source: { fileSystemPath: { path: '/events', kind: 'Directory' } } },
    ],
    [
      'prometheus',
      MetricsCollector.prometheus({ port: 9090, path: '/m' }),
      { collector: { kind: 'PrometheusMetric' }, source: { httpGet: { port: 9090, path: '/m' } } },
    ],
    [
      'custom',
      MetricsCollector.custom({ name: 'collect', image }, { path: '/metrics' }),
      {
        collector: { kind: 'Custom', customCollector: { name: 'collect', image } },
        source: { fileSystemPath: { path: '/metrics', kind: 'File' } },
      },
    ],
    ['push', MetricsCollector.push(), { collector: { kind: 'Push' } }],
  ])('collects metrics by %s', (_name, metrics, expected) => {
    expect(experiment({ ...least, metrics, katib: { metricsCollectors: ['PrometheusMetric'] } })).toHaveProperty(
      'spec.metricsCollectorSpec',
      expected,
    );
  });
});

describe('the trial', () => {
  const MASTER = { 'training.kubeflow.org/job-role': 'master' };
  const WORKER = { 'training.kubeflow.org/replica-type': 'worker', 'training.kubeflow.org/replica-index': '0' };
  const ENDS = {
    successCondition: 'status.conditions.#(type=="Succeeded")#|#(status=="True")#',
    failureCondition: 'status.conditions.#(type=="Failed")#|#(status=="True")#',
  };

  test.each<[string, TrainingJobProps, object]>([
    ['pytorch', { image, pytorch: { master: 1, worker: 2 } }, { primaryContainerName: 'pytorch' }],
    [
      'pytorch without a master',
      { image, pytorch: { worker: 2, elastic: Elastic.between(1, 2) } },
      { primaryContainerName: 'pytorch', primaryPodLabels: WORKER },
    ],
    ['tensorflow', { image, tensorflow: { chief: 1, worker: 2 } }, { primaryContainerName: 'tensorflow' }],
    ['mpi', { image, mpi: { launcher: 1, worker: 2 } }, { primaryContainerName: 'mpi' }],
    ['xgboost', { image, xgboost: { master: 1 } }, { primaryContainerName: 'xgboost' }],
    [
      'paddle',
      { image, paddle: { master: 1, worker: 2 } },
      { primaryContainerName: 'paddle', primaryPodLabels: MASTER, ...ENDS },
    ],
    ['jax', { image, jax: { worker: 2 } }, { primaryContainerName: 'jax', primaryPodLabels: WORKER, ...ENDS }],
    ['a runtime', { runtime: Runtime.shipped('torch-distributed') }, { primaryContainerName: 'node' }],
    [
      'a runtime with a launcher',
      { runtime: Runtime.shipped('deepspeed-distributed') },
      { primaryContainerName: 'node', primaryPodLabels: { 'jobset.sigs.k8s.io/replicatedjob-name': 'launcher' } },
    ],
  ])('of %s says only what Katib does not know', (_name, props, expected) => {
    const katib = { trialResources: [TrialResource.of(kubeflow.paddlejobs), TrialResource.of(kubeflow.jaxjobs)] };
    const { trialParameters, trialSpec, ...template } = (
      experiment(training(props, {}, { katib })).spec as { trialTemplate: Record<string, unknown> }
    ).trialTemplate;
    expect(template).toEqual(expected);
    expect(trialParameters).toEqual([{ name: 'rate', reference: 'rate' }]);
    expect(trialSpec).not.toHaveProperty('metadata');
  });

  test('is held to the rules of its job, with the length of its name', () => {
    const props = training({ image, mpi: { worker: 1 } } as unknown as TrainingJobProps);
    expect(refusal(props)).toMatch(/^team\/search\/Trial: .*\(TJ-20\)$/);
    const train = training({ runtime: Runtime.shipped('torch-distributed') });
    expect(refusal(train, 'a'.repeat(40))).toContain('the name has 49 characters; with the pods of node it has at most 48');
    experiment(train, 'a'.repeat(39));
  });

  test('of another kind is any object', () => {
    const trial = Trial.of(
      jobset.jobsets,
      {
        metadata: { labels: { stage: 'test' } },
        spec: {
          replicatedJobs: [
            {
              name: 'main',
              template: {
                spec: {
                  template: {
                    spec: { containers: [{ name: 'train', image, args: [`${rate}`, `${TrialField.label('stage')}`] }] },
                  },
                },
              },
            },
          ],
        },
      } as unknown as TrialBody<jobset.JobSet>,
      { primaryContainer: 'train', ...conditions },
    );
    const katib = { trialResources: [TrialResource.of(jobset.jobsets)] };
    expect(experiment({ ...least, trial, katib, acknowledge: ['HPO-21-command'] })).toHaveProperty(
      'spec.trialTemplate.trialParameters',
      [
        { name: 'rate', reference: 'rate' },
        { name: 'trialLabel[stage]', reference: TrialField.label('stage').reference },
      ],
    );
  });

  test('may search amounts of resources, which are texts', () => {
    const resources = { limits: { cpu: `${size}`, memory: `${rate}Gi` } };
    const template = { spec: { containers: [{ name: 'pytorch', image, command: ['train'], resources }] } };
    const body = { spec: { pytorchReplicaSpecs: { Master: { replicas: 1, template } } } };
    const trial = Trial.of(kubeflow.pytorchjobs, body, { primaryContainer: 'pytorch' });
    experiment({ ...least, parameters: [rate, size], trial });
    const cores = Parameter.categorical('size', ['many']);
    expect(refusal({ ...least, parameters: [rate, cores], trial })).toContain('(HPO-20)');
  });

  test('needs the label of its namespace (HPO-22)', () => {
    const withNamespace = (labels: Record<string, string>, props = least, name = 'team') => {
      const chart = teamChart();
      new KubeObject(chart, 'Namespace', core.namespaces, { metadata: { name, labels } });
      return errors(assembled(new HpoExperiment(chart, 'search', props)));
    };
    expect(withNamespace({ stage: 'test' })).toEqual([
      'team/search: the namespace team lacks the label katib.kubeflow.org/metrics-collector-injection: enabled, without which Katib takes no experiment (HPO-22)',
    ]);
    expect(withNamespace({ 'katib.kubeflow.org/metrics-collector-injection': 'enabled' })).toEqual([]);
    expect(withNamespace({}, { ...least, metrics: MetricsCollector.push() })).toHaveLength(1);
    expect(withNamespace({}, least, 'other').join()).not.toContain('HPO-22');
  });
});

describe('a Katib in the same app', () => {
  const beside = (katib: Partial<KatibProps>, props: HpoExperimentProps) => {
    const chart = teamChart();
    const search = new HpoExperiment(chart, 'search', props);
    new Katib(chart.node.root as App, 'katib', { database: DATABASE, ...katib });
    return errors(assembled(search)).filter((error) => error.includes('(HPO-'));
  };

  test('has what the experiment asks for', () => {
    expect(beside({}, { ...least, earlyStopping: EarlyStopping.median() })).toEqual([]);
    const lacking = {
      algorithms: { random: false },
      earlyStopping: { medianstop: false },
      collectors: { StdOut: false },
    } as const;
    expect(
      beside({ ...lacking, trialResources: [TrialResource.trainJob] }, { ...least, earlyStopping: EarlyStopping.median() }),
    ).toEqual([
      expect.stringMatching(/^team\/search: katib has no algorithm "random"; it has tpe, .*\(HPO-4\)$/),
      expect.stringContaining('katib has no early stopping medianstop; it has none (HPO-5)'),
      expect.stringContaining('katib runs no trials of kind Job, only TrainJob'),
      expect.stringContaining('katib configures no collector StdOut, only File, TensorFlowEvent'),
    ]);
  });

  test('says by itself what it has beside the release', () => {
    const app = new App();
    const katib = new Katib(app, 'katib', { database: DATABASE, trialResources: [TrialResource.jaxJob] });
    const chart = new Chart(app, 'team', { namespace: 'team' });
    const search = new HpoExperiment(chart, 'search', training({ image, jax: { worker: 1 } }, {}, { katib }));
    expect(errors(assembled(search)).filter((error) => error.includes('(HPO-'))).toEqual([]);
    expect(thrown(() => new HpoExperiment(chart, 'other', { ...least, katib })).message).toContain(
      'katib runs no trials of kind Job, only JAXJob',
    );
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

/** A Job as an object, for what typed options cannot say. */
const job = (spec: object, metadata?: object) =>
  Trial.of(batch.jobs, { ...(metadata && { metadata }), spec } as TrialBody<batch.Job>, { primaryContainer: 'train' });
const pods = (container: object = {}, more: object = {}) => ({
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'train', image, command: [`${rate}`], ...container }] } },
  ...more,
});
const trial = (built: Trial, more: Partial<HpoExperimentProps> = {}): HpoExperimentProps => ({ ...least, trial: built, ...more });
const two = [Parameter.double('a', { min: 1, max: 2, step: 0.1 }), Parameter.int('b', { min: 1, max: 2 })];
const population = (more: object = {}) =>
  Algorithm.populationBasedTraining({ population: 5, truncationThreshold: 0.2, trialDirectory: '/x', ...more });

const without = new Katib(new App(), 'katib', { database: DATABASE, earlyStopping: { medianstop: false } });

/** Both sides of every rule: what is refused with which words, and what stands next to it and is accepted. */
const SIDES: Record<
  string,
  { refused: [HpoExperimentProps, string, name?: string]; accepted: [HpoExperimentProps, name?: string] }
> = {
  'HPO-1': { refused: [least, 'the name "1search" is not a DNS label', '1search'], accepted: [least, 'search1'] },
  'HPO-1-length': { refused: [least, 'the name has 41 characters', 'a'.repeat(41)], accepted: [least, 'a'.repeat(40)] },
  'HPO-2': {
    refused: [{ ...least, maxTrialCount: 0, parallelTrialCount: 0, maxFailedTrialCount: -1 }, 'maxFailedTrialCount is -1'],
    accepted: [{ ...least, maxTrialCount: 1, parallelTrialCount: 1, maxFailedTrialCount: 0 }],
  },
  'HPO-2-parallel': {
    refused: [{ ...least, maxTrialCount: 2 }, 'parallelTrialCount 3, the default, is more than maxTrialCount 2'],
    accepted: [{ ...least, maxTrialCount: 2, parallelTrialCount: 2 }],
  },
  'HPO-2-failed': {
    refused: [{ ...least, maxFailedTrialCount: 13 }, 'maxFailedTrialCount 13 is more than maxTrialCount 12'],
    accepted: [{ ...least, maxFailedTrialCount: 12 }],
  },
  'HPO-3': {
    refused: [
      { ...least, objective: Objective.minimize('a', { additionalMetrics: ['a'] }) },
      'metric a is also an additional one',
    ],
    accepted: [{ ...least, objective: Objective.minimize('a', { additionalMetrics: ['b'] }) }],
  },
  'HPO-3-name': {
    refused: [{ ...least, objective: Objective.minimize('a;b') }, 'the metric "a;b" has a ";"'],
    accepted: [{ ...least, objective: Objective.minimize('a:b') }],
  },
  'HPO-3-strategy': {
    refused: [
      { ...least, objective: Objective.minimize('a', { strategies: { b: 'max' } }) },
      'a strategy names b, which is no metric here',
    ],
    accepted: [{ ...least, objective: Objective.minimize('a', { strategies: { a: 'max' } }) }],
  },
  'HPO-6': {
    refused: [{ ...least, resumePolicy: 'Always' as 'Never' }, 'resumePolicy is "Always"'],
    accepted: [{ ...least, resumePolicy: 'Never' }],
  },
  'HPO-7': {
    refused: [{ ...least, parameters: [], trial: using() }, 'searches parameters or a nas; give one of them'],
    accepted: [darts],
  },
  'HPO-9': {
    refused: [searching([Parameter.double('a', { min: 2, max: 1 })]), 'the parameter a has the min 2 above its max 1'],
    accepted: [searching([Parameter.double('a', { min: 1, max: 1 })])],
  },
  'HPO-9-discrete': {
    refused: [searching([Parameter.discrete('a', [1, Number.NaN])]), 'lists NaN, which is no number'],
    accepted: [searching([Parameter.discrete('a', [1, -2])])],
  },
  'HPO-9-names': {
    refused: [searching([rate, Parameter.int('rate', { min: 1, max: 2 })]), 'several parameters are called rate'],
    accepted: [searching([rate, size])],
  },
  'HPO-10': {
    refused: [
      searching([Parameter.double('a', { min: 1, max: 2, distribution: 'lognormal' as 'logNormal' })]),
      'the distribution "lognormal", must be one of uniform',
    ],
    accepted: [searching([Parameter.double('a', { min: 1, max: 2, distribution: 'logNormal' })])],
  },
  'HPO-10-logarithm': {
    refused: [
      searching([Parameter.double('a', { min: 0, max: 2, distribution: 'logUniform' })]),
      'a logarithm needs a min above 0',
    ],
    accepted: [searching([Parameter.double('a', { min: 0, max: 2, distribution: 'normal' })])],
  },
  'HPO-10-algorithm': {
    refused: [
      searching([Parameter.double('a', { min: 1, max: 2, distribution: 'logUniform' })], { algorithm: Algorithm.sobol() }),
      'which sobol takes for uniform without a word',
    ],
    accepted: [
      searching([Parameter.double('a', { min: 1, max: 2, distribution: 'logUniform' })], {
        algorithm: Algorithm.multivariateTpe(),
      }),
    ],
  },
  'HPO-4': {
    refused: [
      { ...least, algorithm: Algorithm.named('bohb') },
      'bohb is a proposal that Katib never built; the nearest are hyperband',
    ],
    accepted: [{ ...least, algorithm: Algorithm.named('bohb', { x: 1 }), katib: { algorithms: ['bohb'] } }],
  },
  'HPO-5': {
    refused: [
      { ...least, earlyStopping: EarlyStopping.median(), katib: without },
      'katib has no early stopping medianstop; it has none',
    ],
    accepted: [{ ...least, katib: without }],
  },
  'HPO-19': {
    refused: [training({ image, jax: { worker: 1 } }), 'the release runs no trials of kind JAXJob, only TrainJob, Job, TFJob'],
    accepted: [training({ image, jax: { worker: 1 } }, {}, { katib: { trialResources: [TrialResource.of(kubeflow.jaxjobs)] } })],
  },
  'HPO-25-configured': {
    refused: [{ ...least, metrics: MetricsCollector.prometheus() }, 'the release configures no collector PrometheusMetric'],
    accepted: [{ ...least, metrics: MetricsCollector.prometheus(), katib: { metricsCollectors: ['PrometheusMetric'] } }],
  },
  'HPO-settings': {
    refused: [{ ...least, algorithm: Algorithm.tpe({ gamma: 1 }) }, 'gamma of tpe is 1, must be a number above 0 and below 1'],
    accepted: [{ ...least, algorithm: Algorithm.tpe({ gamma: 0.5, randomState: undefined }) }],
  },
  'HPO-grid-step': {
    refused: [{ ...least, algorithm: Algorithm.grid() }, 'grid counts the values of doubles; give rate a step'],
    accepted: [searching([two[0] as Parameter], { algorithm: Algorithm.grid(), maxTrialCount: 11 })],
  },
  'HPO-grid-size': {
    refused: [
      searching(two, { algorithm: Algorithm.grid(), maxTrialCount: 23 }),
      'maxTrialCount 23 is more than the 22 combinations',
    ],
    accepted: [searching(two, { algorithm: Algorithm.grid(), maxTrialCount: 22 })],
  },
  'HPO-bayesian-min': {
    refused: [
      searching([Parameter.double('a', { min: 0, max: 1 })], { algorithm: Algorithm.bayesianOptimization() }),
      'give a a min above 0',
    ],
    accepted: [searching([Parameter.int('a', { min: 0, max: 1 })], { algorithm: Algorithm.bayesianOptimization() })],
  },
  'HPO-cmaes-numbers': {
    refused: [
      searching([rate, Parameter.discrete('a', [1])], { algorithm: Algorithm.cmaEs() }),
      'at least 2 parameters that are int or double, not 1',
    ],
    accepted: [searching([rate, size], { algorithm: Algorithm.cmaEs() })],
  },
  'HPO-hyperband-resource': {
    refused: [
      { ...least, algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 1 }) },
      'the resource size of hyperband is no parameter',
    ],
    accepted: [searching([rate, size], { algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 1 }) })],
  },
  'HPO-hyperband-parallel': {
    refused: [
      searching([size], { algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 9 }), parallelTrialCount: 8 }),
      'parallelTrialCount 8 is less than the 9 trials',
    ],
    accepted: [
      searching([size], { algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 9 }), parallelTrialCount: 9 }),
    ],
  },
  'HPO-pbt-step': {
    refused: [searching([size], { algorithm: population(), resumePolicy: 'FromVolume' }), 'give size a step'],
    accepted: [searching([two[0] as Parameter], { algorithm: population(), resumePolicy: 'FromVolume' })],
  },
  'HPO-pbt-volume': {
    refused: [
      searching([two[0] as Parameter], { algorithm: population() }),
      "give resumePolicy 'FromVolume' rather than 'Never'",
    ],
    accepted: [searching([two[0] as Parameter], { algorithm: population(), resumePolicy: 'FromVolume' })],
  },
  'HPO-enas-graph': { refused: [{ ...enas, nas }, 'enas needs inputSizes and outputSizes'], accepted: [enas] },
  'HPO-nas-layers': { refused: [{ ...darts, nas: { ...nas, layers: 0 } }, 'layers of the nas is 0'], accepted: [darts] },
  'HPO-nas-operations': {
    refused: [
      {
        ...enas,
        nas: { ...nas, inputSizes: [1], outputSizes: [1], operations: [Operation.of('mine', [rate]), Operation.of('yours', [])] },
      },
      'rate of mine is a double without a step; the operation yours has no parameter',
    ],
    accepted: [{ ...enas, nas: { ...nas, inputSizes: [1], outputSizes: [1], operations: [Operation.of('mine', two)] } }],
  },
  'HPO-darts-list': {
    refused: [
      { ...darts, nas: { ...nas, operations: [Operation.of('mine', [size])] } },
      'darts reads only a list of mine, not the int size',
    ],
    accepted: [{ ...darts, nas: { ...nas, operations: [Operation.skipConnection()] } }],
  },
  'HPO-medianstop': {
    refused: [{ ...least, earlyStopping: EarlyStopping.median({ startStep: 0 }) }, 'startStep of the early stopping is 0'],
    accepted: [{ ...least, earlyStopping: EarlyStopping.median({ startStep: 1 }) }],
  },
  'HPO-11': {
    refused: [
      trial(Trial.configMap('templates', { namespace: 'a', key: 'b' }, { primaryContainer: 'train' })),
      'Katib does not know successCondition, failureCondition of a trial from a ConfigMap',
    ],
    accepted: [trial(Trial.configMap('templates', { namespace: 'a', key: 'b' }, { primaryContainer: 'train', ...conditions }))],
  },
  'HPO-12': {
    refused: [searching([Parameter.int('a}b', { min: 1, max: 2 })]), '"a}b" is no name of a parameter'],
    accepted: [searching([Parameter.int('a.b-c_d', { min: 1, max: 2 })])],
  },
  'HPO-13': {
    refused: [trial(using(rate, TrialField.label('stage'))), 'the trial uses trialLabel[stage], which its job does not have'],
    accepted: [trial(Trial.job({ image, command: [`${rate}${TrialField.label('stage')}`], jobLabels: { stage: 'test' } }))],
  },
  'HPO-14': {
    refused: [
      trial(using(rate, placeholder('rats'))),
      'the trial uses rats, which the experiment does not search; did you mean rate?',
    ],
    accepted: [trial(using(rate, TrialField.namespace))],
  },
  'HPO-15': {
    refused: [
      searching([rate, size], { trial: using(rate) }),
      `the trial does not use size, and Katib makes no trial then; write \`${placeholder('size')}\``,
    ],
    accepted: [searching([rate, size], { trial: using(rate, size) })],
  },
  'HPO-16': {
    refused: [
      trial(Trial.configMap('templates', { namespace: 'a', key: '' }, { primaryContainer: 'train', ...conditions })),
      "the trial's ConfigMap lacks templatePath",
    ],
    accepted: [trial(Trial.configMap('templates', { namespace: 'a', key: 'b' }, { primaryContainer: 'train', ...conditions }))],
  },
  'HPO-17': {
    refused: [trial(job(pods(), { name: 'x' })), 'the trial has metadata.name, which Katib gives'],
    accepted: [trial(job(pods(), { labels: { a: 'x' } }))],
  },
  'HPO-18': {
    refused: [trial(job(pods({ imagePolicy: 'Always' }))), 'Job of the trial: spec.template.spec.containers[0].imagePolicy'],
    accepted: [trial(job(pods({ imagePullPolicy: 'Always' })))],
  },
  'HPO-20': {
    refused: [
      searching([rate, size], { trial: job(pods({}, { parallelism: `${size}` })) }),
      'a placeholder at spec.parallelism of the trial stays a text',
    ],
    accepted: [searching([rate, size], { trial: job(pods({ args: [`${size}`] })) })],
  },
  'HPO-21': {
    refused: [
      training({ runtime: Runtime.shipped('torchtune-llama3.2-1b') }),
      'no container of the pods of dataset-initializer of the trial is called node',
    ],
    accepted: [training({ runtime: Runtime.shipped('deepspeed-distributed') })],
  },
  'HPO-33': {
    refused: [
      training({ image, mpi: { launcher: 1, worker: 1 } }, { primaryPodLabels: { 'mpi-job-role': 'launcher' } }),
      'no pod of a MPIJob has the label mpi-job-role',
    ],
    accepted: [
      training(
        { image, mpi: { launcher: 1, worker: 1 }, labels: { role: 'x' } },
        { primaryPodLabels: { role: 'x', 'training.kubeflow.org/replica-type': 'launcher' } },
      ),
    ],
  },
  'HPO-23': {
    refused: [
      { ...least, metrics: MetricsCollector.file({ path: 'a', format: 'JSON', filter: ['(a)(b)'] }) },
      'the file "a" of the metrics is no absolute path; metrics in JSON take no filter',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.file({ path: '/a', format: 'TEXT', filter: ['(a)(b)'] }) }],
  },
  'HPO-24': {
    refused: [
      { ...least, metrics: MetricsCollector.tensorFlowEvent('a') },
      'the directory "a" of the metrics is no absolute path',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.tensorFlowEvent() }],
  },
  'HPO-25': {
    refused: [
      {
        ...least,
        metrics: MetricsCollector.prometheus({ port: 0, path: 'm' }),
        katib: { metricsCollectors: ['PrometheusMetric'] },
      },
      'the port of the metrics is 0, must be a whole number from 1 to 65535; the path "m"',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.prometheus(), katib: { metricsCollectors: ['PrometheusMetric'] } }],
  },
  'HPO-26': {
    refused: [
      { ...least, metrics: MetricsCollector.custom({ name: 'c', image }, { path: 'a' }) },
      'the path "a" of the custom collector',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.custom({ name: 'c', image }) }],
  },
  'HPO-27': {
    refused: [
      { ...least, metrics: MetricsCollector.stdOut({ filter: ['(a', 'a=(b)'] }) },
      '"(a" is no regular expression of Go; the filter "a=(b)" lacks two groups',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.stdOut({ filter: ['(a)=(b)', '(\\pL)(?i:b)'] }) }],
  },
  'HPO-27-split': {
    refused: [
      { ...least, metrics: MetricsCollector.stdOut({ filter: ['(a);(b)'] }) },
      'has a ";", at which Katib splits filters',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.stdOut({ filter: ['(a)\\x3b(b)'] }) }],
  },
  'HPO-29': {
    refused: [
      { ...least, earlyStopping: EarlyStopping.median(), metrics: MetricsCollector.push() },
      'early stopping works with the collectors StdOut and File, not with Push',
    ],
    accepted: [{ ...least, earlyStopping: EarlyStopping.median() }],
  },
  'HPO-shape': {
    refused: [
      { ...least, overrides: { objective: { goals: 1 } } },
      'spec.objective.goals unknown field "goals"; did you mean "goal"?',
    ],
    accepted: [{ ...least, overrides: { objective: { goal: 1 } } }],
  },
};

const WARNINGS: Record<string, { told: [HpoExperimentProps, string]; quiet: HpoExperimentProps }> = {
  'HPO-31': {
    told: [{ ...least, maxTrialCount: undefined }, 'neither a maxTrialCount nor a goal'],
    quiet: { ...least, maxTrialCount: undefined, objective: Objective.minimize('loss', { goal: 0 }) },
  },
  'HPO-darts-single': { told: [{ ...darts, maxTrialCount: 2 }, 'further ones repeat it'], quiet: darts },
  'HPO-21-command': {
    told: [trial(Trial.job({ image, args: [`${rate}`] })), 'training-container of the trial has no command'],
    quiet: least,
  },
};

describe('a Job that Katib reads, writes again and compares', () => {
  /** The pods of a trial, as they are declared. */
  const podOf = (built: Trial) => {
    const { spec } = experiment(trial(built)) as { spec: { trialTemplate: { trialSpec: batch.Job } } };
    return spec.trialTemplate.trialSpec.spec?.template.spec;
  };

  test('is without what is empty', () => {
    const pod = podOf(
      Trial.job({
        image,
        command: ['train', `${rate}`],
        args: [],
        env: { STAGE: '' },
        mounts: { '/data': Mount.claim('data', { readOnly: false }) },
        tolerations: [{ key: '', operator: 'Exists' }],
        podOverrides: { spec: { hostNetwork: false, automountServiceAccountToken: false, nodeSelector: {} } },
      }),
    );
    expect(pod?.containers[0]).toEqual({
      name: 'training-container',
      image,
      command: ['train', placeholder('rate')],
      env: [{ name: 'STAGE' }],
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
    });
    expect(pod?.tolerations).toEqual([{ operator: 'Exists' }]);
    expect(pod).not.toHaveProperty('hostNetwork');
    expect(pod).not.toHaveProperty('nodeSelector');
    expect(pod).toHaveProperty('automountServiceAccountToken', false);
  });

  test.each([
    ['1024Mi', '1Gi'],
    ['1500Mi', '1500Mi'],
    ['0.5Gi', '512Mi'],
    ['8Gi', '8Gi'],
    ['1048576Ki', '1Gi'],
    ['0Mi', '0Mi'],
    ['1G', '1G'],
  ])('has %s as %s', (given, written) => {
    const volumes = [{ name: 'shm', emptyDir: { sizeLimit: given } }];
    const pod = podOf(Trial.job({ image, command: ['train', `${rate}`], podOverrides: { spec: { volumes } } }));
    expect(pod?.volumes?.[0]?.emptyDir).toEqual({ sizeLimit: written });
  });

  test('keeps the texts of labels, and is left alone when it is of another kind', () => {
    const labels = { value: '', stage: 'test' };
    const { spec } = experiment(trial(job(pods(), { labels }))) as { spec: { trialTemplate: { trialSpec: batch.Job } } };
    expect(spec.trialTemplate.trialSpec.metadata?.labels).toEqual(labels);
    const other = experiment(
      trial(Trial.trainingJob({ image, pytorch: { worker: 1 }, command: [`${rate}`], env: { STAGE: '' } })),
    );
    expect(JSON.stringify(other)).toContain('{"name":"STAGE","value":""}');
  });

  test.each([
    [{ resources: { limits: { memory: `${rate}Gi` } } }, 'spec.template.spec.containers[0].resources.limits.memory'],
    [{ resources: { requests: { 'nvidia.com/gpu': `${rate}` } } }, 'resources.requests["nvidia.com/gpu"]'],
  ])('has no placeholder in an amount: %j', (container, path) => {
    const message = refusal(trial(job(pods({ ...container }))));
    expect(message).toContain(`${path} of the trial cannot be an amount of a Job`);
    expect(message).toContain('(HPO-20)');
  });

  test('may be of a kind that has placeholders in amounts', () => {
    const podOverrides = { spec: { containers: [{ name: 'pytorch', image, resources: { limits: { memory: `${rate}Gi` } } }] } };
    experiment(trial(Trial.trainingJob({ image, pytorch: { worker: 1 }, podOverrides })));
  });
});

describe('rules of experiments', () => {
  test('are all tested', () => {
    const ids = (level: string) => hpoRules.filter((rule) => rule.level === level).map(({ id }) => id);
    expect(Object.keys(SIDES)).toEqual(ids('error'));
    expect(Object.keys(WARNINGS)).toEqual(ids('warning'));
  });

  test.each(Object.entries(SIDES))('%s', (id, { refused: [props, words, name], accepted: [good, goodName] }) => {
    const message = refusal(props, name);
    expect(message).toContain(words);
    expect(message).toContain(`(${id})`);
    experiment(good, goodName);
  });

  test.each(Object.entries(WARNINGS))('%s warns until it is acknowledged', (id, { told: [props, words], quiet }) => {
    expect(told(props)).toContain(words);
    expect(told({ ...props, acknowledge: [id] })).not.toContain(words);
    expect(told(quiet)).not.toContain(id);
    expect(refusal({ ...props, acknowledge: ['HPO-2'] })).toContain('acknowledge names HPO-2, which is no warning here');
  });

  test('are told together', () => {
    const message = refusal({ ...least, maxTrialCount: 0, algorithm: Algorithm.named('asha'), trial: using() }, '1search');
    expect(message).toMatch(/^team\/1search: /);
    expect(message.match(/\(HPO-/g)?.length).toBeGreaterThan(3);
  });

  test.each<[string, HpoExperimentProps, string]>([
    ['both searches', { ...darts, parameters: [rate] }, 'parameters or a nas, not both'],
    [
      'a nas with another algorithm',
      { ...darts, algorithm: Algorithm.random() },
      'random searches parameters, not a nas; enas and darts',
    ],
    ['parameters with darts', { ...least, algorithm: Algorithm.darts() }, 'darts searches a nas, not parameters'],
    ['no metric', { ...least, objective: Objective.minimize('') }, 'the objective names no metric'],
    ['an empty list', searching([Parameter.categorical('a', [])]), 'the parameter a has an empty list'],
    ['a step of 0', searching([Parameter.double('a', { min: 1, max: 2, step: 0 })]), 'has the step 0'],
    ['no number', searching([Parameter.double('a', { min: Number.NaN, max: 2 })]), 'has the min NaN'],
    ['a fraction', searching([Parameter.int('a', { min: 1, max: 2.5 })]), 'is an int with the max 2.5'],
    ['the name of a field', searching([Parameter.int('trialName', { min: 1, max: 2 })]), 'is a field of trials'],
    ['a misspelt algorithm', { ...least, algorithm: Algorithm.named('hiperband') }, 'did you mean hyperband?'],
    [
      'a missing setting',
      { ...least, algorithm: Algorithm.named('pbt', { n_population: 5 }) },
      'pbt needs population; pbt needs truncationThreshold; pbt needs trialDirectory; pbt has no setting n_population',
    ],
    [
      'another type than a number',
      { ...least, algorithm: Algorithm.tpe({ gamma: '0.5' as unknown as number }) },
      'gamma of tpe is "0.5"',
    ],
    [
      'resampling, which the release breaks on',
      { ...least, algorithm: population({ resampleProbability: 0.1 }) },
      'pbt has no setting resampleProbability',
    ],
    [
      'a size that is no number',
      { ...enas, algorithm: Algorithm.enas({ temperature: 0 }) },
      "must be a number above 0, or 'None'",
    ],
    ['no operations', { ...darts, nas: { ...nas, operations: [] } }, 'the nas has no operations'],
  ])('refuse %s', (_title, props, words) => {
    expect(refusal(props)).toContain(words);
  });

  test('let settings be none where Katib does', () => {
    experiment({ ...enas, algorithm: Algorithm.enas({ temperature: 'None', trainSteps: 1 }) });
    experiment({ ...darts, algorithm: Algorithm.darts({ batchSize: 'None', workers: 0 }) });
  });
});

/** A value that Katib might put in place of a parameter's placeholder. */
const sample = ({ space }: Parameter) => String('list' in space ? space.list[0] : space.max);

describe('any experiment that is not refused', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]?$/);
  // Mostly right, so that there is something to look at, with every kind of fault among them.
  const range = fc
    .record(
      {
        min: fc.constantFrom(1, 1, 2, 3, 10, 0, -5, 0.5),
        length: fc.constantFrom(1, 1, 2, 5, 10, 0, -1, 1e21),
        step: fc.constantFrom(1, 1, 0.1, 0),
        distribution: fc.constantFrom('uniform', 'logUniform', 'normal' as const),
      },
      { requiredKeys: ['min', 'length'] },
    )
    .map(({ length, ...more }) => ({ ...more, max: more.min + length }));
  const parameter = fc
    .tuple(
      fc.constantFrom('a', 'b-c', 'd_e', 'f.g', 'h', 'i', 'j}'),
      fc.constantFrom('int', 'double', 'discrete', 'categorical'),
      range,
    )
    .map(([called, type, { min, max, ...more }]) => {
      if (type === 'int') return Parameter.int(called, { min, max, ...more });
      if (type === 'double') return Parameter.double(called, { min, max, ...more });
      return type === 'discrete' ? Parameter.discrete(called, [min, max]) : Parameter.categorical(called, ['x', 'y']);
    });
  const algorithm = fc.oneof(
    fc.constantFrom(Algorithm.random(), Algorithm.grid(), Algorithm.cmaEs(), Algorithm.sobol(), Algorithm.bayesianOptimization()),
    fc.double({ noNaN: true, min: 0, max: 1 }).map((gamma) => Algorithm.tpe({ gamma })),
  );
  const kind = fc.constantFrom<TrainingJobProps>(
    { image, pytorch: { worker: 1 } },
    { image, mpi: { launcher: 1, worker: 2 } },
    { image, jax: { worker: 1 } },
    { image, tensorflow: { worker: 2 } },
    { runtime: Runtime.shipped('torch-distributed') },
  );
  const counts = fc.record(
    { maxTrialCount: fc.integer({ min: 2, max: 30 }), parallelTrialCount: fc.integer({ min: 0, max: 9 }) },
    { requiredKeys: [] },
  );

  test('has texts where Katib reads texts, one trial parameter for each placeholder, and trials that fit their schema', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        name,
        fc.uniqueArray(parameter, { minLength: 1, maxLength: 3, selector: ({ name: called }) => called }),
        algorithm,
        fc.option(kind),
        counts,
        (id, parameters, algorithm, kind, budget) => {
          const args = parameters.map(String);
          const built = kind
            ? Trial.trainingJob({ ...kind, command: ['train'], args } as TrainingJobProps)
            : Trial.job({ image, command: ['train'], args });
          const chart = teamChart();
          let search: HpoExperiment;
          try {
            search = new HpoExperiment(chart, id, { objective, algorithm, parameters, trial: built, ...budget });
          } catch (error) {
            expect((error as Error).name).toBe('ConstructError');
            return;
          }
          accepted++;
          const assembly = assembled(search);
          expect(errors(assembly)).toEqual([]);
          const { spec } = assembly.model.manifests[0] as unknown as { spec: Spec };
          const read = [
            ...spec.parameters.flatMap(({ feasibleSpace }) => Object.values(feasibleSpace).flat()),
            ...(spec.algorithm.algorithmSettings ?? []).map(({ value }) => value),
          ];
          expect(read.filter((value) => typeof value !== 'string')).toEqual([]);
          const { trialParameters, trialSpec } = spec.trialTemplate;
          expect(trialParameters.map(({ name: called }) => called)).toEqual(parameters.map(({ name: called }) => called));
          const text = parameters.reduce(
            (whole, each) => whole.replaceAll(placeholder(each.name), sample(each)),
            JSON.stringify(trialSpec),
          );
          expect(text).not.toContain('${');
          expect(errors(assembled(declared(JSON.parse(text), `${id}-abcdefgh`)))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(30);
  });
});

interface Spec {
  readonly parameters: readonly { readonly feasibleSpace: object }[];
  readonly algorithm: { readonly algorithmSettings?: readonly { readonly value: unknown }[] };
  readonly trialTemplate: { readonly trialParameters: readonly { readonly name: string }[]; readonly trialSpec: object };
}

const KINDS = [batch.jobs, trainer.trainjobs, kubeflow.pytorchjobs, kubeflow.mpijobs, kubeflow.jaxjobs, kubeflow.tfjobs];

/** A trial as Katib makes it, in an app of its own. */
function declared({ kind, apiVersion: _, ...body }: Record<string, unknown>, called: string) {
  const type = KINDS.find((known) => known.kind === kind) as Kind<{ spec: unknown }>;
  return new KubeObject(teamChart(), 'trial', type, { ...(body as { spec: unknown }), metadata: { name: called } });
}
