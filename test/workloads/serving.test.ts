import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ClusterServingRuntimeSpec } from '../../crds-imports/serving.kserve.io';
import {
  ClusterServingRuntime,
  GraphNode,
  GraphStep,
  graphRules,
  InferenceGraph,
  type InferenceGraphProps,
  LLMInferenceService,
  type LLMInferenceServiceProps,
  LocalModelCache,
  LocalModelNodeGroup,
  llmInferenceServiceRules,
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
  toYaml,
  trainedModelRules,
} from '../../lib';
import { assemble, errors, notes, teamChart, thrown } from '../support/app';
import { hasReference, referenceObjects } from '../support/reference';

type Build = (chart: Construct) => unknown;

/** The YAML of the last object that is built; all of them have to be what their schemas say. */
function yaml(build: Build): string {
  const assembly = assemble(build);
  expect(errors(assembly)).toEqual([]);
  return toYaml(assembly.model.manifests.at(-1));
}

const refusal = (build: Build) => thrown(() => build(teamChart())).message;

/** Both sides of rules: what is refused with which words, or warned of, and what stands next to it and is accepted. */
type Sides = Record<
  string,
  { refused?: [Build, string][]; warned?: [(acknowledge: string[]) => Build, string]; accepted: Build[] }
>;

function describeRules(title: string, rules: readonly { readonly id: string }[], sides: Sides): void {
  describe(title, () => {
    test('are all tested', () => {
      expect(Object.keys(sides)).toEqual(rules.map(({ id }) => id));
    });

    test.each(Object.entries(sides))('%s', (id, { refused = [], warned, accepted }) => {
      for (const [build, words] of refused) {
        expect(refusal(build)).toContain(words);
        expect(refusal(build)).toContain(`(${id})`);
      }
      if (warned) {
        const [build, words] = warned;
        expect(notes(assemble(build([]))).join()).toContain(`${words} (${id})`);
        expect(notes(assemble(build([id]))).join()).not.toContain(`(${id})`);
      }
      expect(refused.length > 0 || warned !== undefined).toBe(true);
      for (const build of accepted) {
        yaml(build);
        expect(notes(assemble(build)).join()).not.toContain(`(${id})`);
      }
    });
  });
}

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
  expect(
    yaml((chart) => {
      const cats = new ModelServer(chart, 'cats', { model: Model.sklearn('s3://a/cats') });
      const made = new InferenceGraph(chart, 'graph', {
        nodes: { root: GraphNode.sequence(GraphStep.server(cats, { name: 'cats', data: '$request' })) },
        scale: Scale.between(0, 2),
        serviceAccount: 'graphs',
      });
      expect(made.url).toBe('http://graph.team.svc.cluster.local');
    }),
  ).toMatchSnapshot();
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

const llm =
  (more: Partial<LLMInferenceServiceProps> = {}, id = 'llm'): Build =>
  (chart) =>
    new LLMInferenceService(chart, id, {
      model: { uri: 'hf://a/b' },
      template: { containers: [{ name: 'main', image }] },
      ...more,
    });
type Places = { name: string; namespace?: string; sectionName?: string }[];
const routed = (refs: Places, parentRefs: Places) =>
  llm({ router: { gateway: { refs }, route: { http: { spec: { parentRefs } } } } } as Partial<LLMInferenceServiceProps>);
const keda = { keda: { idleReplicaCount: 1 } };
const scaled = (scaling: object): Build => llm({ scaling: { maxReplicas: 3, ...scaling } });

