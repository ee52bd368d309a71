import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Roster } from '../../lib/core';

const app = new App();
const [left, right] = [new Chart(app, 'left'), new Chart(app, 'right')];

test('constructs of a sort are found from anywhere in their app, in the order in which they were made', () => {
  const roster = new Roster<Construct>('tests');
  expect(roster.around(left)).toEqual([]);
  const [first, second] = [new Construct(right, 'first'), new Construct(left, 'second')];
  for (const one of [first, second]) roster.add(one);
  expect(roster.around(left).map(({ node }) => node.path)).toEqual(['right/first', 'left/second']);
  expect(roster.around(app)).toHaveLength(2);
});

test('another app has its own, and so has another sort', () => {
  const roster = new Roster<Construct>('tests');
  expect(roster.around(new App())).toEqual([]);
  expect(new Roster<Construct>('others').around(left)).toEqual([]);
});

test('those with a key are found without the others, also by another copy of the library', () => {
  const here = new App();
  const roster = new Roster<Chart>('charts', (chart) => chart.namespace);
  const charts = ['a', 'b', 'a'].map((namespace, index) => new Chart(here, `chart-${index}`, { namespace }));
  for (const chart of charts) roster.add(chart);
  const paths = (other: Roster<Chart>, key: string) => other.having(charts[1] as Chart, key).map(({ node }) => node.path);
  expect(paths(roster, 'a')).toEqual(['chart-0', 'chart-2']);
  expect(paths(new Roster<Chart>('charts'), 'b')).toEqual(['chart-1']);
  expect(paths(roster, 'c')).toEqual([]);
});
