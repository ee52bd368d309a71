import { GoPattern } from '../core/schemas/go-pattern';
import { children } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { isObject } from '../core/schemas/values';

/**
 * What keeps a schema of a definition from being read: parts that are no schemas, keywords of another type, patterns that RE2 refuses.
 * Undefined when nothing does.
 */
export function schemaProblem(schema: Schema, path = ''): string | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    return `${path} is ${JSON.stringify(schema)}, not a schema`;
  if (schema.$ref !== undefined) return `${path || 'the root'} is a $ref, which structural schemas do not have`;
  const keyword = badKeyword(schema);
  if (keyword) return `${path || 'the root'} has ${keyword}`;
  const combined = [
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.not ? [schema.not] : []),
  ];
  const parts = [...children(schema), ...combined.map((part): [string, Schema] => ['', part])];
  for (const [name, child] of parts) {
    const problem = schemaProblem(child, [path, name].filter(Boolean).join('.'));
    if (problem) return problem;
  }
  return undefined;
}

/** A keyword of a schema that is not what it has to be. */
function badKeyword(schema: Schema): string | undefined {
  for (const [keyword, fits, wanted] of KEYWORDS) {
    const value: unknown = schema[keyword];
    if (value !== undefined && !fits(value)) return `${keyword} ${JSON.stringify(value)?.slice(0, 100)}, must be ${wanted}`;
  }
  const problem = schema.pattern === undefined ? undefined : GoPattern.of(schema.pattern).problem;
  return problem === undefined ? undefined : `pattern ${schema.pattern}, which is no regular expression of RE2: ${problem}`;
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** Keywords that are read afterwards, and what they hold. */
const KEYWORDS: readonly [keyword: keyof Schema, fits: (value: unknown) => boolean, wanted: string][] = [
  ['type', isText, 'a text'],
  ['pattern', isText, 'a text'],
  ['enum', Array.isArray, 'a list'],
  ['allOf', Array.isArray, 'a list'],
  ['anyOf', Array.isArray, 'a list'],
  ['oneOf', Array.isArray, 'a list'],
  ['required', (value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
  ['properties', isObject, 'an object'],
  ['additionalProperties', (value) => typeof value === 'boolean' || isObject(value), 'a boolean or a schema'],
];
