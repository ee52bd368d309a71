import * as fc from 'fast-check';
import { canFind, DEFAULT_FILTER } from '../../../../lib/workloads/tuning/rules/filter';

const SEED = 20260331;

/** What Katib's collector takes out of a line, by JavaScript's expressions, which read these filters alike. */
function collected(filter: string, line: string): string[] {
  return [...line.matchAll(new RegExp(filter, 'g'))].map(([, name = '']) => name.trim());
}

const filters = fc.constantFrom(
  DEFAULT_FILTER,
  String.raw`(\w+)=([0-9.]+)`,
  '(?:step )?([a-z/]+) is ([0-9.]+)',
  '([^=(]+)=([0-9.]+)',
  String.raw`([\])/]+)=(1)`,
  String.raw`\((a(b|c))\)=([0-9.]+)`,
  '([[:alpha:]]+)=(.*)',
);

const names = fc.stringMatching(/^[\w/|() \])-]{1,6}$/).filter((name) => name === name.trim() && name !== '');

describe('filters of metrics', () => {
  test('can find whatever the collector finds', () => {
    fc.assert(
      fc.property(filters, names, fc.constantFrom('=', ' = ', ' is '), (filter, name, between) => {
        const line = `${name}${between}0.5`;
        if (!filter.includes('[:') && collected(filter, line).includes(name)) expect(canFind(filter, name)).toBe(true);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test.each([
    [DEFAULT_FILTER, 'accuracy', true],
    [DEFAULT_FILTER, 'Validation-accuracy', true],
    [DEFAULT_FILTER, 'a|b', true],
    [DEFAULT_FILTER, 'val/loss', false],
    [DEFAULT_FILTER, 'valid_1 auc', false],
    [DEFAULT_FILTER, 'f1.score', false],
    [String.raw`(\w+)=([0-9.]+)`, 'val-loss', false],
    [String.raw`\((\w+)\)=(.*)`, 'loss', true],
    [String.raw`(?P<name>\w+)=(.*)`, 'loss', true],
    [String.raw`(?P<name>\w+)=(.*)`, 'val loss', false],
    ['(?i)(LOSS)=(.*)', 'loss', true],
    ['(LOSS)=(.*)', 'loss', false],
    [String.raw`([a-z\]]+)=(.*)`, 'a]', true],
    ['([[:alpha:])]+)=(.*)', 'a)', true],
    ['([^])]+)=(.*)', 'a]', false],
    ['(?:x|(y))=(.*)', 'y', true],
    ['(?:x|(y))=(.*)', 'x', false],
    ['( *loss *)=(.*)', 'loss', true],
    [String.raw`(\Qval/loss)\E)=(.*)`, 'val/loss)', true],
    ['(a', 'b', true],
    ['no group', 'loss', true],
  ])('%s finds %s: %s', (filter, metric, found) => {
    expect(canFind(filter, metric)).toBe(found);
  });

  test('take time in proportion to the name', () => {
    expect(canFind('((a+)+)=(.*)', `${'a'.repeat(50_000)}!`)).toBe(false);
  });
});
