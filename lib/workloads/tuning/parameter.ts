import { given } from '../pod/given';
import { TrialParameter } from './trial-parameter';

/** How the values of a number lie between its bounds; the logarithmic ones need a lower bound above 0. */
export type Distribution = 'uniform' | 'logUniform' | 'normal' | 'logNormal';

/** Bounds of a number. */
export interface Range {
  readonly min: number;
  /** At least `min`. */
  readonly max: number;
  /** Distance of the values. Algorithms that count values need it: grid, and for doubles pbt. @default - the algorithm's */
  readonly step?: number;
  /** @default 'uniform' */
  readonly distribution?: Distribution;
}

/** What else is said of a parameter. */
export interface ParameterOptions {
  /** What it is, for those who read the experiment. @default - none */
  readonly description?: string;
}

/** What an experiment searches for a parameter. */
export type FeasibleSpace =
  | ({ readonly type: 'int' | 'double' } & Range)
  | { readonly type: 'discrete'; readonly list: readonly number[] }
  | { readonly type: 'categorical'; readonly list: readonly string[] };

/**
 * A parameter that an experiment searches. Written into the trial, it is its own placeholder.
 *
 * @example
 * const learningRate = Parameter.double('learning-rate', { min: 0.001, max: 0.1, distribution: 'logUniform' });
 * Trial.job({ image, args: [`--lr=${learningRate}`] });
 */
export class Parameter extends TrialParameter {
  private constructor(
    name: string,
    /** Where its values are searched. */
    readonly space: FeasibleSpace,
    { description }: ParameterOptions = {},
  ) {
    super(name, name, description);
  }

  /** A whole number. */
  static int(name: string, range: Range, options?: ParameterOptions): Parameter {
    return new Parameter(name, { type: 'int', ...range }, options);
  }

  /** A real number. */
  static double(name: string, range: Range, options?: ParameterOptions): Parameter {
    return new Parameter(name, { type: 'double', ...range }, options);
  }

  /** One of some numbers. */
  static discrete(name: string, list: readonly number[], options?: ParameterOptions): Parameter {
    return new Parameter(name, { type: 'discrete', list }, options);
  }

  /** One of some texts. */
  static categorical(name: string, list: readonly string[], options?: ParameterOptions): Parameter {
    return new Parameter(name, { type: 'categorical', list }, options);
  }
}

/** The bounds of a parameter that is a number between two; undefined for one of a list. */
export function rangeOf({ space }: Parameter): Range | undefined {
  return 'list' in space ? undefined : space;
}

/** How many values a parameter has, where they can be counted. */
export function valuesOf({ space }: Parameter): number | undefined {
  if ('list' in space) return space.list.length;
  const step = space.step ?? (space.type === 'int' ? 1 : undefined);
  // 0.3 / 0.1 is a little less than 3.
  return step && Math.floor((space.max - space.min) / step + 1e-9) + 1;
}

/** A value that a trial might get. */
export function sampleOf({ space }: Parameter): string {
  return String('list' in space ? space.list[0] : space.min);
}

/** A parameter as Katib takes it: every number is a text. */
export function parameterSpec({ name, space }: Parameter): object {
  const { type, ...feasible } = space;
  const { min, max, step, list, distribution } = feasible as Partial<Range> & { list?: readonly (number | string)[] };
  return {
    name,
    parameterType: type,
    feasibleSpace: given({ min: text(min), max: text(max), step: text(step), list: list?.map(String), distribution }),
  };
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
