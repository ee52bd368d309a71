import type { Distribution } from './parameter';
import {
  ABOVE_0_TO_1,
  ABSOLUTE_PATH,
  ANY_NUMBER,
  ANY_WHOLE,
  atLeast,
  BETWEEN_0_AND_1,
  FROM_0_TO_1,
  oneOf,
  orNone,
  POSITIVE,
  type Setting,
  type SettingsOf,
  setting,
  whole,
} from './settings';

/** Settings of a search that draws at random. */
export interface RandomSettings {
  /** Seed, a whole number of at least 0. Katib's `random_state`. @default - another one each time */
  readonly randomState?: number;
}

/** Settings of a tree of Parzen estimators. */
export interface TpeSettings extends RandomSettings {
  /** Share of the trials that count as good, above 0 and below 1. Katib's `gamma`. @default - the library's */
  readonly gamma?: number;
  /** Weight of the prior, above 0. Katib's `prior_weight`. @default - the library's */
  readonly priorWeight?: number;
  /** Candidates for each suggestion, at least 1. Katib's `n_EI_candidates`. @default - the library's */
  readonly candidates?: number;
}

/** Settings of a tree of Parzen estimators that sees parameters together. */
export interface MultivariateTpeSettings extends RandomSettings {
  /** Trials drawn at random before the model is used, at least 0. Katib's `n_startup_trials`. @default - the library's */
  readonly startupTrials?: number;
  /** Candidates for each suggestion, at least 0. Katib's `n_ei_candidates`. @default - the library's */
  readonly candidates?: number;
}

/** Settings of Bayesian optimization. It searches doubles on a logarithmic scale. */
export interface BayesianOptimizationSettings extends RandomSettings {
  /** Surrogate model: a Gaussian process, a forest, extremely random trees, or gradient boosted trees. Katib's `base_estimator`. @default 'GP' */
  readonly baseEstimator?: 'GP' | 'RF' | 'ET' | 'GBRT';
  /** Trials drawn at random before the model is used, at least 0. Katib's `n_initial_points`. @default 10 */
  readonly initialPoints?: number;
  /** Katib's `acq_func`. @default 'gp_hedge' */
  readonly acquisitionFunction?: 'gp_hedge' | 'LCB' | 'EI' | 'PI' | 'EIps' | 'PIps';
  /** Katib's `acq_optimizer`. @default 'auto' */
  readonly acquisitionOptimizer?: 'auto' | 'sampling' | 'lbfgs';
}

/** Settings of the covariance matrix adaptation. */
export interface CmaEsSettings {
  /** Katib's `restart_strategy`. @default 'none' */
  readonly restartStrategy?: 'ipop' | 'bipop' | 'none';
  /** Initial standard deviation. Katib's `sigma`. @default - the library's */
  readonly sigma?: number;
  /** Seed, a whole number. Katib's `random_state`. @default - another one each time */
  readonly randomState?: number;
}

/** Settings of hyperband that are numbers. */
export interface HyperbandNumbers {
  /** Most of the resource that one trial gets, at least 1. Katib's `r_l`. */
  readonly resourceLimit: number;
  /** One of so many trials goes on with so many times the resource, at least 2. Katib's `eta`. @default 3 */
  readonly eta?: number;
}

/** Settings of population based training. */
export interface PopulationBasedTrainingSettings {
  /** Trials of a generation, at least 5. Katib's `n_population`. */
  readonly population: number;
  /** Share of the population that is replaced, from 0 to 1. Katib's `truncation_threshold`. */
  readonly truncationThreshold: number;
  /** Where trials find and leave their checkpoints, an absolute path; Katib mounts its volume there. Katib's `suggestion_trial_dir`. */
  readonly trialDirectory: string;
}

/** A number, or none. */
type OrNone = number | 'None';

/** Settings of the controller of ENAS. */
export interface EnasSettings {
  /** At least 1. Katib's `controller_hidden_size`. @default - Katib's */
  readonly hiddenSize?: number;
  /** Above 0. Katib's `controller_temperature`. @default - Katib's */
  readonly temperature?: OrNone;
  /** Above 0. Katib's `controller_tanh_const`. @default - Katib's */
  readonly tanhConst?: OrNone;
  /** Above 0. Katib's `controller_entropy_weight`. @default - Katib's */
  readonly entropyWeight?: OrNone;
  /** Above 0, at most 1. Katib's `controller_baseline_decay`. @default - Katib's */
  readonly baselineDecay?: number;
  /** Above 0, at most 1. Katib's `controller_learning_rate`. @default - Katib's */
  readonly learningRate?: number;
  /** Above 0, at most 1. Katib's `controller_skip_target`. @default - Katib's */
  readonly skipTarget?: number;
  /** Above 0. Katib's `controller_skip_weight`. @default - Katib's */
  readonly skipWeight?: OrNone;
  /** At least 1. Katib's `controller_train_steps`. @default - Katib's */
  readonly trainSteps?: number;
  /** At least 1. Katib's `controller_log_every_steps`. @default - Katib's */
  readonly logEverySteps?: number;
}

