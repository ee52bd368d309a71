import { EarlyStopping, MetricsCollector, Objective } from '../../../../lib';
import { METRICS_RULES } from '../../../../lib/workloads/tuning/rules/metrics';
import { describeRules, experiment, image, least, refusal } from '../support';

describeRules('rules of metrics collectors', METRICS_RULES, {
  'katib/invalid-metrics-file': {
    refused: [
      { ...least, metrics: MetricsCollector.file({ path: 'a', format: 'JSON', filter: ['(a)(b)'] }) },
      'the file "a" of the metrics is no absolute path; metrics in JSON take no filter',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.file({ path: '/a', format: 'TEXT', filter: ['(accuracy)(b)'] }) }],
  },
  'katib/relative-event-folder': {
    refused: [
      { ...least, metrics: MetricsCollector.tensorFlowEvent('a') },
      'the directory "a" of the metrics is no absolute path',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.tensorFlowEvent() }],
  },
  'katib/invalid-metrics-endpoint': {
    refused: [
      {
        ...least,
        metrics: MetricsCollector.prometheus({ port: 0, path: 'm' }),
        katib: { metricsCollectors: ['PrometheusMetric'] },
      },
      'the port of the metrics is 0, must be a whole number from 1 to 65535; the path "m"',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.prometheus(), katib: { metricsCollectors: ['PrometheusMetric'] } }],
  },
  'katib/relative-collector-path': {
    refused: [
      { ...least, metrics: MetricsCollector.custom({ name: 'c', image }, { path: 'a' }) },
      'the path "a" of the custom collector',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.custom({ name: 'c', image }) }],
  },
  'katib/invalid-metrics-filter': {
    refused: [
      { ...least, metrics: MetricsCollector.stdOut({ filter: ['(a', 'a=(b)'] }) },
      '"(a" is no regular expression of Go: missing closing ): `(a`; the filter "a=(b)" lacks two groups',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.stdOut({ filter: ['(accuracy)=(b)', '(\\pL)(?i:b)'] }) }],
  },
  'katib/unsplittable-filter': {
    refused: [
      { ...least, metrics: MetricsCollector.stdOut({ filter: ['(a);(b)'] }) },
      'has a ";", at which Katib splits filters',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.stdOut({ filter: ['(accuracy)\\x3b(b)'] }) }],
  },
  'katib/uncollectable-metric': {
    refused: [
      { ...least, objective: Objective.minimize('val/loss', { additionalMetrics: ['accuracy'] }) },
      'no filter of the collector finds "val/loss", so every trial would end without it; report names of letters, digits, "_", "-" and "|" alone, or give the collector a filter: [\'(val/loss|accuracy)=([0-9.eE+-]+)\']',
    ],
    accepted: [
      {
        ...least,
        objective: Objective.minimize('val/loss', { additionalMetrics: ['accuracy'] }),
        metrics: MetricsCollector.stdOut({ filter: ['(val/loss|accuracy)=([0-9.eE+-]+)'] }),
      },
    ],
  },
  'katib/unstoppable-collector': {
    refused: [
      { ...least, earlyStopping: EarlyStopping.median(), metrics: MetricsCollector.push() },
      'early stopping works with the collectors StdOut and File, not with Push',
    ],
    accepted: [{ ...least, earlyStopping: EarlyStopping.median() }],
  },
});

test('a filter of many brackets is judged at once', () => {
  const filter = `${'('.repeat(900)}a${')'.repeat(900)}`;
  expect(refusal({ ...least, metrics: MetricsCollector.stdOut({ filter: [filter] }) })).toContain('lacks two groups');
});

describe('metrics that no filter finds', () => {
  const found = Objective.maximize('valid_1 auc');

  test('are told with an own filter', () => {
    expect(refusal({ ...least, objective: found, metrics: MetricsCollector.file({ filter: ['(\\w+)=([0-9.]+)'] }) })).toContain(
      'no filter of the collector finds "valid_1 auc", so every trial would end without it; widen the first group of a filter',
    );
  });

  test.each([
    ['members of JSON', MetricsCollector.file({ format: 'JSON' })],
    ['tags of events', MetricsCollector.tensorFlowEvent()],
    ['what the trial pushes', MetricsCollector.push()],
    ['one of several filters', MetricsCollector.stdOut({ filter: ['(\\w+)=([0-9.]+)', '([ \\w]+): ([0-9.]+)'] })],
  ])('are not looked for among %s', (_title, metrics) => {
    experiment({ ...least, objective: found, metrics });
  });
});
