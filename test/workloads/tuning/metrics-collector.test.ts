import { MetricsCollector } from '../../../lib';
import { experiment, image, least, refusal } from './support';

test.each<[string, MetricsCollector, object]>([
  ['stdOut', MetricsCollector.stdOut(), { collector: { kind: 'StdOut' } }],
  [
    'file',
    MetricsCollector.file({ format: 'JSON' }),
    { collector: { kind: 'File' }, source: { fileSystemPath: { kind: 'File', format: 'JSON' } } },
  ],
  [
    'tensorFlowEvent',
    MetricsCollector.tensorFlowEvent('/events'),
    { collector: { kind: 'TensorFlowEvent' }, source: { fileSystemPath: { path: '/events', kind: 'Directory' } } },
  ],
  [
    'prometheus',
    MetricsCollector.prometheus({ port: 9090, path: '/m' }),
    { collector: { kind: 'PrometheusMetric' }, source: { httpGet: { port: 9090, path: '/m' } } },
  ],
  [
    'custom',
    MetricsCollector.custom({ name: 'collect', image }, { path: '/metrics' }),
    {
      collector: { kind: 'Custom', customCollector: { name: 'collect', image } },
      source: { fileSystemPath: { path: '/metrics', kind: 'File' } },
    },
  ],
  ['push', MetricsCollector.push(), { collector: { kind: 'Push' } }],
])('collects metrics by %s', (_name, metrics, expected) => {
  expect(experiment({ ...least, metrics, katib: { metricsCollectors: ['PrometheusMetric'] } })).toHaveProperty(
    'spec.metricsCollectorSpec',
    expected,
  );
});

test('there is a method for each kind that Katib takes, and none for None, which it refuses', () => {
  const made = [
    MetricsCollector.stdOut(),
    MetricsCollector.file(),
    MetricsCollector.tensorFlowEvent(),
    MetricsCollector.prometheus(),
    MetricsCollector.custom({ name: 'collect', image }),
    MetricsCollector.push(),
  ];
  expect(made.map(({ kind }) => kind)).toEqual(['StdOut', 'File', 'TensorFlowEvent', 'PrometheusMetric', 'Custom', 'Push']);
  const methods = Object.getOwnPropertyNames(MetricsCollector).filter(
    (name) => typeof MetricsCollector[name as keyof typeof MetricsCollector] === 'function',
  );
  expect(methods).toHaveLength(made.length);
  const collector = { kind: 'None' };
  expect(refusal({ ...least, overrides: { metricsCollectorSpec: { collector } } })).toContain('kind is "None"');
});
