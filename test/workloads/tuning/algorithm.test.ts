import { Algorithm, Parameter } from '../../../lib';
import { experiment, searching } from './support';

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
