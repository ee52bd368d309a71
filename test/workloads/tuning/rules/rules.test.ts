import { Algorithm, type HpoExperimentProps, Objective, Parameter } from '../../../../lib';
import { darts, enas, experiment, least, nas, population, rate, refusal, searching, using } from '../support';

describe('rules of experiments', () => {
  test('are told together', () => {
    const message = refusal({ ...least, maxTrialCount: 0, algorithm: Algorithm.named('asha'), trial: using() }, '1search');
    expect(message).toMatch(/^team\/1search: /);
    expect(message.match(/\(katib\//g)?.length).toBeGreaterThan(3);
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
