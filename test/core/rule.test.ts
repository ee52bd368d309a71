import { Construct } from 'constructs';
import { apps } from '../../crds-imports';
import { acknowledge, KubeObject, type RuleId } from '../../lib/core';
import { enforce, error, late, type Rule, warning } from '../../lib/core/rule';
import { assemble, assembled, errors, ruled, teamChart, thrown, warnings } from '../support/app';
import type { Build } from '../support/rules';

/** Something to be held to rules. */
interface Cup {
  readonly size: number;
}

const TOO_SMALL = error<Cup>('cup/too-small', 'Small cups run over.', ({ size }) =>
  size < 1 ? `the size is ${size}` : undefined,
);
const RATHER_SMALL = warning<Cup>('cup/rather-small', 'It is soon empty.', ({ size }) =>
  size < 2 ? 'it is soon empty' : undefined,
);
const RATHER_LARGE = warning<Cup>('cup/rather-large', 'It is heavy.', ({ size }) => (size > 9 ? 'it is heavy' : undefined));
const UNKNOWN_SIZE = late(
  error<Cup>('cup/unknown-size', 'Nobody knows.', ({ size }) => (size === 7 ? 'nobody has a 7' : undefined)),
);
const RULES: readonly Rule<Cup>[] = [TOO_SMALL, RATHER_SMALL, RATHER_LARGE, UNKNOWN_SIZE];

/** A chart with a cup. */
function chartWith(size: number, ...acknowledged: string[]) {
  const chart = teamChart();
  enforce(new Construct(chart, 'cup'), RULES, { size }, acknowledged);
  return chart;
}

describe('a construct that is held to rules', () => {
  test('is refused for errors, with their names', () => {
    expect(thrown(() => chartWith(0)).message).toBe('team/cup: the size is 0 (cup/too-small)');
    expect(assembled(chartWith(3)).findings).toEqual([]);
  });

  test('has warnings told, with their names, until they are acknowledged', () => {
    expect(warnings(assembled(chartWith(1)))).toEqual(['team/cup: it is soon empty (cup/rather-small)']);
    expect(warnings(assembled(chartWith(1, 'cup/rather-small')))).toEqual([]);
    expect(warnings(assembled(chartWith(1, 'cup/rather-large')))).toHaveLength(1);
  });

  test('has an error that only the finished app shows told at synthesis', () => {
    const assembly = assembled(chartWith(7));
    expect(errors(assembly)).toEqual(['team/cup: nobody has a 7']);
    expect(assembly.findings[0]?.rule).toBe('cup/unknown-size');
  });

  test.each([
    ['cup/rather-smal', 'did you mean cup/rather-small or cup/rather-large?'],
    ['cup/too-large', 'did you mean cup/rather-large?'],
    ['cup/too-small', 'did you mean cup/rather-small?'],
    ['saucer/broken', 'there are cup/rather-small, cup/rather-large'],
  ])('acknowledges no rule %s', (id, words) => {
    expect(thrown(() => chartWith(3, id)).message).toBe(`team/cup: acknowledge names ${id}, which is no warning here; ${words}`);
  });
});

describe('what is found in a model', () => {
  const deployed: Build = (chart) => {
    const spec = {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'web', image: 'web' }] } },
    };
    new KubeObject(chart as Construct, 'web', apps.deployments, { metadata: { name: 'web' }, spec });
  };
  const careful = ruled('warning', () => [{ path: 'team/web', message: 'careful' }]);
  const strict = ruled('error', () => [{ path: 'team/web', message: 'no' }]);
  const about = (rule: typeof careful, scope: (chart: Construct) => Construct, ...ids: RuleId[]) =>
    assemble(
      (chart) => {
        deployed(chart);
        acknowledge(scope(chart), ...ids);
      },
      { checks: [rule] },
    ).findings.filter(({ severity }) => severity !== 'note');

  test('is acknowledged at the construct, or anywhere above it', () => {
    expect(about(careful, (chart) => chart)).toHaveLength(1);
    for (const scope of [(chart: Construct) => chart, (chart: Construct) => chart.node.root as Construct])
      expect(about(careful, scope, 'team/rule')).toEqual([]);
    expect(about(careful, (chart) => new Construct(chart, 'we'), 'team/rule')).toHaveLength(1);
  });

  test('is not acknowledged when it is an error, nor by a misspelt name (cdk8s/unknown-rule)', () => {
    expect(about(strict, (chart) => chart, 'team/rule').map(({ message, rule }) => [message, rule])).toEqual([
      [expect.stringMatching(/^acknowledge names team\/rule, which is no warning here/), 'cdk8s/unknown-rule'],
      ['no', 'team/rule'],
    ]);
    expect(about(careful, (chart) => chart, 'team/rules').map(({ message }) => message)).toContain(
      'acknowledge names team/rules, which is no warning here; did you mean team/rule?',
    );
  });
});