describeRules('rules of language models', llmInferenceServiceRules, {
  'LLM-1': { refused: [[llm({}, '1llm'), 'the name "1llm"']], accepted: [llm({}, 'llm1')] },
  'LLM-2': {
    refused: [[llm({ model: { uri: 'gs://a/b' } }), '"gs://a/b" has none of the schemes']],
    accepted: [llm({ model: { uri: 'oci://a/b' } })],
  },
  'LLM-3': {
    refused: [[llm({ replicas: 1, scaling: { maxReplicas: 2, wva: { hpa: {} } } }), 'the service has replicas and scaling']],
    accepted: [llm({ replicas: 1 })],
  },
  'LLM-4': {
    refused: [
      [scaled({ minReplicas: 4, wva: { hpa: {} } }), 'has at least 4 but at most 3 replicas'],
      [scaled({ minReplicas: 0, wva: { hpa: {} } }), 'scales between numbers of at least 1, not 0'],
    ],
    accepted: [scaled({ minReplicas: 3, wva: { hpa: {} } })],
  },
  'LLM-5': {
    refused: [
      [scaled({}), 'scales by nothing'],
      [scaled({ wva: {} }), 'give exactly one'],
      [scaled({ wva: { hpa: {}, ...keda } }), 'give exactly one'],
    ],
    accepted: [scaled({ minReplicas: 2, wva: keda })],
  },
  'LLM-6': {
    refused: [
      [
        llm({
          scaling: { maxReplicas: 2, wva: { hpa: {} } },
          prefill: { scaling: { maxReplicas: 2, wva: { keda: {} } } },
        }),
        'the service scales by hpa, prefill by keda',
      ],
    ],
    accepted: [
      llm({ scaling: { maxReplicas: 2, wva: { hpa: {} } }, prefill: { scaling: { maxReplicas: 2, wva: { hpa: {} } } } }),
    ],
  },
  'LLM-7': {
    refused: [[scaled({ wva: { hpa: {}, variantCost: '-1' } }), 'has the variantCost "-1"']],
    accepted: [scaled({ wva: { hpa: {}, variantCost: '1.5' } })],
  },
  'LLM-8': {
    refused: [
      [scaled({ minReplicas: 1, wva: { keda: { idleReplicaCount: 1 } } }), 'has 1 replicas when idle'],
      [scaled({ minReplicas: 2, wva: { keda: { idleReplicaCount: 0 } } }), 'has 0 replicas when idle, must be at least 1'],
    ],
    accepted: [scaled({ minReplicas: 2, wva: keda })],
  },
  'LLM-9': {
    refused: [[llm({ worker: { containers: [{ name: 'main', image }] } }), 'has a worker but nothing to spread']],
    accepted: [llm({ worker: { containers: [{ name: 'main', image }] }, parallelism: { data: 4, dataLocal: 2 } })],
  },
  'LLM-10': {
    refused: [
      [llm({ parallelism: { pipeline: 2, data: 2, dataLocal: 1 } }), 'spreads by pipeline and by data'],
      [llm({ prefill: { parallelism: { data: 2 } } }), 'prefill needs data and dataLocal together'],
    ],
    accepted: [llm({ parallelism: { pipeline: 2 } })],
  },
  'LLM-11': {
    refused: [[llm({ parallelism: { tensor: 0 } }), 'has the parallelism tensor 0']],
    accepted: [llm({ parallelism: { tensor: 1, expert: true } })],
  },
  'LLM-12': {
    refused: [
      [llm({ router: { route: { http: { refs: [{ name: 'a' }], spec: {} } } } }), 'the route has refs and a spec'],
      [llm({ router: { gateway: {}, route: { http: { refs: [{ name: 'a' }] } } } }), 'leave the gateway out'],
    ],
    accepted: [llm({ router: { route: { http: { refs: [{ name: 'a' }] } } } }), llm({ router: { gateway: {}, route: {} } })],
  },
  'LLM-13': {
    refused: [
      [routed([{ name: 'a', namespace: 'n' }], [{ name: 'b' }]), "the route's parents are b, the gateways n/a"],
      [routed([{ name: 'a', namespace: 'n' }], [{ name: 'a' }]), "the route's parents are a, the gateways n/a"],
      [routed([{ name: 'a', namespace: 'n' }], [{ name: 'a', namespace: 'n', sectionName: 'https' }]), 'parents are n/a#https'],
      [
        routed(
          [
            { name: 'a', namespace: 'n' },
            { name: 'b', namespace: 'n' },
          ],
          [{ name: 'a', namespace: 'n' }],
        ),
        'the gateways n/a, n/b',
      ],
    ],
    accepted: [
      routed([{ name: 'a', namespace: 'n' }], [{ name: 'a', namespace: 'n' }]),
      routed([{ name: 'a', namespace: 'n' }], []),
      routed(
        [
          { name: 'a', namespace: 'n' },
          { name: 'b', namespace: 'n' },
        ],
        [
          { name: 'b', namespace: 'n' },
          { name: 'a', namespace: 'n' },
        ],
      ),
    ],
  },
  'LLM-14': {
    refused: [
      [llm({ router: { scheduler: { replicas: 0 } } }), 'the scheduler has 0 replicas'],
      [llm({ router: { scheduler: { config: {} } } }), 'give exactly one'],
      [llm({ router: { scheduler: { config: { inline: {} } } } }), "the scheduler's inline configuration is empty"],
      [llm({ router: { scheduler: { config: { ref: { name: '', key: 'x' } } } } }), 'has no name'],
    ],
    accepted: [
      llm({ router: { scheduler: { replicas: 1, config: { ref: { name: 'a', key: 'x' } } } } }),
      llm({ router: { scheduler: { config: { inline: { kind: 'EndpointPickerConfig' } } } } }),
    ],
  },
  'LLM-15': {
    refused: [
      [
        scaled({ wva: { keda: { advanced: { restoreToOriginalReplicaCount: true } } } }),
        "gives keda.advanced, which the release's definition refuses",
      ],
    ],
    accepted: [scaled({ wva: { keda: { pollingInterval: 5 } } })],
  },
  'LLM-presets': {
    warned: [
      (acknowledge) => llm({ template: undefined, acknowledge }),
      'so KServe fills it from its presets, which the platform does not install; say llm: true of KServe, or llmPresets: true in ServingCluster.declare where they are there',
    ],
    accepted: [
      llm(),
      llm({ template: undefined, baseRefs: [{ name: 'team' }] }),
      (chart) => {
        ServingCluster.declare(chart, { llmPresets: true });
        llm({ template: undefined })(chart);
      },
    ],
  },
});

