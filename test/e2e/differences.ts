import { fieldPath, type Step } from '../../lib/core/schemas/schema';
import { sameQuantity } from './quantity';

/**
 * Where a live object is not what was written, a line for each place.
 *
 * What was not written is the server's to fill in. Everything that was written has to be there, lists in the same order. Only
 * in these an API server says the same in other words: quantities, by value; and null or a zero value, which it may leave out.
 */
export function differences(written: unknown, live: unknown): string[] {
  return [...walk(written, live, [])];
}

function* walk(written: unknown, live: unknown, path: readonly Step[]): Iterable<string> {
  if (live === undefined && isZero(written)) return;
  if (Array.isArray(written) && Array.isArray(live)) {
    if (written.length !== live.length) yield `${fieldPath(path)}: ${written.length} items expected, ${live.length} found`;
    else for (const [index, item] of written.entries()) yield* walk(item, live[index], [...path, index]);
  } else if (isRecord(written) && isRecord(live)) {
    for (const [name, value] of Object.entries(written)) yield* walk(value, live[name], [...path, name]);
  } else if (written !== live && !sameQuantity(written, live)) {
    yield `${fieldPath(path)}: ${show(written)} expected, ${show(live)} found`;
  }
}

/** What Go leaves out of JSON when a field says `omitempty`, and null, which removes a field. */
function isZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every((member) => member === null);
  return value === null || value === false || value === 0 || value === '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
