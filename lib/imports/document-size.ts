/** Levels of objects and lists in each other; the deepest schemas in use have about fifty. */
const DEEPEST = 200;

/** What an API server takes in one request: 3 MiB. */
const LARGEST = 3 * 2 ** 20;

/**
 * Why a value that was read from a file cannot be an object of an API server: it is too deep, too large (what aliases of YAML repeat
 * counts as often as it is there), contains itself, or has values that JSON does not have. Undefined when it can be one.
 */
export function sizeProblem(document: unknown): string | undefined {
  let size = 0;
  const problemIn = (value: unknown, depth: number): string | undefined => {
    if (depth > DEEPEST) return `is deeper than ${DEEPEST} levels, or contains itself`;
    if (typeof value !== 'object' || value === null) {
      size += typeof value === 'string' ? value.length + 2 : 4;
      if (typeof value === 'bigint' || typeof value === 'symbol') return `has ${String(value)}, which is no value of JSON`;
    } else {
      const prototype = Object.getPrototypeOf(value);
      if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null)
        return `has a ${value.constructor.name}, which is no value of JSON`;
      for (const [key, part] of Object.entries(value)) {
        size += Array.isArray(value) ? 1 : key.length + 4;
        const problem = problemIn(part, depth + 1);
        if (problem) return problem;
      }
    }
    return size > LARGEST ? `is larger than ${LARGEST / 2 ** 20} MiB, which no API server takes` : undefined;
  };
  return problemIn(document, 0);
}
