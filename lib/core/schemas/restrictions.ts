import { FORMATS } from './formats';
import { GoPattern } from './go-pattern';
import { QUANTITY, QUANTITY_PATTERN } from './quantity';
import type { Schema } from './schema';
import { among, canonical, count, equal, type JsonObject } from './values';

/** Says what a value must do to satisfy a keyword, if it does not. */
export type Restriction<V> = (schema: Schema, value: V) => string | false | undefined;

function restriction<K extends keyof Schema, V>(
  keyword: K,
  broken: (limit: NonNullable<Schema[K]>, value: V, schema: Schema) => string | false | undefined,
): Restriction<V> {
  return (schema, value) => {
    const limit = schema[keyword];
    return limit !== undefined && limit !== null && broken(limit, value, schema);
  };
}

/** What a schema may say of any value. */
export const ANY_VALUE = [
  restriction('enum', (values, value: unknown) => !values.some((allowed) => equal(allowed, value)) && `be ${among(values)}`),
];

/** What a schema may say of a text. */
export const TEXT = [
  restriction('minLength', (least, text: string) => length(text) < least && `be at least ${count(least, 'character')} long`),
  // A text has at least as many code units as characters.
  restriction(
    'maxLength',
    (most, text: string) => text.length > most && length(text) > most && `be at most ${count(most, 'character')} long`,
  ),
  restriction('pattern', (pattern, text: string) => {
    if (pattern === QUANTITY_PATTERN) return !QUANTITY.test(text) && `be ${QUANTITY.allowed}`;
    const { problem } = GoPattern.of(pattern);
    if (problem) return `match ${pattern}, which is no regular expression of RE2: ${problem}`;
    return !GoPattern.of(pattern).matches(text) && `match ${pattern}`;
  }),
  restriction('format', (format, text: string) => {
    const name = format.replaceAll('-', '');
    const wanted = format === 'byte' ? 'base64' : `a valid ${format}`;
    return Object.hasOwn(FORMATS, name) && FORMATS[name]?.(text) === false && `be ${wanted}`;
  }),
];

/** What a schema may say of a number. */
export const NUMBER = [
  restriction('minimum', (least, value: number, { exclusiveMinimum }) =>
    exclusiveMinimum ? value <= least && `be more than ${least}` : value < least && `be at least ${least}`,
  ),
  restriction('maximum', (most, value: number, { exclusiveMaximum }) =>
    exclusiveMaximum ? value >= most && `be less than ${most}` : value > most && `be at most ${most}`,
  ),
  restriction('multipleOf', (factor, value: number) => !isWhole(value / factor) && `be a multiple of ${factor}`),
  restriction('type', (type, value: number, { format }) => {
    const bits = format === 'int32' ? 32 : 64;
    return type === 'integer' && (value < -(2 ** (bits - 1)) || value >= 2 ** (bits - 1)) && `fit in ${bits} bits`;
  }),
];

/** What a schema may say of a list. */
export const LIST = [
  restriction('minItems', (least, list: readonly unknown[]) => list.length < least && `have at least ${least}`),
  restriction('maxItems', (most, list: readonly unknown[]) => list.length > most && `have at most ${most}`),
  restriction(
    'uniqueItems',
    (unique, list: readonly unknown[]) => unique && new Set(list.map(canonical)).size < list.length && 'not have equal ones',
  ),
];

/** What a schema may say of an object. */
export const OBJECT = [
  restriction('minProperties', (least, object: JsonObject) => Object.keys(object).length < least && `have at least ${least}`),
  restriction('maxProperties', (most, object: JsonObject) => Object.keys(object).length > most && `have at most ${most}`),
];

/** How many characters a text has: Go does not count in the code units of JavaScript. */
function length(text: string): number {
  return [...text].length;
}

/** Whether a quotient is whole, but for what floating point makes of it. */
function isWhole(quotient: number): boolean {
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}
