import { groupOf, versionOf } from '../../../core/kind';
import { nearest } from '../../../core/schemas/nearest';
import { ABSENT } from '../algorithms';
import { error } from './facts';

/** Collectors that Katib neither configures nor injects. */
const BROUGHT = ['Custom', 'Push'];

const REMEDY = "where the experiment's Katib has it, give katib";

/** The rules of what a Katib is configured with. */
export const KATIB_RULES = [
  error('HPO-4', ({ algorithm: { name }, katib: { words, algorithms } }) => {
    if (algorithms.includes(name)) return undefined;
    if (ABSENT[name]) return `${name} ${ABSENT[name]}`;
    const near = nearest(name, algorithms);
    return `${words} has no algorithm ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : ''}; it has ${algorithms.join(', ')}; ${REMEDY}`;
  }),
  error('HPO-5', ({ earlyStopping, katib: { words, earlyStopping: known } }) =>
    !earlyStopping || known.includes(earlyStopping.name)
      ? undefined
      : `${words} has no early stopping ${earlyStopping.name}; it has ${known.join(', ') || 'none'}`,
  ),
  error('HPO-19', ({ trial: { object }, katib: { words, trialResources } }) => {
    if (!object) return undefined;
    const { apiVersion, kind } = object;
    return trialResources.includes(`${kind}.${versionOf(apiVersion)}.${groupOf(apiVersion)}`)
      ? undefined
      : `${words} runs no trials of kind ${kind}, only ${trialResources.map((resource) => resource.split('.')[0]).join(', ')}; ${REMEDY}`;
  }),
  error('HPO-25-configured', ({ metrics, katib: { words, metricsCollectors } }) => {
    const kind = metrics?.kind ?? 'StdOut';
    return [...metricsCollectors, ...BROUGHT].includes(kind)
      ? undefined
      : `${words} configures no collector ${kind}, only ${metricsCollectors.join(', ')}; ${REMEDY}`;
  }),
];
