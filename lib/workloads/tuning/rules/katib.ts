import { groupOf, versionOf } from '../../../core/kind';
import { error, type Rule } from '../../../core/rule';
import { nearest } from '../../../core/schemas/nearest';
import { ABSENT } from '../algorithms';
import type { ExperimentFacts } from './facts';

/** Collectors that Katib neither configures nor injects. */
const BROUGHT = ['Custom', 'Push'];

const REMEDY = "where the experiment's Katib has it, declare that before, or give katib";

/** The rules of what a Katib is configured with. */
export const KATIB_RULES: readonly Rule<ExperimentFacts>[] = [
  error(
    'katib/unknown-algorithm',
    'Katib runs the algorithms that it is configured with, and an experiment with another one never starts.',
    ({ algorithm: { name }, katib: { words, algorithms } }) => {
      if (algorithms.includes(name)) return undefined;
      if (ABSENT[name]) return `${name} ${ABSENT[name]}`;
      const near = nearest(name, algorithms);
      return `${words} has no algorithm ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : ''}; it has ${algorithms.join(', ')}; ${REMEDY}`;
    },
  ),
  error(
    'katib/unknown-early-stopping',
    'Katib runs the early stopping that it is configured with, and refuses another one.',
    ({ earlyStopping, katib: { words, earlyStopping: known } }) =>
      !earlyStopping || known.includes(earlyStopping.name)
        ? undefined
        : `${words} has no early stopping ${earlyStopping.name}; it has ${known.join(', ') || 'none'}`,
  ),
  error(
    'katib/unknown-trial-kind',
    'Katib watches the kinds of trials that it is configured with, and never sees the end of others.',
    ({ trial: { object }, katib: { words, trialResources } }) => {
      if (!object) return undefined;
      const { apiVersion, kind } = object;
      return trialResources.includes(`${kind}.${versionOf(apiVersion)}.${groupOf(apiVersion)}`)
        ? undefined
        : `${words} runs no trials of kind ${kind}, only ${trialResources.map((resource) => resource.split('.')[0]).join(', ')}; ${REMEDY}`;
    },
  ),
  error(
    'katib/unknown-metrics-collector',
    'Katib injects the collectors that it is configured with, and trials with another one report nothing.',
    ({ metrics, katib: { words, metricsCollectors } }) => {
      const kind = metrics?.kind ?? 'StdOut';
      return [...metricsCollectors, ...BROUGHT].includes(kind)
        ? undefined
        : `${words} configures no collector ${kind}, only ${metricsCollectors.join(', ')}; ${REMEDY}`;
    },
  ),
];
