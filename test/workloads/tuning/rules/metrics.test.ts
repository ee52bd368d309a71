import { EarlyStopping, MetricsCollector } from '../../../../lib';
import { METRICS_RULES } from '../../../../lib/workloads/tuning/rules/metrics';
import { describeRules, image, least, refusal } from '../support';

describeRules('rules of metrics collectors', METRICS_RULES, {
  'katib/invalid-metrics-file': {
    refused: [
      { ...least, metrics: MetricsCollector.file({ path: 'a', format: 'JSON', filter: ['(a)(b)'] }) },
      'the file "a" of the metrics is no absolute path; metrics in JSON take no filter',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.file({ path: '/a', format: 'TEXT', filter: ['(a)(b)'] }) }],
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
    accepted: [{ ...least, metrics: MetricsCollector.stdOut({ filter: ['(a)=(b)', '(\\pL)(?i:b)'] }) }],
  },
  'katib/unsplittable-filter': {
    refused: [
      { ...least, metrics: MetricsCollector.stdOut({ filter: ['(a);(b)'] }) },
      'has a ";", at which Katib splits filters',
    ],
    accepted: [{ ...least, metrics: MetricsCollector.stdOut({ filter: ['(a)\\x3b(b)'] }) }],
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
