import { Duration, Size } from 'cdk8s';
import { parse } from 'yaml';
import type { ClusterServingRuntimeSpec } from '../../crds-imports/serving.kserve.io';
import {
  ClusterServingRuntime,
  GraphNode,
  GraphStep,
  graphRules,
  InferenceGraph,
  type InferenceGraphProps,
  Model,
  ModelServer,
  Scale,
  ScaleOn,
  SERVING_RUNTIMES,
  ServingCluster,
  ServingRuntime,
  type ServingRuntimeProps,
  servingRuntimeRules,
  TrainedModel,
  type TrainedModelProps,
  trainedModelRules,
} from '../../lib';
import { hasReference, referenceObjects } from '../support/reference';
import { type Build, describeRules, yaml } from '../support/rules';

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
  'SR-1': {
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
  'SR-2': {
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
  'SR-3': {
    refused: [[runtime({ containers: [{ name: 'main', image }] }), 'no container is called kserve-container']],
    accepted: [runtime({ containers: [container, { name: 'helper', image }] })],
  },
  'SR-4': {
    refused: [[runtime({ workerSpec: { containers: [worker, { name: 'x', image }] } }), 'a worker has one container, not 2']],
    accepted: [runtime({ workerSpec: { containers: [worker] } })],
  },
  'SR-5': {
    refused: [[runtime({ workerSpec: { containers: [worker], tensorParallelSize: 0 } }), "a worker's size is 0"]],
    accepted: [runtime({ workerSpec: { containers: [worker], tensorParallelSize: 1 } })],
  },
  'SR-6': {
    refused: [
      [
        runtime({ workerSpec: { containers: [{ ...worker, env: [{ name: 'TENSOR_PARALLEL_SIZE', value: '2' }] }] } }),
        'env sets TENSOR_PARALLEL_SIZE',
      ],
    ],
    accepted: [runtime({ containers: [{ ...container, env: [{ name: 'TENSOR_PARALLEL_SIZE', value: '2' }] }] })],
  },
  'SR-7': {
    refused: [
      [
        runtime({ workerSpec: { containers: [{ ...worker, resources: { limits: { 'acme.com/npu': 1 } } }] } }),
        'a worker asks for acme.com/npu',
      ],
    ],
    accepted: [
      runtime({ workerSpec: { containers: [{ ...worker, resources: { limits: { 'nvidia.com/gpu': 1 } } }] } }),
      runtime({
        annotations: { 'serving.kserve.io/gpu-resource-types': '["acme.com/npu"]' },
        workerSpec: { containers: [{ ...worker, resources: { limits: { 'acme.com/npu': 1 } } }] },
      }),
    ],
  },
});

test('a runtime says where its metrics are', () => {
  expect(parse(yaml(runtime({ metrics: { port: 9090, path: '/m' }, annotations: { note: 'x' } }))).spec.annotations).toEqual({
    'prometheus.kserve.io/port': '9090',
    'prometheus.kserve.io/path': '/m',
    note: 'x',
  });
  expect(yaml(runtime())).not.toContain('annotations');
});

const graph =
  (nodes: InferenceGraphProps['nodes'], more: Partial<InferenceGraphProps> = {}, id = 'graph'): Build =>
  (chart) =>
    new InferenceGraph(chart, id, { nodes, ...more });
const step = GraphStep.server('cats');
const root = GraphNode.sequence(step);

