import * as fc from 'fast-check';
import {
  Algorithm,
  type BayesianOptimizationSettings,
  type CmaEsSettings,
  type DartsSettings,
  type EnasSettings,
  type HyperbandSettings,
  type MultivariateTpeSettings,
  Parameter,
  type PopulationBasedTrainingSettings,
  type RandomSettings,
  type Range,
  type TpeSettings,
} from '../../../../lib';
import { type Every, oneOf, options, whole } from '../options';

/** Mostly what is allowed, with every kind of fault among it. */
const mostly = <Value>(right: fc.Arbitrary<Value>, wrong: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 19, arbitrary: right }, { weight: 1, arbitrary: wrong });

const rangeOptions: Every<Range> = {
  min: mostly(oneOf(1, 2, 3, 10), oneOf(0, -5, 0.5, 1e-7)),
  // From the min.
  max: mostly(oneOf(0, 1, 2, 5, 10), oneOf(-1, 1e21)),
  step: mostly(oneOf(1, 2), oneOf(0, 0.1)),
  distribution: oneOf('uniform', 'uniform', 'logUniform', 'normal', 'logNormal'),
};

const range = options(rangeOptions, ['min', 'max'], 1 / 3).map((given) => ({ ...given, max: given.min + given.max }));
const finer = fc.tuple(range, oneOf(1, 10, 1e-7)).map(([{ min, max, ...given }, unit]) => ({
  ...given,
  min: min * unit,
  max: max * unit,
  ...(given.step && { step: given.step * unit }),
}));
const called = mostly(oneOf('a', 'b-c', 'd_e', 'f.g', 'H1', 'i'), oneOf('j}', 'trialName'));

/** A parameter that is searched. */
const parameter: fc.Arbitrary<Parameter> = fc.oneof(
  fc.tuple(called, range).map(([name, given]) => Parameter.int(name, given)),
  fc.tuple(called, finer).map(([name, given]) => Parameter.double(name, given)),
  fc.tuple(called, oneOf([16, 32], [0.5, -1, 1e-7], [])).map(([name, list]) => Parameter.discrete(name, list)),
  fc.tuple(called, oneOf(['sgd', 'adam'], ['a b', ''], ['only'])).map(([name, list]) => Parameter.categorical(name, list)),
);

export const parameters = fc.uniqueArray(parameter, { minLength: 1, maxLength: 3, selector: ({ name }) => name });

const random: Every<RandomSettings> = { randomState: whole(0, 9) };
const tpe: Every<TpeSettings> = { ...random, gamma: oneOf(0.25, 0.5, 1), priorWeight: oneOf(1, 0.5), candidates: whole(1, 24) };
const multivariateTpe: Every<MultivariateTpeSettings> = { ...random, startupTrials: whole(0, 9), candidates: whole(0, 24) };
const bayesian: Every<BayesianOptimizationSettings> = {
  ...random,
  baseEstimator: oneOf('GP', 'RF', 'ET', 'GBRT'),
  initialPoints: whole(0, 10),
  acquisitionFunction: oneOf('gp_hedge', 'LCB', 'EI', 'PI', 'EIps', 'PIps'),
  acquisitionOptimizer: oneOf('auto', 'sampling', 'lbfgs'),
};
const cmaEs: Every<CmaEsSettings> = {
  restartStrategy: oneOf('ipop', 'bipop', 'none'),
  sigma: oneOf(0.1, 1),
  randomState: whole(-9, 9),
};
const hyperband: Every<Omit<HyperbandSettings, 'resource'>> = { resourceLimit: oneOf(1, 9, 2.5, 0), eta: whole(2, 4) };
const population: Every<PopulationBasedTrainingSettings> = {
  population: whole(5, 20),
  truncationThreshold: oneOf(0, 0.2, 1),
  trialDirectory: oneOf('/opt/katib/data'),
};
const orNone = oneOf(0.5, 5, 'None' as const);
const enas: Every<EnasSettings> = {
  hiddenSize: whole(1, 64),
  temperature: orNone,
  tanhConst: orNone,
  entropyWeight: orNone,
  baselineDecay: oneOf(0.5, 1),
  learningRate: oneOf(0.1, 1),
  skipTarget: oneOf(0.4, 1),
  skipWeight: orNone,
  trainSteps: whole(1, 50),
  logEverySteps: whole(1, 10),
};
const rate = oneOf(0, 0.025, 5);
const darts: Every<DartsSettings> = {
  epochs: whole(1, 50),
  weightLearningRate: rate,
  weightLearningRateMin: rate,
  weightMomentum: rate,
  weightDecay: rate,
  weightGradClip: rate,
  alphaLearningRate: rate,
  alphaWeightDecay: rate,
  batchSize: oneOf(1, 128, 'None' as const),
  workers: whole(0, 4),
  initChannels: whole(1, 16),
  printStep: whole(1, 50),
  nodes: whole(1, 4),
  stemMultiplier: whole(1, 3),
};

/** An algorithm that searches parameters, those of an experiment. */
export function algorithmOver([first]: readonly Parameter[]): fc.Arbitrary<Algorithm> {
  return fc.oneof(
    options(random, [], 1 / 2).map(Algorithm.random),
    options(tpe, [], 1 / 2).map(Algorithm.tpe),
    options(multivariateTpe, [], 1 / 2).map(Algorithm.multivariateTpe),
    options(random, [], 1 / 2).map(Algorithm.grid),
    options(bayesian, [], 1 / 2).map(Algorithm.bayesianOptimization),
    options(cmaEs, [], 1 / 2).map(Algorithm.cmaEs),
    fc.constant(Algorithm.sobol()),
    options(hyperband, ['resourceLimit'], 1 / 2).map((given) => Algorithm.hyperband({ ...given, resource: first as Parameter })),
    options(population, ['population', 'truncationThreshold', 'trialDirectory']).map(Algorithm.populationBasedTraining),
    fc.constant(Algorithm.named('own', { depth: 3 })),
  );
}

/** The algorithms that search networks. */
export const enasAlgorithm = options(enas, [], 1 / 4).map(Algorithm.enas);
export const dartsAlgorithm = options(darts, [], 1 / 4).map(Algorithm.darts);
