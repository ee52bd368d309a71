import type { PoolFile } from '../core/schemas/pool';

/** How every pool file begins. */
export const OPENING = '{\n"group": ';

/** A pool file as text: one kind, one definition and one schema a line, so that a difference is a few lines. */
export function poolText({ group, kinds, definitions, schemas }: PoolFile): string {
  return `${OPENING}${JSON.stringify(group)},\n"kinds": ${lines(kinds)},\n"definitions": ${lines(definitions)},\n"schemas": ${lines(schemas)}\n}\n`;
}

function lines(record: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(record).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return entries.length > 0 ? `{\n${entries.join(',\n')}\n}` : '{}';
}
