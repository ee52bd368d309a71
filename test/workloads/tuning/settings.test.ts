import {
  Algorithm,
  type BayesianOptimizationSettings,
  type CmaEsSettings,
  type DartsSettings,
  EarlyStopping,
  type EnasSettings,
  type HpoExperimentProps,
  type MultivariateTpeSettings,
  type PopulationBasedTrainingSettings,
  type RandomSettings,
  type TpeSettings,
} from '../../../lib';
import { ALGORITHMS } from '../../../lib/components/katib/algorithms';
import { algorithmKind } from '../../../lib/workloads/tuning/algorithms';
import { darts, enas, experiment, least, population, refusal, searching, size, two } from './support';

/** For each setting the values at its bounds: the last ones that are allowed, and the first ones that are not. */
type Bounds<Settings> = {
  readonly [Name in keyof Settings]-?: readonly [allowed: readonly unknown[], refused: readonly unknown[]];
};

const NONE = 'None';
const seed: Bounds<RandomSettings> = {
  randomState: [
    [0, 9],
    [-1, 0.5],
  ],
};
const aboveZero = [
  [1e-9, 5, NONE],
  [0, -1, 'none'],
] as const;
const upToOne = [
  [1e-9, 1],
  [0, 1.01, NONE],
] as const;
const fromZero = [
  [0, 9],
  [-0.1, Number.NaN],
] as const;
const fromOne = [
  [1, 9],
  [0, 1.5],
] as const;

/** Every setting, which the compiler sees to. */
const bounds = <Settings>(of: Bounds<Settings>): Bounds<Record<string, unknown>> => of;

/** An experiment with one setting of its algorithm. */
type Give = (settings: object) => HpoExperimentProps;

const numbers =
  (algorithm: (settings: object) => Algorithm): Give =>
  (settings) =>
    searching([...two], { algorithm: algorithm(settings) });

const TABLE: Readonly<Record<string, readonly [Give, ReturnType<typeof bounds>]>> = {
  random: [numbers(Algorithm.random), bounds<RandomSettings>(seed)],
  tpe: [
    numbers(Algorithm.tpe),
    bounds<TpeSettings>({
      ...seed,
      gamma: [
        [0.001, 0.999],
        [0, 1],
      ],
      priorWeight: [
        [0.001, 2],
        [0, -1],
      ],
      candidates: fromOne,
    }),
  ],
  'multivariate-tpe': [
    numbers(Algorithm.multivariateTpe),
    bounds<MultivariateTpeSettings>({
      ...seed,
      startupTrials: [
        [0, 3],
        [-1, 0.5],
      ],
      candidates: [
        [0, 3],
        [-1, 0.5],
      ],
    }),
  ],
  grid: [numbers(Algorithm.grid), bounds<RandomSettings>(seed)],
  bayesianoptimization: [
    numbers(Algorithm.bayesianOptimization),
    bounds<BayesianOptimizationSettings>({
      ...seed,
      baseEstimator: [['GP', 'RF', 'ET', 'GBRT'], ['gp']],
      initialPoints: [
        [0, 10],
        [-1, 0.5],
      ],
      acquisitionFunction: [['gp_hedge', 'LCB', 'EI', 'PI', 'EIps', 'PIps'], ['UCB']],
      acquisitionOptimizer: [['auto', 'sampling', 'lbfgs'], ['adam']],
    }),
  ],
  cmaes: [
    numbers(Algorithm.cmaEs),
    bounds<CmaEsSettings>({
      restartStrategy: [['ipop', 'bipop', 'none'], [NONE]],
      sigma: [
        [-1, 0.5],
        ['0.5', Number.POSITIVE_INFINITY],
      ],
      randomState: [[-1, 0], [0.5]],
    }),
  ],
  sobol: [numbers(() => Algorithm.sobol()), {}],
  hyperband: [
    (settings) =>
      searching([size], {
        algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 9, ...settings }),
        maxTrialCount: 100,
        parallelTrialCount: 100,
      }),
    bounds<{ resourceLimit: number; eta: number }>({
      resourceLimit: [
        [1, 9.5],
        [0, 0.99],
      ],
      eta: [
        [2, 3],
        [1, 0, 2.5],
      ],
    }),
  ],
  pbt: [
    (settings) => searching([two[0] as (typeof two)[number]], { algorithm: population(settings), resumePolicy: 'FromVolume' }),
    bounds<PopulationBasedTrainingSettings>({
      population: [
        [5, 6],
        [4, 5.5],
      ],
      truncationThreshold: [
        [0, 1],
        [-0.01, 1.01],
      ],
      trialDirectory: [['/opt/katib/data'], ['data', '']],
    }),
  ],
  enas: [
    (settings) => ({ ...enas, algorithm: Algorithm.enas(settings) }),
    bounds<EnasSettings>({
      hiddenSize: fromOne,
      temperature: aboveZero,
      tanhConst: aboveZero,
      entropyWeight: aboveZero,
      baselineDecay: upToOne,
      learningRate: upToOne,
      skipTarget: upToOne,
      skipWeight: aboveZero,
      trainSteps: fromOne,
      logEverySteps: fromOne,
    }),
  ],
  darts: [
    (settings) => ({ ...darts, algorithm: Algorithm.darts(settings) }),
    bounds<DartsSettings>({
      epochs: fromOne,
      weightLearningRate: fromZero,
      weightLearningRateMin: fromZero,
      weightMomentum: fromZero,
      weightDecay: fromZero,
      weightGradClip: fromZero,
      alphaLearningRate: fromZero,
      alphaWeightDecay: fromZero,
      batchSize: [
        [1, 128, NONE],
        [0, 1.5],
      ],
      workers: [
        [0, 4],
        [-1, 0.5],
      ],
      initChannels: fromOne,
      printStep: fromOne,
      nodes: fromOne,
      stemMultiplier: fromOne,
    }),
  ],
};

test('every algorithm of the release is in the table', () => {
  expect(Object.keys(TABLE).sort()).toEqual(Object.keys(ALGORITHMS).sort());
});

describe.each(Object.entries(TABLE))('%s', (name, [give, settings]) => {
  test('has these settings', () => {
    const known = Object.keys(algorithmKind(name)?.settings ?? {}).filter((setting) => setting !== 'resource');
    expect(Object.keys(settings).sort()).toEqual(known.sort());
  });

  test('takes each up to its bounds', () => {
    for (const [setting, [allowed]] of Object.entries(settings))
      for (const value of allowed)
        expect([setting, experiment(give({ [setting]: value })).kind]).toEqual([setting, 'Experiment']);
  });

  test('refuses what lies beyond', () => {
    for (const [setting, [, refused]] of Object.entries(settings))
      for (const value of refused) expect(refusal(give({ [setting]: value }))).toContain(`${setting} of ${name} is`);
  });

  test('refuses a setting that it does not have', () => {
    expect(refusal({ ...give({}), algorithm: Algorithm.named(name, { colour: 1 }) })).toContain(`${name} has no setting colour`);
  });
});

test.each(['minTrialsRequired', 'startStep'])('medianstop takes %s from 1 on', (setting) => {
  const stopping = (value: number) => ({ ...least, earlyStopping: EarlyStopping.median({ [setting]: value }) });
  experiment(stopping(1));
  for (const value of [0, 1.5]) expect(refusal(stopping(value))).toContain(`${setting} of the early stopping is ${value}`);
});