describeRules('rules of inference graphs', graphRules, {
  'IG-1': { refused: [[graph({ root }, {}, '1graph'), 'the name "1graph" is not a DNS label']], accepted: [graph({ root })] },
  'IG-1-length': {
    refused: [[graph({ root }, {}, 'a'.repeat(59)), 'the name is 1 characters too long: its host is called']],
    accepted: [graph({ root }, {}, 'a'.repeat(58))],
  },
  'IG-2': {
    refused: [[graph({ start: root }), 'no node is called root, where requests come in; there is start']],
    accepted: [graph({ root })],
  },
  'IG-3': {
    refused: [
      [
        graph({ root: GraphNode.ensemble(GraphStep.server('a', { name: 'x' }), GraphStep.server('b', { name: 'x' })) }),
        'there are two steps x of the node root',
      ],
    ],
    accepted: [
      graph({
        root: GraphNode.ensemble(GraphStep.server('a', { name: 'x' }), GraphStep.node('b', { name: 'y' })),
        b: GraphNode.sequence(GraphStep.server('b', { name: 'x' })),
      }),
    ],
  },
  'IG-4': {
    refused: [
      [graph({ root }, { overrides: { nodes: { root: { steps: [{ name: 'x' }] } } } }), 'goes to nothing'],
      [graph({ root }, { overrides: { nodes: { root: { steps: [{ nodeName: 'x', serviceName: 'y' }] } } } }), 'goes to x and y'],
    ],
    accepted: [graph({ root: GraphNode.sequence(GraphStep.url('http://x')) })],
  },
  'IG-5': {
    refused: [
      [
        graph({ root: GraphNode.splitter(GraphStep.server('a', { weight: 50 }), GraphStep.server('b', { weight: 49 })) }),
        '50, 49',
      ],
      [graph({ root: GraphNode.splitter(GraphStep.server('a', { weight: 100 }), step) }), '100, none'],
    ],
    accepted: [graph({ root: GraphNode.splitter(GraphStep.server('a', { weight: 50 }), GraphStep.server('b', { weight: 50 })) })],
  },
  'IG-6': {
    refused: [[graph({ root }, { nodeSelector: { a: 'b' } }), 'kubernetes.podspec-nodeselector']],
    accepted: [
      graph({ root }, { nodeSelector: { a: 'b' }, deploymentMode: 'Standard' }),
      graph({ root }, { nodeSelector: { a: 'b' }, knativeFeatures: ['nodeselector'] }),
    ],
  },
  'IG-7': {
    refused: [
      [graph({ root }, { scale: Scale.between(1, 2, { on: ScaleOn.memory(Size.gibibytes(1)) }) }), 'one short metric only'],
      [graph({ root }, { scale: Scale.between(1, 2, { behavior: {} }) }), 'one short metric only'],
    ],
    accepted: [graph({ root }, { scale: Scale.between(1, 2, { on: ScaleOn.memory(80) }) })],
  },
  'IG-timeout': {
    refused: [[graph({ root }, { timeout: Duration.seconds(601) }), 'Knative refuses more than 600']],
    accepted: [
      graph({ root }, { timeout: Duration.seconds(600) }),
      graph({ root }, { timeout: Duration.seconds(601), deploymentMode: 'Standard' }),
      (chart) => {
        ServingCluster.declare(chart, { maxRevisionTimeout: Duration.hours(1) });
        graph({ root }, { timeout: Duration.hours(1) })(chart);
      },
    ],
  },
  'IG-nodes': {
    warned: [
      (acknowledge) => graph({ root: GraphNode.sequence(GraphStep.node('b')) }, { acknowledge }),
      'goes to b, which the graph does not have',
    ],
    accepted: [graph({ root: GraphNode.sequence(GraphStep.node('b')), b: root })],
  },
  'IG-cycle': {
    warned: [
      (acknowledge) =>
        graph({ root: GraphNode.sequence(GraphStep.node('b')), b: GraphNode.sequence(GraphStep.node('root')) }, { acknowledge }),
      'requests go round: root → b → root',
    ],
    accepted: [
      graph({
        root: GraphNode.ensemble(GraphStep.node('b'), GraphStep.node('c')),
        b: GraphNode.sequence(GraphStep.node('c')),
        c: root,
      }),
    ],
  },
  'IG-condition': {
    warned: [
      (acknowledge) => graph({ root: GraphNode.switch(step) }, { acknowledge }),
      'a step of the switch root has no condition, so it is always taken',
    ],
    accepted: [graph({ root: GraphNode.switch(GraphStep.server('a', { condition: 'x' })) })],
  },
});

test('an inference graph says what it was told', () => {
  const { spec } = parse(
    yaml((chart) => {
      const cats = new ModelServer(chart, 'cats', { model: Model.sklearn('s3://a/cats') });
      const made = new InferenceGraph(chart, 'graph', {
        nodes: { root: GraphNode.sequence(GraphStep.server(cats, { name: 'cats', data: '$request' })) },
        scale: Scale.between(0, 2),
        serviceAccount: 'graphs',
      });
      expect(made.url).toBe('http://graph.team.svc.cluster.local');
    }),
  );
  expect(spec).toEqual({
    nodes: { root: { routerType: 'Sequence', steps: [{ name: 'cats', serviceName: 'cats', data: '$request' }] } },
    minReplicas: 0,
    maxReplicas: 2,
    serviceAccountName: 'graphs',
  });
});

const many =
  (props: Partial<TrainedModelProps>, ...ids: string[]): Build =>
  (chart) => {
    const server = new ModelServer(chart, 'server', {
      model: Model.triton(),
      resources: { memory: Size.gibibytes(2) },
    });
    for (const id of ids)
      new TrainedModel(chart, id, { server, framework: 'onnx', storageUri: 's3://a/b', memory: Size.gibibytes(1), ...props });
  };

describeRules('rules of trained models', trainedModelRules, {
  'TM-1': { refused: [[many({}, 'A_b'), 'the name "A_b"']], accepted: [many({}, 'a')] },
  'TM-2': {
    refused: [[many({ storageUri: 'pvc://a/b' }, 'a'), '"pvc://a/b" has none of the schemes s3://']],
    accepted: [many({ storageUri: 'gs://a/b' }, 'a')],
  },
  'TM-3': {
    refused: [
      [
        (chart) => many({ server: new ModelServer(chart, 'full', { model: Model.sklearn('s3://a/b') }) }, 'a')(chart),
        'its server has a model of its own',
      ],
    ],
    accepted: [many({ server: 'elsewhere' }, 'a')],
  },
  'TM-4': {
    refused: [[many({}, 'a', 'b', 'c'), 'take 3072Mi of memory together, the server has 2048Mi']],
    accepted: [many({}, 'a', 'b'), many({ memory: Size.kibibytes(1500) }, 'a')],
  },
});

(hasReference ? test : test.skip)('the serving runtimes are those of the release', () => {
  const upstream = (referenceObjects().get('kserve') ?? []).filter(({ kind }) => kind === 'ClusterServingRuntime');
  const shape = ({
    supportedModelFormats = [],
    protocolVersions,
    workerSpec,
  }: Pick<ClusterServingRuntimeSpec, 'supportedModelFormats' | 'protocolVersions' | 'workerSpec'>) => ({
    formats: supportedModelFormats.map(({ name, version, autoSelect = false }) => ({ name, version, autoSelect })),
    protocolVersions,
    multiNode: workerSpec !== undefined,
  });
  const ours = Object.entries(SERVING_RUNTIMES).map(([name, spec]) => [name, shape(spec)]);
  expect(Object.fromEntries(ours)).toEqual(
    Object.fromEntries(upstream.map(({ metadata, spec }) => [metadata.name, shape(spec as ClusterServingRuntimeSpec)])),
  );
});
