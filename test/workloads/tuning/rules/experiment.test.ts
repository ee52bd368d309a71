import { Objective } from '../../../../lib';
import { EXPERIMENT_RULES } from '../../../../lib/workloads/tuning/rules/experiment';
import { describeRules, least } from '../support';

describeRules(
  'rules of names, budgets and objectives',
  EXPERIMENT_RULES,
  {
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
  },
  {
    'HPO-31': {
      told: [{ ...least, maxTrialCount: undefined }, 'neither a maxTrialCount nor a goal'],
      quiet: { ...least, maxTrialCount: undefined, objective: Objective.minimize('loss', { goal: 0 }) },
    },
  },
);
