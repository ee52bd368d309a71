/** Fields of texts, flags and numbers that Go leaves out of a Job when they are empty, false or 0; the cluster takes them for that anyway. */
const LEFT_OUT = new Set([
  'effect',
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'initialDelaySeconds',
  'key',
  'medium',
  'operator',
  'prefix',
  'readOnly',
  'serviceAccountName',
  'stdin',
  'stdinOnce',
  'subPath',
  'tty',
  'value',
  'workingDir',
]);

/** Fields whose members are texts by names that users choose. */
const MAPS = new Set(['annotations', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'requests']);

const SIZE = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|Pi|Ei)$/;
const UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * A Job as Go would write it: without what is empty, and sizes in the largest unit in which they are whole.
 *
 * Katib's webhook reads the Job of a trial, writes it again, and refuses one that it then finds to be another.
 */
export function writtenByGo<T>(job: T): T {
  return written(job) as T;
}

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => field(name, member)));
}

function field(name: string, value: unknown): [string, unknown][] {
  if (value === undefined || value === null || isEmpty(name, value)) return [];
  if (MAPS.has(name)) return [[name, value]];
  return [[name, name === 'sizeLimit' ? inLargestUnit(value) : written(value)]];
}

function isEmpty(name: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (MAPS.has(name)) return Object.keys(value as object).length === 0;
  return LEFT_OUT.has(name) && (value === '' || value === false || value === 0);
}

function inLargestUnit(size: unknown): unknown {
  const [, number, unit] = SIZE.exec(String(size)) ?? [];
  if (!number || !unit) return size;
  const kibibytes = Number(number) * 1024 ** UNITS.indexOf(unit);
  const largest = UNITS.findLast((_, power) => Number.isInteger(kibibytes / 1024 ** power));
  return largest === undefined || kibibytes === 0 ? size : `${kibibytes / 1024 ** UNITS.indexOf(largest)}${largest}`;
}
