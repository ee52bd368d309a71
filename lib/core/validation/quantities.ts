import type { Field } from './field';

/** Exponents of ten of decimal suffixes, down to the smallest that Kubernetes keeps. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** Exponents of two. */
const BINARY: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

const SHAPE = /^([+-]?)(\d+\.?|\d*\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;

/** The parts of a whole, which a quantity is counted in. */
export const WHOLE = 10n ** 9n;

/**
 * A quantity in billionths, rounded up as Kubernetes does; undefined for what is none, or is not known yet.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(value: unknown): bigint | undefined {
  const [, sign, digits = '', suffix = ''] = SHAPE.exec(String(value)) ?? [];
  if (digits === '') return undefined;
  const [whole = '', fraction = ''] = digits.split('.');
  let amount = BigInt(whole + fraction);
  let exponent = 9 - fraction.length;
  if (BINARY[suffix] !== undefined) amount <<= BINARY[suffix] as bigint;
  else exponent += DECIMAL[suffix] ?? Number(suffix.slice(1));
  const scaled = exponent >= 0 ? amount * 10n ** BigInt(exponent) : up(amount, 10n ** BigInt(-exponent));
  return sign === '-' ? -scaled : scaled;
}

/** Holds a quantity to be no less than nothing. */
export function notNegative(field: Field, value: unknown): void {
  const amount = quantity(value);
  if (amount !== undefined && amount < 0n) field.must('be at least 0', value);
}

function up(amount: bigint, parts: bigint): bigint {
  return (amount + parts - 1n) / parts;
}
