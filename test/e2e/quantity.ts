/** A unit of a quantity as a power: of 10 for decimal suffixes, of 2 for binary ones. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/**
 * Whether two values are the same quantity: `1000m` and `1`, `0.5Gi` and `512Mi`. False when one of them is no quantity.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function sameQuantity(one: unknown, other: unknown): boolean {
  const value = quantity(one);
  return value !== undefined && value === quantity(other);
}

/** In units of 10⁻¹⁸: quantities have no digits beyond 10⁻⁹, and the other nine leave room for fractions of binary units. */
function quantity(text: unknown): bigint | undefined {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/.exec(String(text));
  const [, sign, whole = '', fraction = '', suffix = '', exponent] = match ?? [];
  if (whole === '' && fraction === '') return undefined;
  const power = exponent === undefined ? DECIMAL[suffix] : Number(exponent);
  const shift = 18 - fraction.length + (power ?? 0);
  if (shift < 0) return undefined;
  const value = BigInt(whole + fraction) * 10n ** BigInt(shift) * 2n ** BigInt(BINARY[suffix] ?? 0);
  return sign === '-' ? -value : value;
}
