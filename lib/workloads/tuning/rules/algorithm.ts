import { together } from '../../../core';
import { error, type Rule, warning } from '../../../core/rule';
import type { AlgorithmName } from '../algorithms';
import { rangeOf, valuesOf } from '../parameter';
import { type ExperimentFacts, kindOf, parallelOf } from './facts';
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
export const ALGORITHM_RULES: readonly Rule<ExperimentFacts>[] = [
  error(
    'katib/invalid-setting',
    'Algorithms refuse settings that they do not know or cannot work with, or ignore them.',
    (facts) => {
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
    },
  ),
  error(
    'katib/grid-without-step',
    'A grid counts its combinations, and a double without a step has no number of values.',
    only(['grid'], (facts) => {
      const without = named(facts, ({ space }) => space.type === 'double' && space.step === undefined);
      return without ? `grid counts the values of doubles; give ${without} a step` : undefined;
    }),
  ),
  error(
    'katib/more-trials-than-grid',
    'A grid fails when it is asked for more trials than it has combinations.',
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
    'katib/bayesian-logarithm-of-zero',
    'Bayesian optimization takes the logarithm of the bounds of doubles.',
    only(['bayesianoptimization'], (facts) => {
      const without = named(facts, (parameter) => parameter.space.type === 'double' && (rangeOf(parameter)?.min ?? 1) <= 0);
      return without ? `bayesianoptimization searches doubles on a logarithmic scale; give ${without} a min above 0` : undefined;
    }),
  ),
  error(
    'katib/too-few-numbers',
    'The covariance matrix adaptation needs two numbers at least.',
    only(['cmaes'], ({ parameters }) => {
      const numbers = parameters.filter(rangeOf).length;
      return numbers < 2 ? `cmaes needs at least 2 parameters that are int or double, not ${numbers}` : undefined;
    }),
  ),
  error(
    'katib/hyperband-without-resource',
    'Hyperband gives its resource out as a parameter of trials.',
    ({ algorithm: { resource }, parameters }) =>
      resource && !parameters.includes(resource)
        ? `the resource ${resource.name} of hyperband is no parameter of the experiment; list it in parameters`
        : undefined,
  ),
  error(
    'katib/too-few-parallel-trials',
    'Hyperband starts a whole bracket of trials together, and fails with fewer at a time.',
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
    'katib/pbt-without-step',
    'Population based training moves numbers by their steps.',
    only(['pbt'], (facts) => {
      const without = named(facts, (parameter) => rangeOf(parameter) !== undefined && rangeOf(parameter)?.step === undefined);
      return without ? `pbt counts the values of numbers; give ${without} a step` : undefined;
    }),
  ),
  error(
    'katib/pbt-without-volume',
    'Population based training keeps its checkpoints in the volume that one resume policy makes.',
    only(['pbt'], ({ resumePolicy = 'Never' }) =>
      resumePolicy === 'FromVolume'
        ? undefined
        : `pbt keeps its checkpoints in a volume; give resumePolicy 'FromVolume' rather than '${resumePolicy}'`,
    ),
  ),
  error(
    'katib/enas-without-sizes',
    'ENAS builds networks from the sizes of their input and output.',
    only(['enas'], ({ nas }) => {
      const missing = nas && (['inputSizes', 'outputSizes'] as const).filter((field) => !nas[field]?.length);
      return missing?.length ? `enas needs ${missing.join(' and ')} of the nas` : undefined;
    }),
  ),
  error('katib/no-layers', 'A searched network has whole layers, at least one.', ({ nas }) =>
    nas && !(Number.isInteger(nas.layers) && nas.layers >= 1)
      ? `layers of the nas is ${nas.layers}, must be a whole number of at least 1`
      : undefined,
  ),
  error(
    'katib/invalid-operation',
    "Katib's webhook refuses a search without operations, and operations without type or parameters.",
    ({ nas }) =>
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
    'katib/darts-without-list',
    'DARTS makes the names of operations of a list, and reads nothing else.',
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
    'katib/repeated-darts',
    'DARTS searches within one trial, so further trials repeat the first.',
    only(['darts'], ({ maxTrialCount }) =>
      maxTrialCount === 1
        ? undefined
        : 'darts searches within one trial, and further ones repeat it; give maxTrialCount 1 and parallelTrialCount 1',
    ),
  ),
  error('katib/invalid-early-stopping', "Katib's median rule takes whole numbers of at least 1.", ({ earlyStopping }) =>
    together(
      Object.entries(earlyStopping?.options ?? {}).map(([name, value]) =>
        value === undefined || (Number.isInteger(value) && value >= 1)
          ? undefined
          : `${name} of the early stopping is ${value}, must be a whole number of at least 1`,
      ),
    ),
  ),
];
