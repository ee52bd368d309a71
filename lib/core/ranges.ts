import { Late } from './late';

/** Whole numbers that an option may be. */
export interface NumberRange {
  readonly min: number;
  /** @default - no limit */
  readonly max?: number;
}

/** Ranges that several options have. */
export const RANGES = {
  /** Of things that there has to be one of. */
  positive: { min: 1 },
  port: { min: 1, max: 65535 },
  natural: { min: 0 },
  /** From errors only to everything. */
  verbosity: { min: 0, max: 10 },
} as const satisfies Record<string, NumberRange>;

/** What is wrong with numbers, given by the names of their options; nothing with those that are left out. */
export function rangeProblems({ min, max }: NumberRange, options: Readonly<Record<string, number | undefined>>): string[] {
  const allowed = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined || isLate(value) || (Number.isInteger(value) && value >= min && (max === undefined || value <= max))
      ? []
      : [`${name} is ${JSON.stringify(value)}, must be a whole number ${allowed}`],
  );
}

/** A deployment may know the number later. */
function isLate(value: unknown): boolean {
  return typeof value === 'string' && Late.isIn(value);
}
