import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  EnvFrom,
  Gpu,
  Model,
  ModelRuntime,
  ModelServer,
  type ModelServerProps,
  Mount,
  modelServerRules,
  Scale,
  ScaleOn,
  SERVING_RUNTIMES,
  ServingCluster,
  ServingRuntime,
  type ShippedServingRuntime,
  Storage,
  toYaml,
} from '../../lib';
import { assembled, errors, notes, teamChart, thrown } from '../support/app';

const image = 'ghcr.io/my-org/server:1.0';
const model = Model.sklearn('s3://bucket/iris');
const standard = { deploymentMode: 'Standard' } as const;
const keda = { ...standard, autoscaler: 'keda' } as const;
const multiNode = ModelRuntime.shipped('kserve-huggingfaceserver-multinode');
const workers = {
  ...standard,
  autoscaler: 'none',
  model: Model.huggingface('pvc://models/llama', { runtime: multiNode }),
  workers: { pipelineParallel: 2 },
} as const satisfies ModelServerProps;

/** The YAML of a server, which has to be what its schema says. */
function yaml(props: ModelServerProps, name = 'server'): string {
  const server = new ModelServer(teamChart(), name, props);
  const assembly = assembled(server);
  expect(errors(assembly)).toEqual([]);
  return toYaml(assembly.model.manifests[0]);
}

function refusal(props: ModelServerProps, name = 'server'): string {
  return thrown(() => new ModelServer(teamChart(), name, props)).message;
}

