import { together } from '../../../core';
import { nameRule } from '../../rule';
import { metricsOf } from '../objective';
import { type ExperimentFacts, error, parallelOf, warning } from './facts';

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
export const EXPERIMENT_RULES = [
  nameRule('HPO-1'),
  error('HPO-1-length', ({ name }) =>
    name.length > LONGEST_NAME
      ? `the name has ${name.length} characters; an experiment's has at most ${LONGEST_NAME}`
      : undefined,
  ),
  error('HPO-2', (facts) =>
    together([count(facts, 'maxTrialCount', 1), count(facts, 'parallelTrialCount', 1), count(facts, 'maxFailedTrialCount', 0)]),
  ),
  error('HPO-2-parallel', (facts) => {
    const { count: parallel, words } = parallelOf(facts);
    const { maxTrialCount: max = Number.POSITIVE_INFINITY } = facts;
    return parallel > max ? `${words} is more than maxTrialCount ${max}; give a parallelTrialCount of at most ${max}` : undefined;
  }),
  error('HPO-2-failed', ({ maxFailedTrialCount: failed = 0, maxTrialCount: max = Number.POSITIVE_INFINITY }) =>
    failed > max ? `maxFailedTrialCount ${failed} is more than maxTrialCount ${max}` : undefined,
  ),
  error('HPO-3', ({ objective: { metric, options } }) =>
    together([
      metric === '' ? 'the objective names no metric' : undefined,
      options.additionalMetrics?.includes(metric)
        ? `the objective's metric ${metric} is also an additional one; leave it out there`
        : undefined,
    ]),
  ),
  // The collector gets the names as one text.
  error('HPO-3-name', ({ objective }) => {
    const wrong = metricsOf(objective).find((metric) => metric.includes(';'));
    return wrong === undefined ? undefined : `the metric ${JSON.stringify(wrong)} has a ";", at which Katib splits names`;
  }),
  error('HPO-3-strategy', ({ objective }) =>
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
  error('HPO-6', ({ resumePolicy }) =>
    resumePolicy === undefined || RESUME_POLICIES.includes(resumePolicy)
      ? undefined
      : `resumePolicy is ${JSON.stringify(resumePolicy)}, must be one of ${RESUME_POLICIES.join(', ')}`,
  ),
  warning('HPO-31', ({ maxTrialCount, objective }) =>
    maxTrialCount === undefined && objective.options.goal === undefined
      ? 'the experiment has neither a maxTrialCount nor a goal, so it does not end by itself'
      : undefined,
  ),
];
