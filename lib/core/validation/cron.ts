/** A field of a schedule: its bounds, and the names that its values may have. */
interface Unit {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const UNITS: readonly Unit[] = [
  { name: 'a minute', least: 0, most: 59 },
  { name: 'an hour', least: 0, most: 23 },
  { name: 'a day of the month', least: 1, most: 31 },
  { name: 'a month', least: 1, most: 12, names: ['', ...MONTHS] },
  { name: 'a day of the week', least: 0, most: 6, names: DAYS },
];

const WORDS = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
const EVERY = /^@every [-+]?(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))*$/;

/**
 * What a schedule must do, if it is none that Kubernetes reads.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function scheduleProblem(schedule: string): string | undefined {
  if (schedule.includes('TZ')) return 'name no time zone; timeZone does';
  if (WORDS.test(schedule) || EVERY.test(schedule)) return undefined;
  const fields = schedule.split(/\s+/).filter(Boolean);
  if (schedule.startsWith('@') || fields.length !== UNITS.length)
    return 'have five fields: minute, hour, day of the month, month and day of the week; or be @hourly, @daily, @weekly, @monthly, @yearly or @every <duration>';
  for (const [index, unit] of UNITS.entries())
    for (const part of fields[index]?.split(',') ?? []) {
      if (!isPart(part, unit)) return `have ${unit.name} of ${unit.least} to ${unit.most}, where it has ${JSON.stringify(part)}`;
    }
  return undefined;
}

/** A value, a range of them or all, and a step. */
function isPart(part: string, { least, most, names = [] }: Unit): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !(Number(step) >= 1 && /^\d+$/.test(step)))) return false;
  if (range === '*' || range === '?') return true;
  const values = range.split('-').map((text) => {
    const named = names.indexOf(text.toLowerCase());
    return text !== '' && named >= 0 ? named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  });
  const [from = Number.NaN, to = step === undefined ? from : most] = values;
  return values.length <= 2 && from >= least && to <= most && from <= to;
}
