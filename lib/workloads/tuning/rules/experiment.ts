import { together } from '../../../core';
import { error, type Rule, warning } from '../../../core/rule';
import { SERVICE_NAME_RULE } from '../../service-name';
import { metricsOf } from '../objective';
import { type ExperimentFacts, parallelOf } from './facts';

/** Katib adds the names of algorithms and of trials. */
const LONGEST_NAME = 40;

const RESUME_POLICIES = ['Never', 'LongRunning', 'FromVolume'];

const STRATEGIES = ['min', 'max', 'latest'];

function count(facts: ExperimentFacts, field: 'maxTrialCount' | 'parallelTrialCount' | 'maxFailedTrialCount', least: number) {
  const value = facts[field];
  return value === undefined || (Number.isInteger(value) && value >= least)
    ? undefined
    : `${field} is ${value}, must be a whole number of at least ${least}`;
}

/** The rules of names, budgets and objectives. */
export const EXPERIMENT_RULES: readonly Rule<ExperimentFacts>[] = [
  SERVICE_NAME_RULE,
  error(
    'katib/name-too-long',
    "Katib calls Services and jobs after the experiment, with the algorithm's or the trial's name behind it.",
    ({ name }) =>
      name.length > LONGEST_NAME
        ? `the name has ${name.length} characters; an experiment's has at most ${LONGEST_NAME}`
        : undefined,
  ),
  error('katib/invalid-budget', "Katib's webhook takes whole numbers of trials, of which at least one runs.", (facts) =>
    together([count(facts, 'maxTrialCount', 1), count(facts, 'parallelTrialCount', 1), count(facts, 'maxFailedTrialCount', 0)]),
  ),
  error('katib/more-parallel-than-trials', "Katib's webhook refuses more trials at a time than there are at all.", (facts) => {
    const { count: parallel, words } = parallelOf(facts);
    const { maxTrialCount: max = Number.POSITIVE_INFINITY } = facts;
    return parallel > max ? `${words} is more than maxTrialCount ${max}; give a parallelTrialCount of at most ${max}` : undefined;
  }),
  error(
    'katib/more-failures-than-trials',
    "Katib's webhook refuses more failed trials than there are at all.",
    ({ maxFailedTrialCount: failed = 0, maxTrialCount: max = Number.POSITIVE_INFINITY }) =>
      failed > max ? `maxFailedTrialCount ${failed} is more than maxTrialCount ${max}` : undefined,
  ),
  error(
    'katib/invalid-objective',
    "Katib's webhook takes an objective with one metric, which is no additional one.",
    ({ objective: { metric, options } }) =>
      together([
        metric === '' ? 'the objective names no metric' : undefined,
        options.additionalMetrics?.includes(metric)
          ? `the objective's metric ${metric} is also an additional one; leave it out there`
          : undefined,
      ]),
  ),
  // The collector gets the names as one text.
  error(
    'katib/unsplittable-metric',
    'The collector gets the names of metrics as one text, split at semicolons.',
    ({ objective }) => {
      const wrong = metricsOf(objective).find((metric) => metric.includes(';'));
      return wrong === undefined ? undefined : `the metric ${JSON.stringify(wrong)} has a ";", at which Katib splits names`;
    },
  ),
  error(
    'katib/unknown-strategy',
    'Katib ignores strategies of metrics that it does not collect, and refuses strategies that it does not know.',
    ({ objective }) =>
      together(
        Object.entries(objective.options.strategies ?? {}).map(([metric, strategy]) => {
          if (!metricsOf(objective).includes(metric))
            return `a strategy names ${metric}, which is no metric here; the metrics are ${metricsOf(objective).join(', ')}`;
          return STRATEGIES.includes(strategy)
            ? undefined
            : `the strategy of ${metric} is ${JSON.stringify(strategy)}, must be one of ${STRATEGIES.join(', ')}`;
        }),
      ),
  ),
  error('katib/unknown-resume-policy', "Katib's webhook refuses a policy that it does not know.", ({ resumePolicy }) =>
    resumePolicy === undefined || RESUME_POLICIES.includes(resumePolicy)
      ? undefined
      : `resumePolicy is ${JSON.stringify(resumePolicy)}, must be one of ${RESUME_POLICIES.join(', ')}`,
  ),
  warning(
    'katib/no-budget',
    'An experiment with neither a budget nor a goal makes trials until somebody ends it.',
    ({ maxTrialCount, objective }) =>
      maxTrialCount === undefined && objective.options.goal === undefined
        ? 'the experiment has neither a maxTrialCount nor a goal, so it does not end by itself'
        : undefined,
  ),
];
