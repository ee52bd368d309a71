import * as fc from 'fast-check';
import { quantity, WHOLE } from '../../../lib/core/validation/quantities';

test.each([
  ['0', 0n],
  ['1', WHOLE],
  ['500m', WHOLE / 2n],
  ['.5', WHOLE / 2n],
  ['1.', WHOLE],
  ['-1', -WHOLE],
  ['1k', 1000n * WHOLE],
  ['1E', 10n ** 18n * WHOLE],
  ['1e3', 1000n * WHOLE],
  ['1E-3', WHOLE / 1000n],
  ['1Ki', 1024n * WHOLE],
  ['1.5Gi', (3n << 29n) * WHOLE],
  ['1n', 1n],
  ['0.1n', 1n],
])('%s is so much', (text, amount) => {
  expect(quantity(text)).toBe(amount);
});

test.each(['', ' 1', '1 ', '4 cores', '16GB', '1ki', '1e', 'Gi', '1,5', '0x1', '1e1000'])('%j is no amount', (text) => {
  expect(quantity(text)).toBeUndefined();
});

test('a number is what its text is', () => {
  fc.assert(fc.property(fc.integer(), (number) => quantity(number) === quantity(String(number))));
});

test('amounts are compared across units', () => {
  const suffix = fc.constantFrom('Ki', 'Mi', 'Gi');
  fc.assert(
    fc.property(fc.nat(), fc.nat(), suffix, (a, b, unit) => {
      expect((quantity(`${a}${unit}`) as bigint) < (quantity(`${b}${unit}`) as bigint)).toBe(a < b);
    }),
  );
  fc.assert(fc.property(fc.nat(), (count) => quantity(`${count}Mi`) === quantity(count * 2 ** 20)));
  fc.assert(fc.property(fc.nat(), (count) => quantity(`${count}`) === quantity(`${count * 1000}m`)));
});
