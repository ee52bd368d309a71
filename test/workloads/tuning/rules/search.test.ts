import { Algorithm, Parameter } from '../../../../lib';
import { SEARCH_RULES } from '../../../../lib/workloads/tuning/rules/search';
import { darts, describeRules, least, rate, searching, size, using } from '../support';

describeRules('rules of parameters', SEARCH_RULES, {
  'katib/parameters-and-nas': {
    refused: [{ ...least, parameters: [], trial: using() }, 'searches parameters or a nas; give one of them'],
    accepted: [darts],
  },
  'katib/invalid-space': {
    refused: [searching([Parameter.double('a', { min: 2, max: 1 })]), 'the parameter a has the min 2 above its max 1'],
    accepted: [searching([Parameter.double('a', { min: 1, max: 1 })])],
  },
  'katib/invalid-discrete-value': {
    refused: [searching([Parameter.discrete('a', [1, Number.NaN])]), 'lists NaN, which is no number'],
    accepted: [searching([Parameter.discrete('a', [1, -2])])],
  },
  'katib/repeated-parameter': {
    refused: [searching([rate, Parameter.int('rate', { min: 1, max: 2 })]), 'several parameters are called rate'],
    accepted: [searching([rate, size])],
  },
  'katib/unknown-distribution': {
    refused: [
      searching([Parameter.double('a', { min: 1, max: 2, distribution: 'lognormal' as 'logNormal' })]),
      'the distribution "lognormal", must be one of uniform',
    ],
    accepted: [searching([Parameter.double('a', { min: 1, max: 2, distribution: 'logNormal' })])],
  },
  'katib/logarithm-of-zero': {
    refused: [
      searching([Parameter.double('a', { min: 0, max: 2, distribution: 'logUniform' })]),
      'a logarithm needs a min above 0',
    ],
    accepted: [searching([Parameter.double('a', { min: 0, max: 2, distribution: 'normal' })])],
  },
  'katib/ignored-distribution': {
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
});
