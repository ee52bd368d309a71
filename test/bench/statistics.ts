/** The middle of some numbers; of an even count, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
}

/** The exponent b of the curve `y = a · x^b` that fits best: least squares over the logarithms. */
export function exponent(points: readonly { readonly x: number; readonly y: number }[]): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = { x: average(logs.map(({ x }) => x)), y: average(logs.map(({ y }) => y)) };
  const covariance = average(logs.map(({ x, y }) => (x - mean.x) * (y - mean.y)));
  return covariance / average(logs.map(({ x }) => (x - mean.x) ** 2));
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
