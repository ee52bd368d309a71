/** A setting as it is written; `None` where an algorithm lets a number be absent. */
export type SettingValue = number | string;

/** What a setting may be. */
export interface Bound {
  /** The end of a sentence: `must be …`. */
  readonly allowed: string;
  readonly holds: (value: SettingValue) => boolean;
}

/** A setting of an algorithm. */
export interface Setting extends Bound {
  /** Katib's name of it. */
  readonly name: string;
}

/** The settings of an algorithm by their names in props. */
export type SettingsOf<Options> = { readonly [Name in keyof Required<Options>]: Setting };

/** A setting under Katib's name. */
export function setting(name: string, bound: Bound): Setting {
  return { name, ...bound };
}

const number = (allowed: string, holds: (value: number) => boolean): Bound => ({
  allowed,
  holds: (value) => typeof value === 'number' && Number.isFinite(value) && holds(value),
});

/** A whole number of at least `min`. */
export function whole(min: number): Bound {
  return number(`a whole number of at least ${min}`, (value) => Number.isInteger(value) && value >= min);
}

/** A number of at least `min`. */
export function atLeast(min: number): Bound {
  return number(`a number of at least ${min}`, (value) => value >= min);
}

export const POSITIVE: Bound = number('a number above 0', (value) => value > 0);
export const ANY_NUMBER: Bound = number('a number', () => true);
export const ANY_WHOLE: Bound = number('a whole number', Number.isInteger);
export const BETWEEN_0_AND_1: Bound = number('a number above 0 and below 1', (value) => value > 0 && value < 1);
export const ABOVE_0_TO_1: Bound = number('a number above 0 and at most 1', (value) => value > 0 && value <= 1);
export const FROM_0_TO_1: Bound = number('a number from 0 to 1', (value) => value >= 0 && value <= 1);
export const ABSOLUTE_PATH: Bound = {
  allowed: 'an absolute path',
  holds: (value) => typeof value === 'string' && value.startsWith('/'),
};

/** One of some words. */
export function oneOf(words: readonly string[]): Bound {
  return { allowed: `one of ${words.join(', ')}`, holds: (value) => words.includes(String(value)) };
}

/** A bound that the word None meets, too. */
export function orNone({ allowed, holds }: Bound): Bound {
  return { allowed: `${allowed}, or 'None'`, holds: (value) => value === 'None' || holds(value) };
}