/** Settings of DARTS, which its trial reads. */
export interface DartsSettings {
  /** At least 1. Katib's `num_epochs`. @default 50 */
  readonly epochs?: number;
  /** Learning rate of the weights, at least 0. Katib's `w_lr`. @default 0.025 */
  readonly weightLearningRate?: number;
  /** Smallest learning rate of the weights, at least 0. Katib's `w_lr_min`. @default 0.001 */
  readonly weightLearningRateMin?: number;
  /** At least 0. Katib's `w_momentum`. @default 0.9 */
  readonly weightMomentum?: number;
  /** At least 0. Katib's `w_weight_decay`. @default 0.0003 */
  readonly weightDecay?: number;
  /** At least 0. Katib's `w_grad_clip`. @default 5 */
  readonly weightGradClip?: number;
  /** Learning rate of the architecture, at least 0. Katib's `alpha_lr`. @default 0.0003 */
  readonly alphaLearningRate?: number;
  /** At least 0. Katib's `alpha_weight_decay`. @default 0.001 */
  readonly alphaWeightDecay?: number;
  /** At least 1. Katib's `batch_size`. @default 128 */
  readonly batchSize?: OrNone;
  /** Processes that load data, at least 0. Katib's `num_workers`. @default 4 */
  readonly workers?: number;
  /** At least 1. Katib's `init_channels`. @default 16 */
  readonly initChannels?: number;
  /** At least 1. Katib's `print_step`. @default 50 */
  readonly printStep?: number;
  /** Nodes of a cell, at least 1. Katib's `num_nodes`. @default 4 */
  readonly nodes?: number;
  /** At least 1. Katib's `stem_multiplier`. @default 3 */
  readonly stemMultiplier?: number;
}

/** An algorithm of the release. */
export interface AlgorithmKind {
  readonly settings: Readonly<Record<string, Setting>>;
  /** Settings that it does not work without. */
  readonly required?: readonly string[];
  /** Distributions that it honours; it takes others for uniform without a word. */
  readonly distributions: readonly Distribution[];
  /** Whether it searches architectures rather than parameters; what it suggests then, by name of the trial parameter. */
  readonly architecture?: readonly string[];
}

