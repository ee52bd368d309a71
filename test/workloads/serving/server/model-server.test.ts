import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, PersistentVolumeClaim } from 'cdk8s-plus-28';
import {
  EnvFrom,
  EnvSource,
  Gpu,
  Model,
  ModelRuntime,
  ModelServer,
  type ModelServerProps,
  Mount,
  Queue,
  Scale,
  ScaleOn,
  ServingCluster,
  ServingRuntime,
  Storage,
  toYaml,
} from '../../../../lib';
import { assembled, errors, teamChart, thrown } from '../../../support/app';
import { image, keda, model, refusal, standard, workers, yaml } from '../../../support/model-server';

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
    [
      'helpers, devices and how Knative scales',
      {
        model,
        scale: Scale.between(0, 3, {
          on: ScaleOn.concurrency(4),
          knative: {
            window: Duration.minutes(2),
            scaleDownDelay: Duration.minutes(5),
            lastPodRetention: Duration.minutes(1),
            initialScale: 2,
            activationScale: 2,
            targetUtilization: 80,
            panicWindow: 20,
            panicThreshold: 300,
          },
        }),
        annotations: { note: 'x' },
        batcher: { maxBatchSize: 8 },
        sidecars: [{ name: 'proxy', image }],
        queue: Queue.of('team-a', { topology: { preferred: 'rack' } }),
        envFrom: [EnvSource.secret('hub')],
        storageInitializerUser: 1337,
        transformer: { image, sidecars: [{ name: 'proxy', image }] },
      },
    ],
    [
      'init containers and claimed devices',
      {
        ...standard,
        model: Model.sklearn(Storage.claim('weights')),
        initContainers: [{ name: 'warm', image }],
        devices: { gpu: { template: 'gpu' }, shared: { claim: 'nic' } },
        resources: { cpu: Cpu.units(2) },
      },
    ],
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
    expect(refusal({ model, overrides: { predictor: { minReplicas: -1 } } })).toContain('(kserve/invalid-replicas)');
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

test('what a value refuses is told with the path of the server', () => {
  const memory = { request: Size.gibibytes(2), limit: Size.gibibytes(1) };
  expect(refusal({ model, resources: { memory } })).toContain('team/server: the request of memory, 2Gi, is at most its limit');
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

  test('take a claim, by name or as an object', () => {
    expect(yaml({ model: Model.sklearn(Storage.claim('out', '/run/1')) })).toContain('storageUri: pvc://out/run/1');
    const claim = new PersistentVolumeClaim(teamChart(), 'weights', { metadata: { name: 'weights' } });
    expect(yaml({ model: Model.sklearn(claim) })).toContain('storageUri: pvc://weights\n');
    expect(yaml({ model: Model.sklearn(Storage.claim(claim, 'iris')) })).toContain('storageUri: pvc://weights/iris\n');
  });
});
