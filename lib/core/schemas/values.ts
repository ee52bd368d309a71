/** An object of JSON. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is an object, and neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values are the same, whatever the order of their fields. */
export function equal(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonical(a) === canonical(b));
}

/** A text that equal values have in common, whatever the order of their fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** A value in a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
}

/** `3 items`, `1 item`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A list of allowed values in a message. */
export function among(values: readonly unknown[]): string {
  const listed = values.slice(0, 12).map((value) => (typeof value === 'string' ? shown(value) : JSON.stringify(value)));
  const rest = values.length - listed.length;
  return `${values.length > 1 ? 'one of ' : ''}${listed.join(', ')}${rest ? ` or ${rest} more` : ''}`;
}
