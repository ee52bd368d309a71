import * as fc from 'fast-check';
import type { Manifest } from '../../lib/core';
import { fieldPath, type Step } from '../../lib/core/schemas/schema';

/** An object in which one field is another than before. */
export interface Breakage {
  readonly object: Manifest;
  /** What was done where: `spec.replicas misspelt`. */
  readonly what: string;
}

type Container = Record<Step, unknown>;

/** A field or an item, in the object or list that has it. */
interface Place {
  readonly parent: Container;
  readonly step: Step;
  readonly path: string;
}

/** What can be done to a field. Most of it is wrong in most places, and some of it is allowed in some. */
const WAYS: Readonly<Record<string, (place: Place) => void>> = {
  misspelt: ({ parent, step }) => {
    if (Array.isArray(parent)) return;
    parent[`${step}${String(step).at(-1)}`] = parent[step];
    delete parent[step];
  },
  'left out': ({ parent, step }) => {
    if (Array.isArray(parent)) parent.splice(Number(step), 1);
    else delete parent[step];
  },
  'of another type': ({ parent, step }) => {
    parent[step] = typeof parent[step] === 'string' ? 7 : 'seven';
  },
  emptied: ({ parent, step }) => {
    const value = parent[step];
    parent[step] = Array.isArray(value) ? [] : typeof value === 'object' ? {} : typeof value === 'number' ? -1 : '';
  },
  'far too much': ({ parent, step }) => {
    const value = parent[step];
    if (typeof value === 'number') parent[step] = 2 ** 31 - 1;
    else if (typeof value === 'string') parent[step] = 'x'.repeat(9000);
    else if (Array.isArray(value)) parent[step] = [...value, ...value];
  },
};

/** An object, broken in one place of its spec, or of what it has instead. */
export function breakages(object: Manifest): fc.Arbitrary<Breakage> {
  const count = placesOf(object).length;
  return fc.tuple(fc.nat({ max: count - 1 }), fc.constantFrom(...Object.keys(WAYS))).map(([index, way]) => {
    const copy = structuredClone(object);
    const place = placesOf(copy)[index] as Place;
    WAYS[way]?.(place);
    return { object: copy, what: `${place.path} ${way}` };
  });
}

function placesOf(object: Manifest): Place[] {
  if ('spec' in object) return [...places(object as unknown as Container, 'spec', ['spec'])].slice(1);
  const fields = Object.keys(object).filter((field) => !['apiVersion', 'kind', 'metadata'].includes(field));
  return fields.flatMap((field) => [...places(object as unknown as Container, field, [field])]);
}

function* places(parent: Container, step: Step, steps: readonly Step[]): Iterable<Place> {
  yield { parent, step, path: fieldPath(steps) };
  const value = parent[step];
  if (typeof value !== 'object' || value === null) return;
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  for (const key of keys) yield* places(value as Container, key, [...steps, key]);
}
