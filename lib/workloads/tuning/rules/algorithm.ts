import { together } from '../../../core';
import type { AlgorithmName } from '../algorithms';
import { rangeOf, valuesOf } from '../parameter';
import { type ExperimentFacts, error, kindOf, parallelOf, warning } from './facts';
import { spaceProblem } from './search';

/** A check of experiments with one of some algorithms. */
const only =
  (names: readonly AlgorithmName[], check: (facts: ExperimentFacts) => string | undefined) =>
  (facts: ExperimentFacts): string | undefined =>
    names.some((name) => name === facts.algorithm.name) ? check(facts) : undefined;

/** Names of the parameters of which something holds. */
function named(facts: ExperimentFacts, holds: (parameter: ExperimentFacts['parameters'][number]) => boolean): string {
  return facts.parameters
    .filter(holds)
    .map(({ name }) => name)
    .join(' and ');
}

/** The rules of the algorithms and their settings. */
export const ALGORITHM_RULES = [
  error('HPO-settings', (facts) => {
    const { algorithm } = facts;
    const { settings, required = [] } = kindOf(facts) ?? { settings: undefined };
    if (!settings) return undefined;
    const given = Object.entries(algorithm.settings).filter(([, value]) => value !== undefined);
    return together([
      ...required.filter((name) => algorithm.settings[name] === undefined).map((name) => `${algorithm.name} needs ${name}`),
      ...given.map(([name, value]) => {
        const setting = settings[name];
        if (!setting)
          return `${algorithm.name} has no setting ${name}${Object.keys(settings).length > 0 ? `; it has ${Object.keys(settings).join(', ')}` : ''}`;
        return value === undefined || setting.holds(value)
          ? undefined
          : `${name} of ${algorithm.name} is ${JSON.stringify(value)}, must be ${setting.allowed}`;
      }),
    ]);
  }),
  error(
    'HPO-grid-step',
    only(['grid'], (facts) => {
      const without = named(facts, ({ space }) => space.type === 'double' && space.step === undefined);
      return without ? `grid counts the values of doubles; give ${without} a step` : undefined;
    }),
  ),
  error(
    'HPO-grid-size',
    only(['grid'], ({ parameters, maxTrialCount: max = 0 }) => {
      if (parameters.some(spaceProblem)) return undefined;
      const combinations = parameters.reduce(
        (product, parameter) => product * (valuesOf(parameter) ?? Number.POSITIVE_INFINITY),
        1,
      );
      return max > combinations
        ? `maxTrialCount ${max} is more than the ${combinations} combinations that grid can try; give at most ${combinations}`
        : undefined;
    }),
  ),
  error(
    'HPO-bayesian-min',
    only(['bayesianoptimization'], (facts) => {
      const without = named(facts, (parameter) => parameter.space.type === 'double' && (rangeOf(parameter)?.min ?? 1) <= 0);
      return without ? `bayesianoptimization searches doubles on a logarithmic scale; give ${without} a min above 0` : undefined;
    }),
  ),
  error(
    'HPO-cmaes-numbers',
    only(['cmaes'], ({ parameters }) => {
      const numbers = parameters.filter(rangeOf).length;
      return numbers < 2 ? `cmaes needs at least 2 parameters that are int or double, not ${numbers}` : undefined;
    }),
  ),
  error('HPO-hyperband-resource', ({ algorithm: { resource }, parameters }) =>
    resource && !parameters.includes(resource)
      ? `the resource ${resource.name} of hyperband is no parameter of the experiment; list it in parameters`
      : undefined,
  ),
  error(
    'HPO-hyperband-parallel',
    only(['hyperband'], (facts) => {
      const { resourceLimit, eta = 3 } = facts.algorithm.settings;
      const depth = Math.trunc(Math.log(Number(resourceLimit)) / Math.log(Number(eta)));
      const least = Math.ceil(Number(eta) ** depth);
      const { count, words } = parallelOf(facts);
      return count < least
        ? `${words} is less than the ${least} trials that hyperband starts together with resourceLimit ${resourceLimit} and eta ${eta}; give at least ${least}`
        : undefined;
    }),
  ),
  error(
    'HPO-pbt-step',
    only(['pbt'], (facts) => {
      const without = named(facts, (parameter) => rangeOf(parameter) !== undefined && rangeOf(parameter)?.step === undefined);
      return without ? `pbt counts the values of numbers; give ${without} a step` : undefined;
    }),
  ),
  error(
    'HPO-pbt-volume',
    only(['pbt'], ({ resumePolicy = 'Never' }) =>
      resumePolicy === 'FromVolume'
        ? undefined
        : `pbt keeps its checkpoints in a volume; give resumePolicy 'FromVolume' rather than '${resumePolicy}'`,
    ),
  ),
  error(
    'HPO-enas-graph',
    only(['enas'], ({ nas }) => {
      const missing = nas && (['inputSizes', 'outputSizes'] as const).filter((field) => !nas[field]?.length);
      return missing?.length ? `enas needs ${missing.join(' and ')} of the nas` : undefined;
    }),
  ),
  error('HPO-nas-layers', ({ nas }) =>
    nas && !(Number.isInteger(nas.layers) && nas.layers >= 1)
      ? `layers of the nas is ${nas.layers}, must be a whole number of at least 1`
      : undefined,
  ),
  error('HPO-nas-operations', ({ nas }) =>
    together([
      nas?.operations.length === 0 ? 'the nas has no operations' : undefined,
      ...(nas?.operations ?? []).map(({ type, parameters }) => {
        if (type === '') return 'an operation has no type';
        if (parameters.length === 0) return `the operation ${type} has no parameter`;
        return together(
          parameters.map((parameter) => {
            const { name, space } = parameter;
            const problem = spaceProblem(parameter);
            if (problem) return `${name} of ${type} ${problem}`;
            return space.type === 'double' && space.step === undefined
              ? `${name} of ${type} is a double without a step`
              : undefined;
          }),
        );
      }),
    ]),
  ),
  // It makes the name of an operation of each size in the first parameter's list.
  error(
    'HPO-darts-list',
    only(['darts'], ({ nas }) =>
      together(
        (nas?.operations ?? []).map(({ type, parameters: [first] }) =>
          first && !('list' in first.space)
            ? `darts reads only a list of ${type}, not the ${first.space.type} ${first.name}`
            : undefined,
        ),
      ),
    ),
  ),
  warning(
    'HPO-darts-single',
    only(['darts'], ({ maxTrialCount }) =>
      maxTrialCount === 1
        ? undefined
        : 'darts searches within one trial, and further ones repeat it; give maxTrialCount 1 and parallelTrialCount 1',
    ),
  ),
  error('HPO-medianstop', ({ earlyStopping }) =>
    together(
      Object.entries(earlyStopping?.options ?? {}).map(([name, value]) =>
        value === undefined || (Number.isInteger(value) && value >= 1)
          ? undefined
          : `${name} of the early stopping is ${value}, must be a whole number of at least 1`,
      ),
    ),
  ),
];
