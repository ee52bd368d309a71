import type { Manifest } from '../../lib/core';

/** An object with one field misspelt. */
export interface Misspelt {
  readonly object: Manifest;
  /** Where the field is now. */
  readonly path: string;
}

/**
 * Doubles the last letter of a field's name.
 *
 * @param path of the field: `spec.replicas`
 */
export function misspell(object: Manifest, path: string): Misspelt {
  const copy = structuredClone(object);
  const steps = path.split('.');
  const name = steps.pop() as string;
  let parent = copy as Record<string, unknown>;
  for (const step of steps) parent = parent[step] as Record<string, unknown>;
  if (!(name in parent)) throw new Error(`${object.kind} ${object.metadata.name} has no ${path}`);
  const wrong = `${name}${name.at(-1)}`;
  parent[wrong] = parent[name];
  delete parent[name];
  return { object: copy, path: [...steps, wrong].join('.') };
}