describe('ModelServer', () => {
  test.each<[string, ModelServerProps]>([
    ['a model', { model }],
    ['a custom container', { image, env: { PROTOCOL: 'v2' }, ports: [{ name: 'h2c', containerPort: 9000 }] }],
    [
      'everything of a model and its component',
      {
        ...standard,
        model: Model.tensorflow(Storage.configured({ key: 'models', path: 'flowers', parameters: { bucket: 'b' } }), {
          version: '2',
          protocol: 'grpc-v1',
          runtime: ModelRuntime.shipped('kserve-tensorflow-serving'),
          runtimeVersion: '2.6.2-gpu',
        }),
        scale: Scale.between(1, 4, { on: ScaleOn.cpu(70) }),
        autoscaler: 'hpa',
        rollout: { type: 'Recreate' },
        timeout: Duration.minutes(5),
        args: ['--x'],
        env: { TOKEN: EnvFrom.secret('hub', 'token') },
        mounts: { '/cache': Mount.claim('cache') },
        probes: { readiness: { httpGet: { path: '/ready', port: 8080 } }, liveness: { tcpSocket: { port: 8080 } } },
        resources: { cpu: Cpu.units(2), memory: Size.gibibytes(4), gpu: Gpu.nvidia(1) },
        nodeSelector: { pool: 'gpu' },
        labels: { stage: 'test' },
        annotations: { note: 'x' },
        serviceAccount: 'models',
        storageSecret: 'stores',
        visibility: 'cluster-local',
        stop: true,
        prometheusScraping: true,
        autoUpdate: false,
        writableModel: true,
        queue: 'team-a',
        serverLabels: { team: 'a' },
        serverAnnotations: { owner: 'a' },
        logger: {
          mode: 'request',
          metadataHeaders: ['x-request-id'],
          storage: { path: '/logs', key: 'logs', parameters: { type: 's3' } },
          batchSize: 10,
          batchInterval: Duration.seconds(5),
        },
        overrides: { predictor: { timeout: 10 } },
      },
    ],
    [
      'transformer and explainer',
      {
        model,
        deploymentMode: 'Knative',
        canaryTraffic: 20,
        tagRouting: true,
        rolloutDuration: Duration.minutes(5),
        metricAggregation: true,
        containerConcurrency: 4,
        scale: Scale.between(0, 3, { on: ScaleOn.requestsPerSecond(50) }),
        transformer: { image, batcher: { maxBatchSize: 8, maxLatency: Duration.millis(200) } },
        explainer: { art: { type: 'SquareAttack', config: { nb_classes: '10' } } },
      },
    ],
    ['a transformer in the same pods', { model, colocatedTransformer: { image, ports: [{ containerPort: 8080 }] } }],
    [
      'KEDA by several metrics',
      {
        ...keda,
        image,
        scale: Scale.between(0, 3, {
          on: [
            ScaleOn.memory(Size.gibibytes(2)),
            ScaleOn.prometheus({
              serverAddress: 'http://prometheus:9090',
              query: 'rate(x[1m])',
              target: 5,
              namespace: 'team',
              authentication: { name: 'prometheus', modes: 'bearer' },
            }),
            ScaleOn.openTelemetry({ query: 'sum(x)', target: 3, metricNames: ['x'], operationOverTime: 'avg' }),
          ],
          behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
        }),
      },
    ],
    ['several nodes', { ...workers, workers: { pipelineParallel: 2, tensorParallel: 4, resources: { gpu: Gpu.nvidia(4) } } }],
    ['artifacts', { image, ...standard, artifacts: { '/mnt/models/a': 'hf://o/a', '/mnt/models/b': 's3://b/b' } }],
  ])('%s', (_title, props) => {
    expect(yaml(props)).toMatchSnapshot();
  });

  test('has the addresses that KServe gives it', () => {
    const urls = (props: ModelServerProps) => {
      const server = new ModelServer(teamChart(), 'iris', props);
      return [server.url, server.predictUrl, server.gatewayPath, server.hostname('example.com')];
    };
    const cluster = 'svc.cluster.local';
    expect(urls({ model })).toEqual([
      `http://iris.team.${cluster}`,
      `http://iris.team.${cluster}/v1/models/iris:predict`,
      '/serving/team/iris',
      'iris-team.example.com',
    ]);
    expect(urls({ model: Model.onnx('s3://b/m') })[1]).toBe(`http://iris.team.${cluster}/v2/models/iris/infer`);
    expect(urls({ model, ...standard })[0]).toBe(`http://iris-predictor.team.${cluster}`);
    expect(urls({ model, ...standard, transformer: { image } })[0]).toBe(`http://iris-transformer.team.${cluster}`);
  });

  test('takes the mode and the flags of the cluster, and says neither', () => {
    const declared = (cluster: ServingCluster, props: ModelServerProps) => {
      const chart = new Chart(new App(), 'team', { namespace: 'team' });
      ServingCluster.declare(chart, cluster);
      return toYaml(assembled(new ModelServer(chart, 'iris', props)).model.manifests[0]);
    };
    const placed: ModelServerProps = { model, nodeSelector: { pool: 'gpu' } };
    expect(refusal(placed)).toContain('kubernetes.podspec-nodeselector');
    expect(declared({ deploymentMode: 'Standard' }, placed)).not.toContain('deploymentMode');
    expect(declared({ knativeFeatures: ['nodeselector'] }, placed)).not.toContain('annotations');
  });

  test('checks what overrides write', () => {
    const server = new ModelServer(teamChart(), 'server', { model, overrides: { predictor: { timeoutt: 5 } } });
    expect(errors(assembled(server))).toEqual([expect.stringContaining('unknown field "timeoutt"; did you mean "timeout"?')]);
    expect(refusal({ model, overrides: { predictor: { minReplicas: -1 } } })).toContain('(MS-7)');
  });

  test('serves with a runtime that is declared', () => {
    const chart = teamChart();
    const runtime = new ServingRuntime(chart, 'openvino', {
      supportedModelFormats: [{ name: 'openvino', version: '1' }],
      protocolVersions: ['v2'],
      containers: [{ name: 'kserve-container', image }],
    });
    const serve = (version: string) =>
      new ModelServer(chart, `v${version}`, {
        model: Model.of('openvino', 's3://b/m', { version, protocol: 'v2', runtime: ModelRuntime.of(runtime) }),
      });
    serve('1');
    expect(thrown(() => serve('2')).message).toContain('the runtime openvino serves openvino 1, not 2');
  });
});

