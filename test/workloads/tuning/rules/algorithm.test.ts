import { Algorithm, EarlyStopping, Operation, Parameter } from '../../../../lib';
import { ALGORITHM_RULES } from '../../../../lib/workloads/tuning/rules/algorithm';
import { darts, describeRules, enas, least, nas, population, rate, searching, size, two } from '../support';

describeRules(
  'rules of algorithms',
  ALGORITHM_RULES,
  {
    'katib/invalid-setting': {
      refused: [{ ...least, algorithm: Algorithm.tpe({ gamma: 1 }) }, 'gamma of tpe is 1, must be a number above 0 and below 1'],
      accepted: [{ ...least, algorithm: Algorithm.tpe({ gamma: 0.5, randomState: undefined }) }],
    },
    'katib/grid-without-step': {
      refused: [{ ...least, algorithm: Algorithm.grid() }, 'grid counts the values of doubles; give rate a step'],
      accepted: [searching([two[0] as Parameter], { algorithm: Algorithm.grid(), maxTrialCount: 11 })],
    },
    'katib/more-trials-than-grid': {
      refused: [
        searching(two, { algorithm: Algorithm.grid(), maxTrialCount: 23 }),
        'maxTrialCount 23 is more than the 22 combinations',
      ],
      accepted: [searching(two, { algorithm: Algorithm.grid(), maxTrialCount: 22 })],
    },
    'katib/bayesian-logarithm-of-zero': {
      refused: [
        searching([Parameter.double('a', { min: 0, max: 1 })], { algorithm: Algorithm.bayesianOptimization() }),
        'give a a min above 0',
      ],
      accepted: [searching([Parameter.int('a', { min: 0, max: 1 })], { algorithm: Algorithm.bayesianOptimization() })],
    },
    'katib/too-few-numbers': {
      refused: [
        searching([rate, Parameter.discrete('a', [1])], { algorithm: Algorithm.cmaEs() }),
        'at least 2 parameters that are int or double, not 1',
      ],
      accepted: [searching([rate, size], { algorithm: Algorithm.cmaEs() })],
    },
    'katib/hyperband-without-resource': {
      refused: [
        { ...least, algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 1 }) },
        'the resource size of hyperband is no parameter',
      ],
      accepted: [searching([rate, size], { algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 1 }) })],
    },
    'katib/too-few-parallel-trials': {
      refused: [
        searching([size], { algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 9 }), parallelTrialCount: 8 }),
        'parallelTrialCount 8 is less than the 9 trials',
      ],
      accepted: [
        searching([size], { algorithm: Algorithm.hyperband({ resource: size, resourceLimit: 9 }), parallelTrialCount: 9 }),
      ],
    },
    'katib/pbt-without-step': {
      refused: [searching([size], { algorithm: population(), resumePolicy: 'FromVolume' }), 'give size a step'],
      accepted: [searching([two[0] as Parameter], { algorithm: population(), resumePolicy: 'FromVolume' })],
    },
    'katib/pbt-without-volume': {
      refused: [
        searching([two[0] as Parameter], { algorithm: population() }),
        "give resumePolicy 'FromVolume' rather than 'Never'",
      ],
      accepted: [searching([two[0] as Parameter], { algorithm: population(), resumePolicy: 'FromVolume' })],
    },
    'katib/enas-without-sizes': { refused: [{ ...enas, nas }, 'enas needs inputSizes and outputSizes'], accepted: [enas] },
    'katib/no-layers': { refused: [{ ...darts, nas: { ...nas, layers: 0 } }, 'layers of the nas is 0'], accepted: [darts] },
    'katib/invalid-operation': {
      refused: [
        {
          ...enas,
          nas: {
            ...nas,
            inputSizes: [1],
            outputSizes: [1],
            operations: [Operation.of('mine', [rate]), Operation.of('yours', [])],
          },
        },
        'rate of mine is a double without a step; the operation yours has no parameter',
      ],
      accepted: [{ ...enas, nas: { ...nas, inputSizes: [1], outputSizes: [1], operations: [Operation.of('mine', two)] } }],
    },
    'katib/darts-without-list': {
      refused: [
        { ...darts, nas: { ...nas, operations: [Operation.of('mine', [size])] } },
        'darts reads only a list of mine, not the int size',
      ],
      accepted: [{ ...darts, nas: { ...nas, operations: [Operation.skipConnection()] } }],
    },
    'katib/invalid-early-stopping': {
      refused: [{ ...least, earlyStopping: EarlyStopping.median({ startStep: 0 }) }, 'startStep of the early stopping is 0'],
      accepted: [{ ...least, earlyStopping: EarlyStopping.median({ startStep: 1 }) }],
    },
  },
  {
    'katib/repeated-darts': { told: [{ ...darts, maxTrialCount: 2 }, 'further ones repeat it'], quiet: darts },
  },
);
