import * as fc from 'fast-check';

/** Something for every option of props: an option that is added to them does not compile until it has values here. */
export type Every<Props> = { readonly [Name in keyof Props]-?: fc.Arbitrary<NonNullable<Props[Name]>> };

/**
 * Props of which some options are given, and the required ones always. Few of many at a time: of many options at once, some always
 * contradict each other.
 */
export function options<Props extends object>(
  every: Every<Props>,
  required: readonly (keyof Props)[] = [],
  density = 1 / 6,
): fc.Arbitrary<Props> {
  const members = Object.entries(every as Readonly<Record<string, fc.Arbitrary<unknown>>>).map(
    ([name, value]) => [name, required.includes(name as keyof Props) ? value : sometimes(value, density)] as const,
  );
  return fc
    .record(Object.fromEntries(members))
    .map((props) => Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Props);
}

/** A value, or most often none. */
export function sometimes<Value>(value: fc.Arbitrary<Value>, share = 1 / 6): fc.Arbitrary<Value | undefined> {
  const weight = Math.round(share * 100);
  return fc.oneof({ weight: 100 - weight, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value });
}

/** Whole numbers, the bounds more often than others. */
export function whole(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
}

/** One of some values. */
export const oneOf = fc.constantFrom;
