import { Objective } from '../../../../lib';
import { EXPERIMENT_RULES } from '../../../../lib/workloads/tuning/rules/experiment';
import { describeRules, least } from '../support';

describeRules(
  'rules of names, budgets and objectives',
  EXPERIMENT_RULES,
  {
    'kubernetes/invalid-service-name': {
      refused: [least, 'the name "1search" is not a DNS label', '1search'],
      accepted: [least, 'search1'],
    },
    'katib/name-too-long': { refused: [least, 'the name has 41 characters', 'a'.repeat(41)], accepted: [least, 'a'.repeat(40)] },
    'katib/invalid-budget': {
      refused: [{ ...least, maxTrialCount: 0, parallelTrialCount: 0, maxFailedTrialCount: -1 }, 'maxFailedTrialCount is -1'],
      accepted: [{ ...least, maxTrialCount: 1, parallelTrialCount: 1, maxFailedTrialCount: 0 }],
    },
    'katib/more-parallel-than-trials': {
      refused: [{ ...least, maxTrialCount: 2 }, 'parallelTrialCount 3, the default, is more than maxTrialCount 2'],
      accepted: [{ ...least, maxTrialCount: 2, parallelTrialCount: 2 }],
    },
    'katib/more-failures-than-trials': {
      refused: [{ ...least, maxFailedTrialCount: 13 }, 'maxFailedTrialCount 13 is more than maxTrialCount 12'],
      accepted: [{ ...least, maxFailedTrialCount: 12 }],
    },
    'katib/invalid-objective': {
      refused: [
        { ...least, objective: Objective.minimize('a', { additionalMetrics: ['a'] }) },
        'metric a is also an additional one',
      ],
      accepted: [{ ...least, objective: Objective.minimize('a', { additionalMetrics: ['b'] }) }],
    },
    'katib/unsplittable-metric': {
      refused: [{ ...least, objective: Objective.minimize('a;b') }, 'the metric "a;b" has a ";"'],
      accepted: [{ ...least, objective: Objective.minimize('a|b') }],
    },
    'katib/unknown-strategy': {
      refused: [
        { ...least, objective: Objective.minimize('a', { strategies: { b: 'max' } }) },
        'a strategy names b, which is no metric here',
      ],
      accepted: [{ ...least, objective: Objective.minimize('a', { strategies: { a: 'max' } }) }],
    },
    'katib/unknown-resume-policy': {
      refused: [{ ...least, resumePolicy: 'Always' as 'Never' }, 'resumePolicy is "Always"'],
      accepted: [{ ...least, resumePolicy: 'Never' }],
    },
  },
  {
    'katib/no-budget': {
      told: [{ ...least, maxTrialCount: undefined }, 'neither a maxTrialCount nor a goal'],
      quiet: { ...least, maxTrialCount: undefined, objective: Objective.minimize('loss', { goal: 0 }) },
    },
  },
);
