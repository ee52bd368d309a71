import { together } from '../../../core';
import { type Parameter, rangeOf } from '../parameter';
import { error, kindOf } from './facts';

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
export const SEARCH_RULES = [
  error('HPO-7', (facts) => {
    const { parameters, nas, algorithm } = facts;
    if (parameters.length > 0 && nas) return 'an experiment searches parameters or a nas, not both';
    if (parameters.length === 0 && !nas) return 'an experiment searches parameters or a nas; give one of them';
    const kind = kindOf(facts);
    if (!kind || (kind.architecture !== undefined) === (nas !== undefined)) return undefined;
    return nas
      ? `${algorithm.name} searches parameters, not a nas; enas and darts search one`
      : `${algorithm.name} searches a nas, not parameters; give nas`;
  }),
  error('HPO-9', each(spaceProblem)),
  error(
    'HPO-9-discrete',
    each(({ space }) => {
      const wrong = space.type === 'discrete' ? space.list.find((value) => !Number.isFinite(value)) : undefined;
      return wrong === undefined ? undefined : `is discrete and lists ${wrong}, which is no number`;
    }),
  ),
  error('HPO-9-names', ({ parameters }) => {
    const names = parameters.map(({ name }) => name);
    const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
    return twice.length > 0 ? `several parameters are called ${twice.join(' and ')}` : undefined;
  }),
  error(
    'HPO-10',
    each((parameter) => {
      const { distribution = 'uniform' } = rangeOf(parameter) ?? {};
      return DISTRIBUTIONS.includes(distribution)
        ? undefined
        : `has the distribution ${JSON.stringify(distribution)}, must be one of ${DISTRIBUTIONS.join(', ')}`;
    }),
  ),
  error(
    'HPO-10-logarithm',
    each((parameter) => {
      const { distribution, min } = rangeOf(parameter) ?? { min: 1 };
      return distribution?.startsWith('log') && min <= 0
        ? `is distributed ${distribution} from ${min}; a logarithm needs a min above 0`
        : undefined;
    }),
  ),
  error('HPO-10-algorithm', (facts) => {
    const honoured: readonly string[] = kindOf(facts)?.distributions ?? DISTRIBUTIONS;
    return each((parameter) => {
      const { distribution = 'uniform' } = rangeOf(parameter) ?? {};
      return DISTRIBUTIONS.includes(distribution) && !honoured.includes(distribution)
        ? `is distributed ${distribution}, which ${facts.algorithm.name} takes for ${honoured[0]} without a word; it honours ${honoured.join(' and ')}`
        : undefined;
    })(facts);
  }),
];
