/**
 * A copy of plain data whose parts are all its own: what is one object in two places is two there. `structuredClone` keeps it one,
 * and a change to either place changes both.
 */
export function unshared<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unshared) as T;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unshared(member)])) as T;
}
