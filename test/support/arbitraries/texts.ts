import * as fc from 'fast-check';

/** Texts that are read as something else where they are not quoted. */
const TREACHEROUS = ['true', 'null', '1', '1e3', '0x1f', 'no', '2024-01-01', '.5', '12:30:00'];

/** Values of labels. */
export const labelValue: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/),
  fc.constantFrom('', 'true', 'null', '1', '1e3', '0x1f', 'no', 'a'.repeat(63)),
);

/** Labels of objects, pods or nodes. */
export const labels: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom('stage', 'example.com/team', 'app.kubernetes.io/part-of', 'A_b.c-d'),
  labelValue,
  { minKeys: 1, maxKeys: 3 },
);

/** Any text: what YAML has to quote, several lines, no character at all. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.constantFrom(...TREACHEROUS, '', ' ', 'a: b', '- a', '# a', 'a\nb\n', '\ta', "'", '"', '$(A)', '{{.Name}}', '*', '&a', '!a'),
);

/** Values of annotations. */
export const annotations: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom('note', 'example.com/owner', 'sidecar.istio.io/inject'),
  text,
  { minKeys: 1, maxKeys: 2 },
);

/** Words of a command line. */
export const words: fc.Arbitrary<string[]> = fc.array(text, { minLength: 1, maxLength: 4 });

/** Names of other objects. */
export const word: fc.Arbitrary<string> = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);

/**
 * Names of workloads, also those that are as long as they may be, or longer, and those that Kubernetes does not allow.
 *
 * @param longest name that may be allowed; those from `least` on come as often as others
 */
export function names(longest: number, least = longest): fc.Arbitrary<string> {
  const long = fc.integer({ min: least, max: longest + 1 }).chain((length) => nameOfLength(length));
  return fc.oneof(
    { weight: 10, arbitrary: fc.stringMatching(/^[a-z][-a-z0-9]{1,20}[a-z0-9]$/) },
    { weight: 3, arbitrary: fc.stringMatching(/^[a-z]$/) },
    { weight: 5, arbitrary: long },
    { weight: 1, arbitrary: fc.constantFrom('1job', 'Job', 'a.b', 'a_b', '-a', 'a-') },
  );
}

function nameOfLength(length: number): fc.Arbitrary<string> {
  const inner = fc.string({ unit: fc.constantFrom(...'abcz019-'), minLength: length - 2, maxLength: length - 2 });
  return inner.map((middle) => `x${middle}y`);
}