describe('the stores of models', () => {
  test.each([
    's3://bucket',
    's3://bucket/path',
    'gs://bucket/path',
    'pvc://claim',
    'pvc://claim/path',
    'hf://owner/model',
    'hf://owner/model:main',
    'oci://registry.example.com/model:1.0',
    'https://account.blob.core.windows.net/container/path',
    'https://example.com/model.tar.gz',
    'http://example.com/model.tar.gz',
    'hdfs://path',
    'webhdfs://path',
    'file:///path',
    '/mnt/models/own',
    'models/own',
  ])('take %s', (uri) => {
    expect(yaml({ model: Model.sklearn(uri) })).toContain(`storageUri: ${uri}`);
  });

  test.each([
    ['abfs://x/y', 'has none of the schemes s3://, gs://'],
    ['azure://x/y', "Azure's blobs are https://"],
    ['s3://', 'has not the form s3://bucket/path'],
    ['hf://model', 'has not the form hf://owner/model:revision'],
    ['oci://model', 'has not the form oci://registry.example.com/model:1.0'],
    ['pvc://Claim/path', 'has not the form pvc://claim/path'],
    ['constructor://x', 'has none of the schemes'],
    ['s3://bucket/a b', 'has not the form'],
    ['', 'is neither a path nor a URI'],
    ['s3:bucket', 'is neither a path nor a URI'],
  ])('refuse %s', (uri, words) => {
    expect(thrown(() => Model.sklearn(uri)).message).toContain(words);
  });

  test('take a scheme of the cluster, and only that', () => {
    expect(yaml({ model: Model.sklearn(Storage.custom('model-registry://', 'model-registry://iris/v1')) })).toContain(
      'storageUri: model-registry://iris/v1',
    );
    expect(thrown(() => Storage.custom('model-registry://', 'registry://iris')).message).toContain('none of the schemes');
  });

  test('take a claim', () => {
    expect(yaml({ model: Model.sklearn(Storage.claim('out', '/run/1')) })).toContain('storageUri: pvc://out/run/1');
  });
});

type Side = [ModelServerProps, string, name?: string];

const overridden = (predictor: object, more: object = {}): ModelServerProps => ({
  model,
  ...more,
  overrides: { predictor },
});