const SEED = setting('random_state', whole(0));
const RANDOM: SettingsOf<RandomSettings> = { randomState: SEED };
const TPE: SettingsOf<TpeSettings> = {
  ...RANDOM,
  gamma: setting('gamma', BETWEEN_0_AND_1),
  priorWeight: setting('prior_weight', POSITIVE),
  candidates: setting('n_EI_candidates', whole(1)),
};
const MULTIVARIATE_TPE: SettingsOf<MultivariateTpeSettings> = {
  ...RANDOM,
  startupTrials: setting('n_startup_trials', whole(0)),
  candidates: setting('n_ei_candidates', whole(0)),
};
const BAYESIAN: SettingsOf<BayesianOptimizationSettings> = {
  ...RANDOM,
  baseEstimator: setting('base_estimator', oneOf(['GP', 'RF', 'ET', 'GBRT'])),
  initialPoints: setting('n_initial_points', whole(0)),
  acquisitionFunction: setting('acq_func', oneOf(['gp_hedge', 'LCB', 'EI', 'PI', 'EIps', 'PIps'])),
  acquisitionOptimizer: setting('acq_optimizer', oneOf(['auto', 'sampling', 'lbfgs'])),
};
const CMA_ES: SettingsOf<CmaEsSettings> = {
  restartStrategy: setting('restart_strategy', oneOf(['ipop', 'bipop', 'none'])),
  sigma: setting('sigma', ANY_NUMBER),
  randomState: setting('random_state', ANY_WHOLE),
};
const HYPERBAND: SettingsOf<HyperbandNumbers & { readonly resource: string }> = {
  resource: setting('resource_name', { allowed: 'a parameter', holds: (value) => value !== '' }),
  // The logarithm of less breaks the service.
  resourceLimit: setting('r_l', atLeast(1)),
  // 1 divides by zero, and less is taken for 3.
  eta: setting('eta', whole(2)),
};
const POPULATION: SettingsOf<PopulationBasedTrainingSettings> = {
  population: setting('n_population', whole(5)),
  truncationThreshold: setting('truncation_threshold', FROM_0_TO_1),
  trialDirectory: setting('suggestion_trial_dir', ABSOLUTE_PATH),
};
const ENAS: SettingsOf<EnasSettings> = {
  hiddenSize: setting('controller_hidden_size', whole(1)),
  temperature: setting('controller_temperature', orNone(POSITIVE)),
  tanhConst: setting('controller_tanh_const', orNone(POSITIVE)),
  entropyWeight: setting('controller_entropy_weight', orNone(POSITIVE)),
  baselineDecay: setting('controller_baseline_decay', ABOVE_0_TO_1),
  learningRate: setting('controller_learning_rate', ABOVE_0_TO_1),
  skipTarget: setting('controller_skip_target', ABOVE_0_TO_1),
  skipWeight: setting('controller_skip_weight', orNone(POSITIVE)),
  trainSteps: setting('controller_train_steps', whole(1)),
  logEverySteps: setting('controller_log_every_steps', whole(1)),
};
const DARTS: SettingsOf<DartsSettings> = {
  epochs: setting('num_epochs', whole(1)),
  weightLearningRate: setting('w_lr', atLeast(0)),
  weightLearningRateMin: setting('w_lr_min', atLeast(0)),
  weightMomentum: setting('w_momentum', atLeast(0)),
  weightDecay: setting('w_weight_decay', atLeast(0)),
  weightGradClip: setting('w_grad_clip', atLeast(0)),
  alphaLearningRate: setting('alpha_lr', atLeast(0)),
  alphaWeightDecay: setting('alpha_weight_decay', atLeast(0)),
  batchSize: setting('batch_size', orNone(whole(1))),
  workers: setting('num_workers', whole(0)),
  initChannels: setting('init_channels', whole(1)),
  printStep: setting('print_step', whole(1)),
  nodes: setting('num_nodes', whole(1)),
  stemMultiplier: setting('stem_multiplier', whole(1)),
};

const ALL: readonly Distribution[] = ['uniform', 'logUniform', 'normal', 'logNormal'];
const UNIFORM: readonly Distribution[] = ['uniform'];

/**
 * The algorithms that the release is configured with.
 *
 * @see https://github.com/kubeflow/katib/tree/v0.19.0/pkg/suggestion/v1beta1
 */
export const ALGORITHMS = {
  random: { settings: RANDOM, distributions: ALL },
  tpe: { settings: TPE, distributions: ALL },
  'multivariate-tpe': { settings: MULTIVARIATE_TPE, distributions: ['uniform', 'logUniform'] },
  grid: { settings: RANDOM, distributions: UNIFORM },
  // Whatever it is told, it takes the logarithm of doubles.
  bayesianoptimization: { settings: BAYESIAN, distributions: ['uniform', 'logUniform'] },
  cmaes: { settings: CMA_ES, distributions: UNIFORM },
  sobol: { settings: {}, distributions: UNIFORM },
  hyperband: { settings: HYPERBAND, required: ['resource', 'resourceLimit'], distributions: UNIFORM },
  pbt: { settings: POPULATION, required: ['population', 'truncationThreshold', 'trialDirectory'], distributions: UNIFORM },
  enas: { settings: ENAS, distributions: UNIFORM, architecture: ['architecture', 'nn_config'] },
  darts: { settings: DARTS, distributions: UNIFORM, architecture: ['algorithm-settings', 'search-space', 'num-layers'] },
} as const satisfies Record<string, AlgorithmKind>;

/** Name of an algorithm of the release. */
export type AlgorithmName = keyof typeof ALGORITHMS;

/** The algorithm of a name; undefined for one that the release does not have. */
export function algorithmKind(name: string): AlgorithmKind | undefined {
  return Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name as AlgorithmName] : undefined;
}

/** Names that go around, and why they are no algorithms. */
export const ABSENT: Readonly<Record<string, string>> = {
  bohb: 'is a proposal that Katib never built; the nearest are hyperband, which stops bad trials, and tpe, which models good ones',
  asha: 'is no algorithm of Katib; the nearest is hyperband, or early stopping by the median',
  nasrl: 'was an earlier name; it is enas',
  'skopt-bayesian-optimization': 'was an earlier name; it is bayesianoptimization',
};
