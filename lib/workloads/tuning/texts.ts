import { fieldPath, type Step } from '../../core/schemas/schema';

/** A text inside a value, and where it stands. */
export interface FoundText {
  /** Field path, for instance `spec.template.spec.containers[0].args[1]`. */
  readonly path: string;
  readonly text: string;
}

/** Every text of a value: what fields hold, and the names of fields. */
export function textsOf(value: unknown, steps: readonly Step[] = []): FoundText[] {
  if (typeof value === 'string') return [{ path: fieldPath(steps), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, [...steps, index]));
  return Object.entries(value).flatMap(([key, member]) => [
    { path: fieldPath(steps), text: key },
    ...textsOf(member, [...steps, key]),
  ]);
}

/** A value whose texts are replaced. */
export function mapTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [replace(key), mapTexts(member, replace)]));
}
