import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, PersistentVolumeClaim } from 'cdk8s-plus-28';
import {
  EnvFrom,
  EnvSource,
  Gpu,
  Knative,
  KServe,
  Model,
  ModelRuntime,
  ModelServer,
  type ModelServerProps,
  Mount,
  Queue,
  Scale,
  ScaleOn,
  ServingRuntime,
  Storage,
  toYaml,
} from '../../../../lib';
import { assembled, errors, teamChart, thrown } from '../../../support/app';
import { image, keda, model, refusal, standard, workers, yaml } from '../../../support/model-server';
import { written } from '../../../support/written';

describe('ModelServer', () => {
  test('a model, with nothing that nobody asked for', () => {
    expect(written(yaml({ model }))).toEqual({
      kind: 'InferenceService',
      spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 's3://bucket/iris' } } },
    });
  });

  test.each<[string, ModelServerProps, object]>([
    [
      'a custom container',
      { image, env: { PROTOCOL: 'v2' }, ports: [{ name: 'h2c', containerPort: 9000 }] },
      {
        spec: {
          predictor: {
            containers: [
              {
                name: 'kserve-container',
                image,
                env: [{ name: 'PROTOCOL', value: 'v2' }],
                ports: [{ name: 'h2c', containerPort: 9000 }],
              },
            ],
          },
        },
      },
    ],
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
        podLabels: { stage: 'test' },
        podAnnotations: { note: 'x' },
        serviceAccount: 'models',
        storageSecret: 'stores',
        visibility: 'cluster-local',
        stop: true,
        prometheusScraping: true,
        autoUpdate: false,
        writableModel: true,
        queue: 'team-a',
        labels: { team: 'a' },
        annotations: { owner: 'a' },
        logger: {
          mode: 'request',
          metadataHeaders: ['x-request-id'],
          storage: { path: '/logs', key: 'logs', parameters: { type: 's3' } },
          batchSize: 10,
          batchInterval: Duration.seconds(5),
        },
        overrides: { predictor: { timeout: 10 } },
      },
      {
        labels: { team: 'a', 'kueue.x-k8s.io/queue-name': 'team-a', 'networking.kserve.io/visibility': 'cluster-local' },
        annotations: {
          owner: 'a',
          'serving.kserve.io/deploymentMode': 'Standard',
          'serving.kserve.io/autoscalerClass': 'hpa',
          'serving.kserve.io/storageSecretName': 'stores',
          'serving.kserve.io/stop': 'true',
          'serving.kserve.io/enable-prometheus-scraping': 'true',
          'serving.kserve.io/disable-auto-update': 'true',
          'storage.kserve.io/readonly': 'false',
        },
        spec: {
          predictor: {
            minReplicas: 1,
            maxReplicas: 4,
            scaleMetric: 'cpu',
            scaleTarget: 70,
            timeout: 10,
            logger: {
              mode: 'request',
              metadataHeaders: ['x-request-id'],
              batchSize: 10,
              storage: { path: '/logs', key: 'logs', parameters: { type: 's3' } },
              batchInterval: '5s',
            },
            deploymentStrategy: { type: 'Recreate' },
            labels: { stage: 'test' },
            annotations: { note: 'x' },
            serviceAccountName: 'models',
            nodeSelector: { pool: 'gpu' },
            volumes: [{ name: 'cache', persistentVolumeClaim: { claimName: 'cache' } }],
            model: {
              modelFormat: { name: 'tensorflow', version: '2' },
              protocolVersion: 'grpc-v1',
              runtime: 'kserve-tensorflow-serving',
              runtimeVersion: '2.6.2-gpu',
              storage: { key: 'models', path: 'flowers', parameters: { bucket: 'b' } },
              args: ['--x'],
              env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } }],
              resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '2', memory: '4Gi', 'nvidia.com/gpu': 1 } },
              volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
              readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
              livenessProbe: { tcpSocket: { port: 8080 } },
            },
          },
        },
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
      {
        annotations: {
          'serving.kserve.io/deploymentMode': 'Knative',
          'serving.kserve.io/enable-tag-routing': 'true',
          'serving.knative.dev/rollout-duration': '300s',
          'serving.kserve.io/enable-metric-aggregation': 'true',
        },
        spec: {
          predictor: {
            minReplicas: 0,
            maxReplicas: 3,
            scaleMetric: 'rps',
            scaleTarget: 50,
            containerConcurrency: 4,
            canaryTrafficPercent: 20,
          },
          transformer: { batcher: { maxBatchSize: 8, maxLatency: 200 }, containers: [{ name: 'kserve-container', image }] },
          explainer: { art: { type: 'SquareAttack', config: { nb_classes: '10' } } },
        },
      },
    ],
    [
      'a transformer in the same pods',
      { model, colocatedTransformer: { image, ports: [{ containerPort: 8080 }] } },
      { spec: { predictor: { containers: [{ name: 'transformer-container', image, ports: [{ containerPort: 8080 }] }] } } },
    ],
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
      {
        annotations: { 'serving.kserve.io/deploymentMode': 'Standard', 'serving.kserve.io/autoscalerClass': 'keda' },
        spec: {
          predictor: {
            minReplicas: 0,
            maxReplicas: 3,
            autoScaling: {
              metrics: [
                { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '2048Mi' } } },
                {
                  type: 'External',
                  external: {
                    metric: {
                      backend: 'prometheus',
                      serverAddress: 'http://prometheus:9090',
                      query: 'rate(x[1m])',
                      namespace: 'team',
                    },
                    authenticationRef: { authenticationRef: { name: 'prometheus' }, authModes: 'bearer' },
                    target: { type: 'Value', value: 5 },
                  },
                },
                {
                  type: 'PodMetric',
                  podmetric: {
                    metric: { backend: 'opentelemetry', query: 'sum(x)', metricNames: ['x'], operationOverTime: 'avg' },
                    target: { type: 'Value', value: 3 },
                  },
                },
              ],
              behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
            },
            containers: [{ name: 'kserve-container', image }],
          },
        },
      },
    ],
    [
      'several nodes',
      { ...workers, workers: { pipelineParallel: 2, tensorParallel: 4, resources: { gpu: Gpu.nvidia(4) } } },
      {
        annotations: { 'serving.kserve.io/deploymentMode': 'Standard', 'serving.kserve.io/autoscalerClass': 'none' },
        spec: {
          predictor: {
            model: {
              modelFormat: { name: 'huggingface' },
              runtime: 'kserve-huggingfaceserver-multinode',
              storageUri: 'pvc://models/llama',
            },
            workerSpec: {
              pipelineParallelSize: 2,
              tensorParallelSize: 4,
              containers: [{ name: 'worker-container', resources: { limits: { 'nvidia.com/gpu': 4 } } }],
            },
          },
        },
      },
    ],
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
        podAnnotations: { note: 'x' },
        batcher: { maxBatchSize: 8 },
        sidecars: [{ name: 'proxy', image }],
        queue: Queue.of('team-a', { topology: { preferred: 'rack' } }),
        envFrom: [EnvSource.secret('hub')],
        storageInitializerUser: 1337,
        transformer: { image, sidecars: [{ name: 'proxy', image }] },
      },
      {
        labels: { 'kueue.x-k8s.io/queue-name': 'team-a' },
        annotations: { 'serving.kserve.io/storage-initializer-uid': '1337' },
        spec: {
          predictor: {
            minReplicas: 0,
            maxReplicas: 3,
            scaleMetric: 'concurrency',
            scaleTarget: 4,
            batcher: { maxBatchSize: 8 },
            annotations: {
              'autoscaling.knative.dev/window': '120s',
              'autoscaling.knative.dev/scale-down-delay': '300s',
              'autoscaling.knative.dev/scale-to-zero-pod-retention-period': '60s',
              'autoscaling.knative.dev/initial-scale': '2',
              'autoscaling.knative.dev/activation-scale': '2',
              'autoscaling.knative.dev/target-utilization-percentage': '80',
              'autoscaling.knative.dev/panic-window-percentage': '20',
              'autoscaling.knative.dev/panic-threshold-percentage': '300',
              note: 'x',
              'kueue.x-k8s.io/podset-preferred-topology': 'rack',
            },
            containers: [{ name: 'proxy', image }],
            model: { envFrom: [{ secretRef: { name: 'hub' } }] },
          },
          transformer: {
            containers: [
              { name: 'kserve-container', image },
              { name: 'proxy', image },
            ],
          },
        },
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
      {
        annotations: { 'serving.kserve.io/deploymentMode': 'Standard' },
        spec: {
          predictor: {
            initContainers: [{ name: 'warm', image }],
            resourceClaims: [
              { name: 'gpu', resourceClaimTemplateName: 'gpu' },
              { name: 'shared', resourceClaimName: 'nic' },
            ],
            model: {
              storageUri: 'pvc://weights',
              resources: { requests: { cpu: '2' }, limits: { cpu: '2' }, claims: [{ name: 'gpu' }, { name: 'shared' }] },
            },
          },
        },
      },
    ],
    [
      'artifacts',
      { image, ...standard, artifacts: { '/mnt/models/a': 'hf://o/a', '/mnt/models/b': 's3://b/b' } },
      {
        annotations: { 'serving.kserve.io/deploymentMode': 'Standard' },
        spec: {
          predictor: {
            storageUris: [
              { uri: 'hf://o/a', mountPath: '/mnt/models/a' },
              { uri: 's3://b/b', mountPath: '/mnt/models/b' },
            ],
            containers: [{ name: 'kserve-container', image }],
          },
        },
      },
    ],
  ])('%s', (_title, props, told) => {
    expect(written(yaml(props))).toMatchObject(told);
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
      'iris.team.example.com',
    ]);
    expect(urls({ model: Model.onnx('s3://b/m') })[1]).toBe(`http://iris.team.${cluster}/v2/models/iris/infer`);
    expect(urls({ model, ...standard })[0]).toBe(`http://iris-predictor.team.${cluster}`);
    expect(urls({ model, ...standard, transformer: { image } })[0]).toBe(`http://iris-transformer.team.${cluster}`);
  });

  test('takes the mode and the flags of the cluster, and says neither', () => {
    const declared = (declare: (chart: Chart) => void, props: ModelServerProps) => {
      const chart = new Chart(new App(), 'team', { namespace: 'team' });
      declare(chart);
      return toYaml(assembled(new ModelServer(chart, 'iris', props)).model.manifests[0]);
    };
    const placed: ModelServerProps = { model, nodeSelector: { pool: 'gpu' } };
    expect(refusal(placed)).toContain('kubernetes.podspec-nodeselector');
    expect(declared((chart) => KServe.existing(chart, { deploymentMode: 'Standard' }), placed)).not.toContain('deploymentMode');
    expect(declared((chart) => Knative.existing(chart, { features: ['nodeselector'] }), placed)).not.toContain('annotations');
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
  expect(refusal({ model, resources: { memory } })).toContain('team/server: the request of memory, 2Gi, is above its limit');
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
    ['', 'has no scheme, nor is it an absolute path in the image'],
    ['models/own', 'has no scheme, nor is it an absolute path in the image; KServe loads from s3://, gs://'],
    ['s3:bucket', 'has no scheme, nor is it an absolute path in the image'],
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

  test('has another name than its construct where it is said', () => {
    const chart = teamChart();
    const made = new ModelServer(chart, 'resnet-server', { name: 'resnet', model, labels: { team: 'a' } });
    expect(made.name).toBe('resnet');
    expect(made.predictUrl).toContain('/v1/models/resnet:predict');
    expect(assembled(chart).model.manifests[0]?.metadata).toMatchObject({
      name: 'resnet',
      labels: { team: 'a' },
    });
  });

  test('reads options that are written as labels and annotations', () => {
    const chart = teamChart();
    const made = new ModelServer(chart, 'iris', {
      model,
      scale: Scale.between(1, 2, { on: ScaleOn.cpu(50) }),
      annotations: { 'serving.kserve.io/deploymentMode': 'RawDeployment', 'serving.kserve.io/autoscalerClass': 'keda' },
    });
    expect(made.mode).toBe('Standard');
    expect(made.spec.predictor).toMatchObject({ autoScaling: { metrics: [{ type: 'Resource' }] } });
    expect(assembled(chart).model.manifests[0]?.metadata).toMatchObject({
      annotations: { 'serving.kserve.io/deploymentMode': 'Standard', 'serving.kserve.io/autoscalerClass': 'keda' },
    });
    const refused = () =>
      new ModelServer(teamChart(), 'iris', {
        model,
        scale: Scale.between(0, 1, { knative: { initialScale: 1 } }),
        podAnnotations: { 'autoscaling.knative.dev/initial-scale': '2' },
      });
    expect(thrown(refused).message).toContain('the annotation autoscaling.knative.dev/initial-scale says "2", its option "1"');
  });

  test('takes an image in place of its runtime’s', () => {
    const made = new ModelServer(teamChart(), 'iris', { model, image });
    expect(made.spec.predictor.model).toMatchObject({ modelFormat: { name: 'sklearn' }, image });
    expect(made.spec.predictor.containers).toBeUndefined();
  });
});