/** Both sides of every rule: what is refused with which words, and what stands next to it and is accepted. */
const SIDES: Record<string, { refused: Side[]; accepted: [ModelServerProps, name?: string][] }> = {
  'MS-1': { refused: [[{ model }, 'the name "1iris" is not a DNS label', '1iris']], accepted: [[{ model }, 'iris1']] },
  'MS-2': {
    refused: [
      [{ model }, '1 characters too long', 'a'.repeat(49)],
      [{ model, transformer: { image } }, '1 characters too long', 'a'.repeat(47)],
    ],
    accepted: [
      [{ model }, 'a'.repeat(48)],
      [{ model, transformer: { image } }, 'a'.repeat(46)],
    ],
  },
  'MS-3': {
    refused: [
      [overridden({ model: null }), 'the predictor has nothing that serves; give either a model or an image'],
      [overridden({ containers: [{ name: 'kserve-container', image }] }), 'the predictor has model and a container'],
      [overridden({ sklearn: {} }), 'the predictor has model and sklearn'],
      [{ model, explainer: {} } as unknown as ModelServerProps, 'the explainer has nothing that serves'],
    ],
    accepted: [[{ image }], [overridden({ containers: [{ name: 'helper', image }] })], [{ model, explainer: { image } }]],
  },
  'MS-4': {
    refused: [[overridden({ model: { name: 'own' } }), 'the model has the container name own']],
    accepted: [[overridden({ model: { args: [] } })]],
  },
  'MS-6': {
    refused: [
      [{ model, env: { PYTHONPATH: '/x' } }, 'the predictor sets PYTHONPATH'],
      [{ model, transformer: { image, env: { PYTHONPATH: '/x' } } }, 'the transformer sets PYTHONPATH'],
      [{ ...workers, workers: { env: { PYTHONPATH: '/x' } } }, 'the predictor sets PYTHONPATH'],
      [{ model, explainer: { art: { type: 'SquareAttack' }, env: { PYTHONPATH: '/x' } } }, 'the explainer sets PYTHONPATH'],
    ],
    accepted: [[{ model, env: { PYTHON_PATH: '/x' } }]],
  },
  'MS-5': {
    refused: [[{ model, serverAnnotations: { 'serving.kserve.io/autoscalerClass': 'kpa' } }, '"kpa" is none of hpa, keda']],
    accepted: [[{ model, ...standard, autoscaler: 'external' }], [{ model, ...standard, autoscaler: 'none' }]],
  },
  'MS-7': {
    refused: [
      [overridden({ minReplicas: 3, maxReplicas: 2 }), 'has at least 3 but at most 2 replicas'],
      [overridden({ maxReplicas: -1 }), 'must have whole numbers of at least 0'],
      [overridden({ minReplicas: 1.5 }), 'must have whole numbers of at least 0'],
    ],
    accepted: [[overridden({ minReplicas: 2, maxReplicas: 0 })], [overridden({ maxReplicas: 1 })]],
  },
  'MS-8': {
    refused: [[{ model, containerConcurrency: -1 }, 'takes -1 requests at a time']],
    accepted: [[{ model, containerConcurrency: 0 }]],
  },
  'MS-10': {
    refused: [
      [{ model, rollout: { type: 'Recreate' } }, 'has a rollout, which Knative decides itself'],
      [{ model, scale: Scale.between(1, 2, { on: ScaleOn.cpu(50) }) }, 'scales by cpu; Knative scales by concurrency'],
      [{ model, scale: Scale.between(1, 2, { on: ScaleOn.memory(Size.gibibytes(1)) }) }, 'which Knative ignores'],
      [{ model, scale: Scale.between(1, 2, { on: ScaleOn.requestsPerSecond(0) }) }, 'scales by 0 (rps)'],
    ],
    accepted: [
      [{ model, ...standard, rollout: { type: 'Recreate' } }],
      [{ model, scale: Scale.between(1, 2, { on: ScaleOn.requestsPerSecond(1) }) }],
      [{ model, autoscaler: 'hpa', scale: Scale.between(1, 2, { on: ScaleOn.cpu(50) }) }],
    ],
  },
  'MS-11': {
    refused: [
      [{ model, ...standard, scale: Scale.between(1, 2, { on: ScaleOn.concurrency(1) }) }, 'scales by CPU or memory'],
      [{ model, ...standard, scale: Scale.between(1, 2, { on: ScaleOn.memory(101) }) }, 'must be 1 to 100 percent'],
      [{ model, autoscaler: 'hpa', scale: Scale.between(1, 2, { on: ScaleOn.cpu(0) }) }, 'must be 1 to 100 percent'],
      [
        { model, ...standard, scale: Scale.between(1, 2, { on: ScaleOn.openTelemetry({ query: 'x', target: 1 }) }) },
        "of type PodMetric; the horizontal pod autoscaler knows CPU and memory only; say autoscaler: 'keda'",
      ],
      [{ model, ...standard, scale: Scale.between(1, 2, { on: [ScaleOn.cpu(50), ScaleOn.memory(200)] }) }, '200 percent'],
    ],
    accepted: [
      [{ model, ...standard, scale: Scale.between(1, 2, { on: ScaleOn.memory(100) }) }],
      [{ model, ...standard, scale: Scale.between(1, 2, { on: [ScaleOn.cpu(1), ScaleOn.memory(Size.mebibytes(1))] }) }],
    ],
  },
  'MS-12': {
    refused: [
      [{ model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.concurrency(1) }) }, 'which KEDA does not know'],
      [{ model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.cpu(101) }) }, 'scales by 101 percent of the cpu'],
      [{ model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.memory(Size.kibibytes(1023)) }) }, 'at least 1Mi'],
      [
        { model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.openTelemetry({ query: '', target: 1 }) }) },
        'without a query',
      ],
      [
        { model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.graphite({ serverAddress: 'x', query: 'q', target: '' }) }) },
        'without a target',
      ],
    ],
    accepted: [
      [{ model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.cpu(100) }) }],
      [{ model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.memory(Size.mebibytes(1)) }) }],
      [{ model, ...keda, scale: Scale.between(1, 2, { on: ScaleOn.graphite({ serverAddress: 'x', query: 'q', target: 1 }) }) }],
    ],
  },
  'MS-12-mode': {
    refused: [[{ model, autoscaler: 'keda' }, 'KEDA scales servers of Standard mode only']],
    accepted: [[{ model, ...keda }]],
  },
  'MS-21': {
    refused: [
      [{ model, ...standard, canaryTraffic: 10 }, 'has canaryTraffic, which Standard mode ignores'],
      [{ model, ...standard, transformer: { image, containerConcurrency: 1 } }, 'the transformer has containerConcurrency'],
    ],
    accepted: [[{ model, canaryTraffic: 10, containerConcurrency: 1 }]],
  },
  'MS-21-percent': {
    refused: [[{ model, canaryTraffic: 101 }, '101 percent of the traffic, must be 0 to 100']],
    accepted: [[{ model, canaryTraffic: 100 }], [{ model, canaryTraffic: 0 }]],
  },
  'MS-22': {
    refused: [
      [{ model, ...standard, scale: Scale.between(0, 2) }, 'cannot scale to zero with the horizontal pod autoscaler'],
      [
        { model, autoscaler: 'hpa', scale: Scale.between(0, 2, { on: ScaleOn.cpu(50) }) },
        'cannot scale to zero with the horizontal pod autoscaler',
      ],
      [{ model, ...keda, scale: Scale.between(0, 2, { on: ScaleOn.cpu(50) }) }, 'never wakes from zero'],
    ],
    accepted: [
      [{ model, scale: Scale.between(0, 2) }],
      [{ model, ...standard, scale: Scale.between(1, 2) }],
      [
        {
          model,
          ...keda,
          scale: Scale.between(0, 2, { on: ScaleOn.prometheus({ serverAddress: 'x', query: 'q', target: 1 }) }),
        },
      ],
    ],
  },
  'MS-9': {
    refused: [
      [{ model, logger: { mode: 'everything' } } as unknown as ModelServerProps, 'logs "everything", must be all'],
      [
        overridden({ logger: { mode: 'all', storage: { path: '/x' } } }),
        'logs to a store without key and parameters; give them together',
      ],
    ],
    accepted: [[{ model, logger: { mode: 'all', storage: { path: '/x', key: 'k', parameters: {} } } }]],
  },
  'MS-14': {
    refused: [
      [{ model, ...standard, artifacts: { '/mnt/models': 's3://a/b' } }, 'has a stored model and artifacts'],
      [{ image, ...standard, artifacts: { '/': 's3://a/b' } }, 'must be an absolute path below the root'],
      [{ image, ...standard, artifacts: { 'mnt/a': 's3://a/b' } }, 'must be an absolute path below the root'],
      [{ image, ...standard, artifacts: { '/mnt/../a': 's3://a/b' } }, 'must be an absolute path below the root'],
      [{ image, ...standard, artifacts: { '/a/x': 's3://a/b', '/b/x': 's3://a/c' } }, 'must be in one folder below the root'],
      [
        {
          image,
          ...standard,
          overrides: { predictor: { storageUris: [1, 2].map((n) => ({ uri: `pvc://c/${n}`, mountPath: '/mnt/x' })) } },
        },
        'finds two claims at the same path',
      ],
    ],
    accepted: [
      [{ image, ...standard, artifacts: { '/mnt/a': 's3://a/b', '/mnt/b': 's3://a/c', '/data': 'pvc://c/x' } }],
      [{ model: Model.sklearn(), ...standard, artifacts: { '/mnt/models': 's3://a/b' } }],
    ],
  },
  'MS-15': {
    refused: [[{ image, env: { PROTOCOL: 'grpc-v2' } }, 'sets PROTOCOL to "grpc-v2", must be v1 or v2']],
    accepted: [[{ image, env: { PROTOCOL: 'v1' } }], [{ model, env: { PROTOCOL: 'grpc-v2' } }]],
  },
  'MS-16': {
    refused: [[{ model, colocatedTransformer: { image, env: { STORAGE_URI: 's3://a/b' } } }, 'sets STORAGE_URI']],
    accepted: [[{ image, env: { STORAGE_URI: 's3://a/b' }, colocatedTransformer: { image } }]],
  },
  'MS-17': {
    refused: [
      [{ ...workers, autoscaler: 'hpa' }, "does not scale; say autoscaler: 'none'"],
      [{ ...workers, model: Model.huggingface('hf://a/b', { runtime: multiNode }) }, 'not hf://a/b'],
      [{ ...workers, model: Model.huggingface(undefined, { runtime: multiNode }) }, 'not one without a URI'],
      [{ ...standard, autoscaler: 'none', image, workers: {} }, 'workers need a model'],
      [
        { ...workers, overrides: { predictor: { workerSpec: { containers: [{ name: 'a' }, { name: 'b' }] } } } },
        'a worker has one container',
      ],
    ],
    accepted: [[workers], [{ ...workers, model: Model.huggingface('oci://registry/llama:1', { runtime: multiNode }) }]],
  },
  'MS-17-env': {
    refused: [[{ ...workers, env: { TENSOR_PARALLEL_SIZE: '2' } }, 'env sets TENSOR_PARALLEL_SIZE']],
    accepted: [[{ model, env: { TENSOR_PARALLEL_SIZE: '2' } }]],
  },
  'MS-17-size': {
    refused: [[{ ...workers, workers: { tensorParallel: 0 } }, 'are spread over 0']],
    accepted: [[{ ...workers, workers: { tensorParallel: 1 } }]],
  },
  'MS-17-gpu': {
    refused: [
      [{ ...workers, workers: { resources: { gpu: Gpu.of('acme.com/npu', 1) } } }, 'ask for acme.com/npu'],
      [{ ...workers, resources: { gpu: Gpu.mig('1g.10gb', 1) } }, 'ask for nvidia.com/mig-1g.10gb'],
    ],
    accepted: [
      [{ ...workers, workers: { resources: { gpu: Gpu.of('acme.com/npu', 1) } }, gpuResources: ['acme.com/npu'] }],
      [{ ...workers, workers: { resources: { gpu: Gpu.amd(1) } } }],
    ],
  },
  'MS-18': {
    refused: [
      [{ ...workers, deploymentMode: 'Knative' }, "workers need deploymentMode: 'Standard'"],
      [{ ...workers, model: Model.huggingface('pvc://c/m') }, 'workers need a runtime for several nodes'],
      [
        {
          ...workers,
          model: Model.huggingface('pvc://c/m', { runtime: ModelRuntime.shipped('kserve-huggingfaceserver') }),
        },
        'the runtime kserve-huggingfaceserver serves from one node only',
      ],
    ],
    accepted: [[{ ...workers, model: Model.huggingface('pvc://c/m', { runtime: ModelRuntime.existing('own') }) }]],
  },
  'MS-18-replicas': {
    refused: [[{ ...workers, scale: Scale.fixed(2) }, 'a scale would add heads, but no workers']],
    accepted: [[workers]],
  },
  'MS-19': {
    refused: [
      [overridden({ model: { storageUri: 'ftp://a/b' } }), 'cannot load its model: the storage URI "ftp://a/b"'],
      [{ image, ...standard, artifacts: { '/mnt/a': 'hf://model' } }, 'has not the form hf://owner/model:revision'],
      [{ model, explainer: { art: { type: 'SquareAttack', storageUri: 'azure://x' } } }, 'the explainer cannot load'],
    ],
    accepted: [[overridden({ model: { storageUri: 'https://example.com/a.tar' } })]],
  },
  'MS-19-entry': {
    refused: [
      [
        { model: Model.sklearn(Storage.configured({ parameters: { type: 'gs' } })) },
        'is of type gs, must be s3, hdfs or webhdfs',
      ],
    ],
    accepted: [[{ model: Model.sklearn(Storage.configured({ key: 'k', path: 'p', parameters: { type: 's3' } })) }]],
  },
  'MS-20': {
    refused: [
      [{ model: Model.mlflow('s3://a/b') }, 'is chosen for mlflow with the protocol v1; it has mlflow 1 with v2'],
      [{ model: Model.sklearn('s3://a/b', { version: '7' }) }, 'is chosen for sklearn 7 with the protocol v1'],
      [{ model: Model.of('openvino', 's3://a/b') }, 'is chosen for openvino with the protocol v1; it has huggingface'],
      [
        { model: Model.sklearn('s3://a/b', { runtime: ModelRuntime.shipped('kserve-mlserver') }) },
        'the runtime kserve-mlserver speaks v2, not v1',
      ],
      [
        { model: Model.sklearn('s3://a/b', { runtime: ModelRuntime.shipped('kserve-torchserve') }) },
        'the runtime kserve-torchserve serves pytorch, not sklearn',
      ],
    ],
    accepted: [
      [{ model: Model.mlflow('s3://a/b', { protocol: 'v2' }) }],
      [{ model: Model.sklearn('s3://a/b', { version: '0', protocol: 'v2' }) }],
      [{ model: Model.pytorch('s3://a/b', { protocol: 'v2', runtime: ModelRuntime.shipped('kserve-tritonserver') }) }],
      [{ model: Model.of('openvino', 's3://a/b', { runtime: ModelRuntime.existing('own') }) }],
      [{ model: Model.xgboost('s3://a/b', { runtime: ModelRuntime.shipped('kserve-predictiveserver') }) }],
    ],
  },
  'MS-23': {
    refused: [
      [{ model, nodeSelector: { a: 'b' } }, 'kubernetes.podspec-nodeselector'],
      [
        { model, tolerations: [{ operator: 'Exists' }], affinity: {} },
        'kubernetes.podspec-affinity, kubernetes.podspec-tolerations',
      ],
      [{ model, transformer: { image, priorityClass: 'x' } }, 'the transformer has what Knative refuses'],
      [{ model, mounts: { '/x': Mount.claim('x') } }, 'persistent-volume-claim, kubernetes.podspec-persistent-volume-write'],
      [{ model, env: { NODE: EnvFrom.field('spec.nodeName') } }, 'kubernetes.podspec-fieldref'],
      [{ image, artifacts: { '/mnt/a': 'pvc://c/a' } }, 'podspec-init-containers, kubernetes.podspec-persistent-volume-claim'],
      [overridden({ runtimeClassName: 'nvidia' }), 'kubernetes.podspec-runtimeclassname'],
    ],
    accepted: [
      [{ model, ...standard, nodeSelector: { a: 'b' } }],
      [{ model, knativeFeatures: ['nodeselector'], nodeSelector: { a: 'b' } }],
      [{ model, knativeFeatures: ['persistent-volume-claim'], mounts: { '/x': Mount.claim('x', { readOnly: true }) } }],
      [{ model, mounts: { '/x': Mount.empty('x') }, serviceAccount: 'a', imagePullSecrets: ['r'] }],
    ],
  },
  'MS-24': {
    refused: [
      [{ model, explainer: { image }, overrides: { explainer: { alibi: {} } } }, 'the explainer has alibi, which was removed'],
    ],
    accepted: [[{ model, explainer: { image } }]],
  },
  'MS-27': {
    refused: [[{ model: Model.sklearn('s3://a/b', { runtimeVersion: 'a:b' }) }, 'runtimeVersion is "a:b"']],
    accepted: [[{ model: Model.sklearn('s3://a/b', { runtimeVersion: 'v0.18.0' }) }]],
  },
};

