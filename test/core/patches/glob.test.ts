import fc from 'fast-check';
import { glob } from '../../../lib/core/patches/glob';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });

test('a star stands for any text, everything else for itself', () => {
  fc.assert(
    fc.property(pattern, text, (stars, name) => {
      const source = stars.replaceAll('.', '\\.').replaceAll('*', '.*');
      expect([stars, name, glob(stars, name)]).toEqual([stars, name, new RegExp(`^${source}$`).test(name)]);
    }),
    { numRuns: 3000 },
  );
});

test('parts that do not fit beside each other do not share characters', () => {
  expect(glob('aba*aba', 'ababa')).toBe(false);
  expect(glob('aba*aba', 'abaaba')).toBe(true);
});

test('many stars in a long text end', () => {
  expect(glob(`${'*a'.repeat(200)}*b`, 'a'.repeat(100_000))).toBe(false);
});
