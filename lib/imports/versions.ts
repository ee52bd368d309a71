/** Order of two versions, the preferred one first: v2, v1, v1beta2, v1beta1, v1alpha1, then anything else by name. */
export function byPriority(a: string, b: string): number {
  const [left, right] = [rank(a), rank(b)];
  if (!left || !right) return left ? -1 : right ? 1 : compare(a, b);
  return right[0] - left[0] || right[1] - left[1] || right[2] - left[2];
}

/** Stability, major and minor of a version in Kubernetes' form. */
function rank(version: string): [number, number, number] | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return undefined;
  return [match[2] === 'alpha' ? 0 : match[2] === 'beta' ? 1 : 2, Number(match[1]), Number(match[3] ?? 0)];
}

/** Order of two texts by code unit: the same on every machine, unlike `localeCompare`. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
