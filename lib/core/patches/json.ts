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
    const missing = [from ?? (op === 'add' ? parent(path) : path), parent(path)].find((place) => !has(document, place));
    if (missing !== undefined) throw new Error(`${op} ${path}: there is no ${missing}`);
    try {
      document = JsonPatch.apply(document, operation);
    } catch (error) {
      // The library's message repeats the whole document below its first line.
      throw new Error(`${op} ${path}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return document as Manifest;
}

function parent(pointer: string): string {
  return pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 0));
}

/** Whether a document has what a JSON pointer names. */
function has(document: unknown, pointer: string): boolean {
  let place = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return false;
    place = (place as Record<string, unknown>)[key];
  }
  return true;
}
