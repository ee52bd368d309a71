import { JsonPatch } from 'cdk8s';
import type { Manifest } from '../manifest';
import { unshared } from '../unshared';

interface Operation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
}

/**
 * RFC 6902, by the letter: cdk8s alone would take it for done when what is to be removed or replaced is not there.
 *
 * @throws Error that names the operation
 */
export function jsonPatch(object: Manifest, operations: readonly JsonPatch[]): Manifest {
  let document: unknown = unshared(object);
  for (const operation of operations) {
    const { op, path, from } = operation._toJson() as Operation;
    const problem = problemOf(document, op, path, from);
    if (problem) throw new Error(`${op} ${path}: ${problem}`);
    try {
      document = JsonPatch.apply(document, operation);
    } catch (error) {
      // The library's message repeats the whole document below its first line.
      throw new Error(`${op} ${path}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return document as Manifest;
}

/** Why an operation cannot be applied; undefined when nothing is in its way. */
function problemOf(document: unknown, op: Operation['op'], path: string, from: string | undefined): string | undefined {
  const needed = from ?? (op === 'add' ? undefined : path);
  if (needed !== undefined && at(document, needed) === undefined) return `there is no ${needed}`;
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  const parent = path.slice(0, slash);
  const holder = at(document, parent);
  if (holder === undefined) return `there is no ${parent}`;
  // Its value may be a credential.
  if (typeof holder !== 'object' || holder === null)
    return `${parent} is ${holder === null ? 'null' : `a ${typeof holder}`}, which has no fields`;
  const index = path.slice(slash + 1);
  if (!Array.isArray(holder) || index === '-' || Number(index) <= holder.length) return undefined;
  return `${parent} has ${holder.length} items`;
}

/** What stands in a document at a JSON pointer; undefined when nothing does. */
function at(document: unknown, pointer: string): unknown {
  let place = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<string, unknown>)[key];
  }
  return place;
}