const WARNINGS: Record<string, { warned: [ModelServerProps, string]; quiet: ModelServerProps }> = {
  'MS-25': {
    warned: [
      { model: Model.pytorch('s3://a/b', { runtimeVersion: '0.9.0' }), resources: { gpu: Gpu.nvidia(1) } },
      'no "gpu" in its tag',
    ],
    quiet: { model: Model.pytorch('s3://a/b', { runtimeVersion: '0.9.0-gpu' }), resources: { gpu: Gpu.nvidia(1) } },
  },
  'MS-26': {
    warned: [{ model, batcher: {}, transformer: { image } }, 'the batcher of the predictor sees what the transformer made'],
    quiet: { model, transformer: { image, batcher: {} } },
  },
};

describe('rules of model servers', () => {
  test('are all tested', () => {
    const ids = (level: string) => modelServerRules.filter((rule) => rule.level === level).map(({ id }) => id);
    expect(Object.keys(SIDES)).toEqual(ids('error'));
    expect(Object.keys(WARNINGS)).toEqual(ids('warning'));
  });

  test.each(
    Object.entries(SIDES).flatMap(([id, { refused }]) => refused.map((side) => [id, side[1], side] as const)),
  )('%s refuses: %s', (id, _title, [props, words, name]) => {
    const message = refusal(props, name);
    expect(message).toContain(words);
    expect(message).toContain(`(${id})`);
  });

  test.each(
    Object.entries(SIDES).flatMap(([id, { accepted }]) => accepted.map((side) => [id, side] as const)),
  )('%s accepts, case %#', (_id, [props, name]) => {
    expect(yaml(props, name)).toContain('kind: InferenceService');
  });

  test.each(Object.entries(WARNINGS))('%s warns until it is acknowledged', (id, { warned: [props, words], quiet }) => {
    const told = (more: ModelServerProps) => notes(assembled(new ModelServer(teamChart(), 'server', more))).join();
    expect(told(props)).toContain(words);
    expect(told(props)).toContain(`(${id})`);
    expect(told({ ...props, acknowledge: [id] })).not.toContain(`(${id})`);
    expect(told(quiet)).not.toContain(`(${id})`);
  });

  test('are told together', () => {
    const message = refusal({ model, env: { PYTHONPATH: 'x' }, canaryTraffic: 200, nodeSelector: { a: 'b' } }, '1iris');
    expect(message.match(/\(MS-/g)).toHaveLength(4);
  });
});

describe('any server that is not refused', () => {
  // Mostly left out: of many options at once some always contradict each other.
  const maybe = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  const number = fc.integer({ min: -1, max: 120 });
  const on = fc.oneof(
    number.map((target) => ScaleOn.concurrency(target)),
    number.map((target) => ScaleOn.requestsPerSecond(target)),
    number.map((target) => ScaleOn.cpu(target)),
    number.map((target) => ScaleOn.memory(target)),
    number.map((target) => ScaleOn.prometheus({ serverAddress: 'http://p', query: 'q', target })),
  );
  const scale = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 9 }), fc.array(on, { maxLength: 2 }))
    .map(([min, max, metrics]) => Scale.between(min, max, metrics.length > 0 ? { on: metrics } : {}));
  const models = fc
    .record({
      format: fc.constantFrom('sklearn', 'xgboost', 'pytorch', 'onnx', 'mlflow', 'huggingface', 'openvino'),
      uri: fc.constantFrom('s3://a/b', 'pvc://a/b', 'hf://a/b'),
      version: maybe(fc.constantFrom('1', '2')),
      protocol: maybe(fc.constantFrom('v1' as const, 'v2' as const, 'grpc-v2' as const)),
      runtime: maybe(fc.constantFrom(...(Object.keys(SERVING_RUNTIMES) as ShippedServingRuntime[]))),
    })
    .map(({ format, uri, runtime, ...options }) =>
      Model.of(format, uri, { ...options, ...(runtime && { runtime: ModelRuntime.shipped(runtime) }) }),
    );
  const component = {
    scale: maybe(scale),
    canaryTraffic: maybe(number),
    containerConcurrency: maybe(number),
    timeout: maybe(fc.integer({ min: 1, max: 600 }).map((seconds) => Duration.seconds(seconds))),
    batcher: maybe(fc.record({ maxBatchSize: fc.integer({ min: 1, max: 64 }) })),
    logger: maybe(fc.record({ mode: fc.constantFrom('all' as const, 'request' as const) })),
    nodeSelector: maybe(fc.constant({ pool: 'gpu' })),
    env: maybe(fc.constantFrom({ PROTOCOL: 'v2' }, { PROTOCOL: 'v3' }, { A: EnvFrom.field('status.podIP') })),
    mounts: maybe(fc.constantFrom({ '/x': Mount.claim('x') }, { '/x': Mount.empty('x') })),
    resources: maybe(fc.constant({ cpu: Cpu.millis(500), gpu: Gpu.nvidia(1) })),
  };
  const servers = fc.record(
    {
      ...component,
      main: fc.oneof(
        models.map((served) => ({ model: served })),
        fc.constant({ image }),
      ),
      deploymentMode: maybe(fc.constantFrom('Knative' as const, 'Standard' as const)),
      autoscaler: maybe(fc.constantFrom('hpa' as const, 'keda' as const, 'none' as const)),
      transformer: maybe(fc.record({ image: fc.constant(image), ...component })),
      explainer: maybe(fc.constantFrom({ image }, { art: { type: 'SquareAttack' as const } })),
      colocatedTransformer: maybe(fc.constant({ image })),
      stop: maybe(fc.boolean()),
    },
    { requiredKeys: ['main'] },
  );

  test('is what its schema says', () => {
    let accepted = 0;
    fc.assert(
      fc.property(servers, ({ main, ...props }) => {
        let server: ModelServer;
        try {
          server = new ModelServer(teamChart(), 'server', { ...props, ...main } as ModelServerProps);
        } catch (error) {
          expect((error as Error).name).toBe('ConstructError');
          return;
        }
        accepted++;
        expect(errors(assembled(server))).toEqual([]);
      }),
      { numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(30);
  });
});
