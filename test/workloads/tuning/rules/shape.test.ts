import { SHAPE_RULES } from '../../../../lib/workloads/tuning/rules/shape';
import { describeRules, least } from '../support';

describeRules('rules of the shape of the spec', SHAPE_RULES, {
  'katib/invalid-experiment': {
    refused: [
      { ...least, overrides: { objective: { goals: 1 } } },
      'spec.objective.goals unknown field "goals"; did you mean "goal"?',
    ],
    accepted: [{ ...least, overrides: { objective: { goal: 1 } } }],
  },
});
