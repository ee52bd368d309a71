import * as fc from 'fast-check';
import { scheduleProblem } from '../../../lib/core/validation/cron';

test.each([
  '* * * * *',
  '*/5 0-6,12 1 jan,MAR mon-fri',
  '0 0 ? * ?',
  '@hourly',
  '@every 90s',
  '0/15 * * * *',
  '59 23 31 12 6',
])('%s is a schedule', (schedule) => {
  expect(scheduleProblem(schedule)).toBeUndefined();
});

test.each([
  ['', 'five fields'],
  ['* * * *', 'five fields'],
  ['@sometimes', 'five fields'],
  ['@every day', 'five fields'],
  ['60 * * * *', 'a minute of 0 to 59'],
  ['* 24 * * *', 'an hour of 0 to 23'],
  ['* * 0 * *', 'a day of the month of 1 to 31'],
  ['* * * 13 *', 'a month of 1 to 12'],
  ['* * * * sunday', 'a day of the week of 0 to 6'],
  ['5-1 * * * *', 'a minute of 0 to 59, where it has "5-1"'],
  ['*/0 * * * *', 'where it has "*/0"'],
  ['1, * * * *', 'where it has ""'],
  ['CRON_TZ=UTC 0 3 * * *', 'no time zone'],
])('%j is none', (schedule, words) => {
  expect(scheduleProblem(schedule)).toContain(words);
});

test('every point in time is a schedule', () => {
  const point = fc.tuple(fc.nat(59), fc.nat(23), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 12 }), fc.nat(6));
  fc.assert(fc.property(point, (fields) => scheduleProblem(fields.join(' ')) === undefined));
});