describe('LocalModelCache', () => {
  const group = (chart: Construct) =>
    new LocalModelNodeGroup(chart, 'gpus', {
      storageLimit: Size.gibibytes(10),
      persistentVolume: { accessModes: ['ReadWriteOnce'], local: { path: '/models' }, capacity: { storage: '10Gi' } },
      persistentVolumeClaim: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
    });
  const cache = (chart: Construct, id: string, gibibytes: number, uri = 'hf://a/b') =>
    new LocalModelCache(chart, id, { sourceModelUri: uri, modelSize: Size.gibibytes(gibibytes), nodeGroups: [group(chart)] });

  test('keeps a model on nodes', () => {
    expect(yaml((chart) => cache(chart, 'b', 10))).toMatchSnapshot();
  });

  test('refuses a model that does not fit, no nodes, a wrong URI and a second cache', () => {
    expect(refusal((chart) => cache(chart, 'b', 11))).toContain('the model takes 11Gi, the nodes of gpus have 10Gi');
    expect(refusal((chart) => cache(chart, 'b', 1, 'ftp://x'))).toContain('the storage URI "ftp://x"');
    const elsewhere = { sourceModelUri: 'hf://a/b', modelSize: Size.gibibytes(1) };
    expect(refusal((chart) => new LocalModelCache(chart, 'b', { ...elsewhere, nodeGroups: [] }))).toContain(
      'no nodes keep the model',
    );
    expect(
      refusal((chart) => {
        new LocalModelCache(chart, 'a', { ...elsewhere, nodeGroups: ['gpus'] });
        new LocalModelCache(chart, 'b', { ...elsewhere, nodeGroups: ['gpus'] });
      }),
    ).toContain('the cache a has the same URI hf://a/b');
  });
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
