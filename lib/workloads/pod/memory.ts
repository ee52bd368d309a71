/** MiB of a unit. */
const UNITS: Readonly<Record<string, number>> = {
  '': 2 ** -20,
  Ki: 2 ** -10,
  Mi: 1,
  Gi: 2 ** 10,
  Ti: 2 ** 20,
  Pi: 2 ** 30,
  Ei: 2 ** 40,
  k: 1e3 / 2 ** 20,
  M: 1e6 / 2 ** 20,
  G: 1e9 / 2 ** 20,
  T: 1e12 / 2 ** 20,
  P: 1e15 / 2 ** 20,
  E: 1e18 / 2 ** 20,
};

/** An amount of memory in MiB; 0 for none. */
export function mebibytes(amount: number | string | undefined): number {
  const [, number, unit = ''] = /^([0-9.]+)([A-Za-z]*)$/.exec(String(amount ?? '')) ?? [];
  return Number(number ?? 0) * (UNITS[unit] ?? 0);
}
