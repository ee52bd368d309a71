import { together } from '../../../core';
import { error, type Rule } from '../../../core/rule';
import { type Parameter, rangeOf } from '../parameter';
import { type ExperimentFacts, kindOf } from './facts';

/** Every parameter that somebody searches, those of operations included, with what is wrong with it. */
const each =
  (problem: (parameter: Parameter) => string | undefined) =>
  ({ parameters }: { readonly parameters: readonly Parameter[] }) =>
    together(
      parameters.map((parameter) => {
        const found = problem(parameter);
        return found && `the parameter ${parameter.name} ${found}`;
      }),
    );

const DISTRIBUTIONS = ['uniform', 'logUniform', 'normal', 'logNormal'];

/** What is wrong with where a parameter is searched. */
export function spaceProblem({ space }: Parameter): string | undefined {
  if ('list' in space) return space.list.length === 0 ? 'has an empty list' : undefined;
  const { min, max, step = 1, type } = space;
  const wrong = Object.entries({ min, max, step }).find(([, value]) => !Number.isFinite(value));
  if (wrong) return `has the ${wrong[0]} ${wrong[1]}, which is no number`;
  if (min > max) return `has the min ${min} above its max ${max}`;
  if (step <= 0) return `has the step ${step}, must be above 0`;
  const fraction = type === 'int' && Object.entries({ min, max, step }).find(([, value]) => !Number.isSafeInteger(value));
  return fraction ? `is an int with the ${fraction[0]} ${fraction[1]}, which is no whole number` : undefined;
}

/** The rules of the parameters. */
export const SEARCH_RULES: readonly Rule<ExperimentFacts>[] = [
  error(
    'katib/parameters-and-nas',
    "An algorithm searches either parameters or an architecture, and Katib's webhook refuses the other.",
    (facts) => {
      const { parameters, nas, algorithm } = facts;
      if (parameters.length > 0 && nas) return 'an experiment searches parameters or a nas, not both';
      if (parameters.length === 0 && !nas) return 'an experiment searches parameters or a nas; give one of them';
      const kind = kindOf(facts);
      if (!kind || (kind.architecture !== undefined) === (nas !== undefined)) return undefined;
      return nas
        ? `${algorithm.name} searches parameters, not a nas; enas and darts search one`
        : `${algorithm.name} searches a nas, not parameters; give nas`;
    },
  ),
  error('katib/invalid-space', "Katib's webhook refuses an empty list and bounds that hold no value.", each(spaceProblem)),
  error(
    'katib/invalid-discrete-value',
    'The values of a discrete parameter are numbers; algorithms fail on others.',
    each(({ space }) => {
      const wrong = space.type === 'discrete' ? space.list.find((value) => !Number.isFinite(value)) : undefined;
      return wrong === undefined ? undefined : `is discrete and lists ${wrong}, which is no number`;
    }),
  ),
  error(
    'katib/repeated-parameter',
    'A placeholder stands for one parameter, so of two with one name a trial sees one.',
    ({ parameters }) => {
      const names = parameters.map(({ name }) => name);
      const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
      return twice.length > 0 ? `several parameters are called ${twice.join(' and ')}` : undefined;
    },
  ),
  error(
    'katib/unknown-distribution',
    "Katib's webhook refuses a distribution that it does not know.",
    each((parameter) => {
      const { distribution = 'uniform' } = rangeOf(parameter) ?? {};
      return DISTRIBUTIONS.includes(distribution)
        ? undefined
        : `has the distribution ${JSON.stringify(distribution)}, must be one of ${DISTRIBUTIONS.join(', ')}`;
    }),
  ),
  error(
    'katib/logarithm-of-zero',
    'A logarithmic distribution takes the logarithm of its lower bound.',
    each((parameter) => {
      const { distribution, min } = rangeOf(parameter) ?? { min: 1 };
      return distribution?.startsWith('log') && min <= 0
        ? `is distributed ${distribution} from ${min}; a logarithm needs a min above 0`
        : undefined;
    }),
  ),
  error('katib/ignored-distribution', 'Some algorithms take another distribution for uniform without a word.', (facts) => {
    const honoured: readonly string[] = kindOf(facts)?.distributions ?? DISTRIBUTIONS;
    return each((parameter) => {
      const { distribution = 'uniform' } = rangeOf(parameter) ?? {};
      return DISTRIBUTIONS.includes(distribution) && !honoured.includes(distribution)
        ? `is distributed ${distribution}, which ${facts.algorithm.name} takes for ${honoured[0]} without a word; it honours ${honoured.join(' and ')}`
        : undefined;
    })(facts);
  }),
];
