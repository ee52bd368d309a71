import { parse } from 'yaml';
import { ClusterServingRuntime, ServingRuntime, type ServingRuntimeProps } from '../../../../lib';
import { SERVING_RUNTIME_RULES as servingRuntimeRules } from '../../../../lib/workloads/serving/runtime/serving-runtime-rules';
import { type Build, describeRules, yaml } from '../../../support/rules';

const image = 'ghcr.io/my-org/server:1.0';
const container = { name: 'kserve-container', image };

const runtime =
  (more: Partial<ServingRuntimeProps> = {}, id = 'own'): Build =>
  (chart) =>
    new ServingRuntime(chart, id, { containers: [container], ...more });
const both =
  (...builds: Build[]): Build =>
  (chart) =>
    builds.map((build) => build(chart));
const format = { name: 'sklearn', version: '1', autoSelect: true, priority: 1 };
const sklearn = (priority: number, more: Partial<ServingRuntimeProps> = {}, name = 'sklearn'): Partial<ServingRuntimeProps> => ({
  supportedModelFormats: [{ ...format, name, priority }],
  protocolVersions: ['v1'],
  ...more,
});
const worker = { name: 'worker-container', image };

describeRules('rules of serving runtimes', servingRuntimeRules, {
  'kserve/same-runtime-priority': {
    refused: [
      [both(runtime(sklearn(1), 'a'), runtime(sklearn(1), 'b')), 'the runtime a has the same priority 1 for sklearn 1 with v1'],
      [both(runtime(sklearn(1), 'a'), runtime(sklearn(1, {}, 'SKLearn'), 'b')), 'for SKLearn 1 with v1'],
      [
        both(
          runtime(sklearn(1), 'a'),
          runtime(
            { supportedModelFormats: ['1', '2'].map((version) => ({ ...format, version })), protocolVersions: ['v1'] },
            'b',
          ),
        ),
        'for sklearn 1 with v1',
      ],
    ],
    accepted: [
      both(runtime(sklearn(1), 'a'), runtime(sklearn(2), 'b')),
      both(runtime(sklearn(1), 'a'), runtime(sklearn(1, { protocolVersions: ['v2'] }), 'b')),
      both(runtime(sklearn(1), 'a'), runtime(sklearn(1, { protocolVersions: undefined }), 'b')),
      both(runtime(sklearn(1), 'a'), runtime(sklearn(1, { disabled: true }), 'b')),
      both(runtime(sklearn(1), 'a'), runtime(sklearn(1, { multiModel: true }), 'b')),
      both(
        runtime(sklearn(1), 'a'),
        runtime({ supportedModelFormats: [{ ...format, version: '2' }], protocolVersions: ['v1'] }, 'b'),
      ),
      both(
        runtime(sklearn(1), 'a'),
        (chart) => new ClusterServingRuntime(chart, 'b', { containers: [container], ...sklearn(1) }),
      ),
    ],
  },
  'kserve/differing-format-priority': {
    refused: [
      [
        runtime({ supportedModelFormats: [1, 2].map((priority) => ({ ...format, version: `${priority}`, priority })) }),
        'the format sklearn has the priorities 1 and 2',
      ],
    ],
    accepted: [
      runtime({ supportedModelFormats: ['1', '2'].map((version) => ({ ...format, version })) }),
      runtime({ supportedModelFormats: [format, { ...format, version: '2', priority: undefined }] }),
      runtime({ supportedModelFormats: [format, { ...format, version: '2', priority: 2, autoSelect: false }] }),
    ],
  },
  'kserve/no-serving-container': {
    refused: [[runtime({ containers: [{ name: 'main', image }] }), 'no container is called kserve-container']],
    accepted: [runtime({ containers: [container, { name: 'helper', image }] })],
  },
  'kserve/not-one-worker-container': {
    refused: [[runtime({ workerSpec: { containers: [worker, { name: 'x', image }] } }), 'a worker has one container, not 2']],
    accepted: [runtime({ workerSpec: { containers: [worker] } })],
  },
  'kserve/invalid-runtime-worker-size': {
    refused: [[runtime({ workerSpec: { containers: [worker], tensorParallelSize: 0 } }), "a worker's size is 0"]],
    accepted: [runtime({ workerSpec: { containers: [worker], tensorParallelSize: 1 } })],
  },
  'kserve/runtime-sizes-in-environment': {
    refused: [
      [
        runtime({ workerSpec: { containers: [{ ...worker, env: [{ name: 'TENSOR_PARALLEL_SIZE', value: '2' }] }] } }),
        'env sets TENSOR_PARALLEL_SIZE',
      ],
    ],
    accepted: [runtime({ containers: [{ ...container, env: [{ name: 'TENSOR_PARALLEL_SIZE', value: '2' }] }] })],
  },
  'kserve/unknown-runtime-gpu': {
    refused: [
      [
        runtime({ workerSpec: { containers: [{ ...worker, resources: { limits: { 'acme.com/npu': 1 } } }] } }),
        'a worker asks for acme.com/npu',
      ],
    ],
    accepted: [
      runtime({ workerSpec: { containers: [{ ...worker, resources: { limits: { 'nvidia.com/gpu': 1 } } }] } }),
      runtime({
        podAnnotations: { 'serving.kserve.io/gpu-resource-types': '["acme.com/npu"]' },
        workerSpec: { containers: [{ ...worker, resources: { limits: { 'acme.com/npu': 1 } } }] },
      }),
    ],
  },
});

test('a runtime says where its metrics are', () => {
  expect(parse(yaml(runtime({ metrics: { port: 9090, path: '/m' }, podAnnotations: { note: 'x' } }))).spec.annotations).toEqual({
    'prometheus.kserve.io/port': '9090',
    'prometheus.kserve.io/path': '/m',
    note: 'x',
  });
  expect(yaml(runtime())).not.toContain('annotations');
});
