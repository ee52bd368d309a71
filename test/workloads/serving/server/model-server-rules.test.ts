import { Duration, Size } from 'cdk8s';
import {
  EnvFrom,
  Gpu,
  type KnativeScaling,
  Model,
  ModelRuntime,
  ModelServer,
  type ModelServerProps,
  Mount,
  Queue,
  Scale,
  ScaleOn,
  Storage,
  StorageCredentials,
  type StorageCredentialsProps,
} from '../../../../lib';
import { SERVER_RULES as modelServerRules } from '../../../../lib/workloads/serving/server/rules';
import { assembled, teamChart, warnings } from '../../../support/app';
import { image, keda, model, multiNode, refusal, standard, workers, yaml } from '../../../support/model-server';

type Side = [ModelServerProps, string, name?: string];

const overridden = (predictor: object, more: object = {}): ModelServerProps => ({
  model,
  ...more,
  overrides: { predictor },
});

const knative = (how: KnativeScaling) => Scale.between(0, 3, { knative: how });
const opens = (stores: StorageCredentialsProps) => new StorageCredentials(teamChart(), 'store', stores);

/** Both sides of every rule: what is refused with which words, and what stands next to it and is accepted. */
const SIDES: Record<string, { refused: Side[]; accepted: [ModelServerProps, name?: string][] }> = {
  'kubernetes/invalid-service-name': {
    refused: [[{ model }, 'the name "1iris" is not a DNS label', '1iris']],
    accepted: [[{ model }, 'iris1']],
  },
  'kserve/host-too-long': {
    refused: [
      [{ model, ...standard }, '1 characters too long', 'a'.repeat(49)],
      [{ model, ...standard, transformer: { image } }, '1 characters too long', 'a'.repeat(47)],
      [{ model }, '1 characters too long', 'a'.repeat(54)],
      [{ model, tagRouting: true }, '1 characters too long: a host is called latest-a', 'a'.repeat(47)],
      [{ model, annotations: { 'serving.kserve.io/enable-tag-routing': 'true' } }, '1 characters too long', 'a'.repeat(47)],
    ],
    accepted: [
      [{ model, ...standard }, 'a'.repeat(48)],
      [{ model, ...standard, transformer: { image } }, 'a'.repeat(46)],
      // Knative's hosts have the namespace as a part of its own.
      [{ model }, 'a'.repeat(53)],
      [{ model, transformer: { image } }, 'a'.repeat(51)],
      [{ model, tagRouting: true }, 'a'.repeat(46)],
    ],
  },
  'kserve/contradicting-metadata': {
    refused: [
      [
        { model, deploymentMode: 'Standard', annotations: { 'serving.kserve.io/deploymentMode': 'Knative' } },
        'the annotation serving.kserve.io/deploymentMode says "Knative", its option "Standard"',
      ],
      [{ model, stop: true, annotations: { 'serving.kserve.io/stop': 'false' } }, 'says "false", its option "true"'],
      [{ model, queue: 'a', labels: { 'kueue.x-k8s.io/queue-name': 'b' } }, 'the label kueue.x-k8s.io/queue-name says "b"'],
    ],
    accepted: [
      [{ model, deploymentMode: 'Standard', annotations: { 'serving.kserve.io/deploymentMode': 'RawDeployment' } }],
      [{ model, stop: true, annotations: { 'serving.kserve.io/stop': 'true' } }],
      [{ model, annotations: { 'serving.kserve.io/stop': 'false' } }],
    ],
  },
  'kserve/probe-without-port': {
    refused: [
      [{ model, ...standard, probes: { readiness: { httpGet: { path: '/ready' } } } }, 'has a readinessProbe without a port'],
      [
        { model, ...standard, transformer: { image, probes: { liveness: { httpGet: {} } } } },
        'the transformer has a livenessProbe without a port',
      ],
    ],
    accepted: [
      [{ model, probes: { readiness: { httpGet: { path: '/ready' } } } }],
      [{ model, ...standard, probes: { readiness: { httpGet: { path: '/ready', port: 8080 } }, liveness: { exec: {} } } }],
    ],
  },
  'kserve/no-model-repository': {
    refused: [
      [{ model: Model.onnx('s3://b/flowers/model.onnx') }, 'finds no model in the file model.onnx; name a folder'],
      [{ model: Model.tensorrt('s3://b/model.plan') }, '<model>/1/model.plan'],
    ],
    accepted: [
      [{ model: Model.onnx('s3://b/flowers') }],
      [{ model: Model.onnx('s3://b/model.onnx', { runtime: ModelRuntime.existing('openvino') }) }],
      [{ model: Model.sklearn('s3://b/model.joblib') }],
    ],
  },
  'kserve/not-one-implementation': {
    refused: [
      [overridden({ model: null }), 'the predictor has nothing that serves; give either a model or an image'],
      [overridden({ containers: [{ name: 'kserve-container', image }] }), 'the predictor has model and a container'],
      [overridden({ sklearn: {} }), 'the predictor has model and sklearn'],
      [{ model, explainer: {} } as unknown as ModelServerProps, 'the explainer has nothing that serves'],
    ],
    accepted: [
      [{ image }],
      [{ model, image }],
      [overridden({ containers: [{ name: 'helper', image }] })],
      [{ model, explainer: { image } }],
    ],
  },
  'kserve/named-model-container': {
    refused: [[overridden({ model: { name: 'own' } }), 'the model has the container name own']],
    accepted: [[overridden({ model: { args: [] } })]],
  },
  'kserve/blocked-variable': {
    refused: [
      [{ model, env: { PYTHONPATH: '/x' } }, 'the predictor sets PYTHONPATH'],
      [{ model, transformer: { image, env: { PYTHONPATH: '/x' } } }, 'the transformer sets PYTHONPATH'],
      [{ ...workers, workers: { env: { PYTHONPATH: '/x' } } }, 'the predictor sets PYTHONPATH'],
      [{ model, explainer: { art: { type: 'SquareAttack' }, env: { PYTHONPATH: '/x' } } }, 'the explainer sets PYTHONPATH'],
    ],
    accepted: [[{ model, env: { PYTHON_PATH: '/x' } }]],
  },
  'kserve/unknown-autoscaler': {
    refused: [[{ model, annotations: { 'serving.kserve.io/autoscalerClass': 'kpa' } }, '"kpa" is none of hpa, keda']],
    accepted: [[{ model, ...standard, autoscaler: 'external' }], [{ model, ...standard, autoscaler: 'none' }]],
  },
  'kserve/invalid-replicas': {
    refused: [
      [overridden({ minReplicas: 3, maxReplicas: 2 }), 'has at least 3 replicas, which is more than the 2 that it has at most'],
      [overridden({ maxReplicas: -1 }), 'must have whole numbers of at least 0'],
      [overridden({ minReplicas: 1.5 }), 'must have whole numbers of at least 0'],
    ],
    accepted: [[overridden({ minReplicas: 2, maxReplicas: 0 })], [overridden({ maxReplicas: 1 })]],
  },
  'kserve/invalid-concurrency': {
    refused: [[{ model, containerConcurrency: -1 }, 'takes -1 requests at a time']],
    accepted: [[{ model, containerConcurrency: 0 }]],
  },
  'knative/unsupported-scaling': {
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
  'kserve/unsupported-hpa-metric': {
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
  'kserve/unsupported-keda-metric': {
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
  'kserve/keda-on-knative': {
    refused: [[{ model, autoscaler: 'keda' }, 'KEDA scales servers of Standard mode only']],
    accepted: [[{ model, ...keda }]],
  },
  'kserve/ignored-in-standard-mode': {
    refused: [
      [{ model, ...standard, canaryTraffic: 10 }, 'has canaryTraffic, which Standard mode ignores'],
      [{ model, ...standard, transformer: { image, containerConcurrency: 1 } }, 'the transformer has containerConcurrency'],
      [
        { model, ...standard, scale: Scale.between(1, 2, { knative: { initialScale: 1 } }) },
        'has autoscaling.knative.dev/initial-scale',
      ],
    ],
    accepted: [[{ model, canaryTraffic: 10, containerConcurrency: 1 }]],
  },
  'kserve/invalid-canary': {
    refused: [[{ model, canaryTraffic: 101 }, '101 percent of the traffic, must be 0 to 100']],
    accepted: [[{ model, canaryTraffic: 100 }], [{ model, canaryTraffic: 0 }]],
  },
  'kserve/never-wakes': {
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
  'kserve/invalid-logger': {
    refused: [
      [{ model, logger: { mode: 'everything' } } as unknown as ModelServerProps, 'logs "everything", must be all'],
      [
        overridden({ logger: { mode: 'all', storage: { path: '/x' } } }),
        'logs to a store without key and parameters; give them together',
      ],
    ],
    accepted: [[{ model, logger: { mode: 'all', storage: { path: '/x', key: 'k', parameters: {} } } }]],
  },
  'kserve/invalid-artifacts': {
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
  'kserve/invalid-protocol': {
    refused: [[{ image, env: { PROTOCOL: 'grpc-v2' } }, 'sets PROTOCOL to "grpc-v2", must be v1 or v2']],
    accepted: [[{ image, env: { PROTOCOL: 'v1' } }], [{ model, env: { PROTOCOL: 'grpc-v2' } }]],
  },
  'kserve/transformer-with-model': {
    refused: [[{ model, colocatedTransformer: { image, env: { STORAGE_URI: 's3://a/b' } } }, 'sets STORAGE_URI']],
    accepted: [[{ image, env: { STORAGE_URI: 's3://a/b' }, colocatedTransformer: { image } }]],
  },
  'kserve/unsupported-workers': {
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
  'kserve/sizes-in-environment': {
    refused: [[{ ...workers, env: { TENSOR_PARALLEL_SIZE: '2' } }, 'env sets TENSOR_PARALLEL_SIZE']],
    accepted: [[{ model, env: { TENSOR_PARALLEL_SIZE: '2' } }]],
  },
  'kserve/invalid-worker-size': {
    refused: [[{ ...workers, workers: { tensorParallel: 0 } }, 'are spread over 0']],
    accepted: [[{ ...workers, workers: { tensorParallel: 1 } }]],
  },
  'kserve/unknown-worker-gpu': {
    refused: [
      [{ ...workers, workers: { resources: { gpu: Gpu.of('acme.com/npu', 1) } } }, 'ask for acme.com/npu'],
      [{ ...workers, resources: { gpu: Gpu.mig('1g.10gb', 1) } }, 'ask for nvidia.com/mig-1g.10gb'],
    ],
    accepted: [
      [{ ...workers, workers: { resources: { gpu: Gpu.of('acme.com/npu', 1) } }, gpuResources: ['acme.com/npu'] }],
      [{ ...workers, workers: { resources: { gpu: Gpu.amd(1) } } }],
    ],
  },
  'kserve/workers-on-knative': {
    refused: [[{ ...workers, deploymentMode: 'Knative' }, "workers need deploymentMode: 'Standard'"]],
    accepted: [[workers]],
  },
  'kserve/scaled-workers': {
    refused: [[{ ...workers, scale: Scale.fixed(2) }, 'a scale would add heads, but no workers']],
    accepted: [[workers]],
  },
  'kserve/unknown-storage-scheme': {
    refused: [
      [overridden({ model: { storageUri: 'bucket/iris' } }), 'has no scheme, nor is it an absolute path'],
      [overridden({ model: { storageUri: 'ftp://a/b' } }), 'cannot load its model: the storage URI "ftp://a/b"'],
      [{ image, ...standard, artifacts: { '/mnt/a': 'hf://model' } }, 'has not the form hf://owner/model:revision'],
      [{ model, explainer: { art: { type: 'SquareAttack', storageUri: 'azure://x' } } }, 'the explainer cannot load'],
    ],
    accepted: [[overridden({ model: { storageUri: 'https://example.com/a.tar' } })]],
  },
  'kserve/unknown-storage-entry': {
    refused: [
      [
        { model: Model.sklearn(Storage.configured({ parameters: { type: 'gs' } })) },
        'is of type gs, must be s3, hdfs or webhdfs',
      ],
    ],
    accepted: [[{ model: Model.sklearn(Storage.configured({ key: 'k', path: 'p', parameters: { type: 's3' } })) }]],
  },
  'kserve/format-without-runtime': {
    refused: [
      [
        { model: Model.of('mlflow', 's3://a/b') },
        'is chosen for mlflow with the protocol v1, which KServe assumes where none is named; it has mlflow 1 with v2',
      ],
      [
        { model: Model.mlflow('s3://a/b', { protocol: 'v1' }) },
        'is chosen for mlflow with the protocol v1; it has mlflow 1 with v2',
      ],
      [{ model: Model.sklearn('s3://a/b', { version: '7' }) }, 'is chosen for sklearn 7 with the protocol v1'],
      [{ model: Model.of('openvino', 's3://a/b') }, 'where none is named; it has huggingface'],
      [
        { model: Model.sklearn('s3://a/b', { protocol: 'v1', runtime: ModelRuntime.shipped('kserve-mlserver') }) },
        'the runtime kserve-mlserver speaks v2, not v1',
      ],
      [
        { model: Model.sklearn('s3://a/b', { version: '2', runtime: ModelRuntime.shipped('kserve-sklearnserver') }) },
        'the runtime kserve-sklearnserver serves sklearn 1, not 2',
      ],
      [
        {
          ...workers,
          model: Model.huggingface('pvc://c/m', { runtime: ModelRuntime.shipped('kserve-huggingfaceserver') }),
        },
        'the runtime kserve-huggingfaceserver serves from one node only',
      ],
      [
        { model: Model.huggingface('pvc://c/m', { runtime: multiNode }) },
        'the runtime kserve-huggingfaceserver-multinode serves from several nodes; give workers',
      ],
      [{ ...workers, model: Model.sklearn('pvc://c/m') }, 'on several nodes; kserve-sklearnserver serves it from one node only'],
      [
        { model: Model.sklearn('s3://a/b', { runtime: ModelRuntime.shipped('kserve-torchserve') }) },
        'the runtime kserve-torchserve serves pytorch, not sklearn',
      ],
    ],
    accepted: [
      [{ model: Model.mlflow('s3://a/b') }],
      [{ model: Model.onnx('s3://a/b') }],
      [{ model: Model.tensorrt('s3://a/b') }],
      [{ model: Model.triton('s3://a/b') }],
      // A runtime that is named is held against a protocol only where one is given.
      [{ model: Model.sklearn('s3://a/b', { runtime: ModelRuntime.shipped('kserve-mlserver') }) }],
      [{ model: Model.onnx('s3://a/b', { runtime: ModelRuntime.shipped('kserve-tritonserver') }) }],
      [{ ...workers, model: Model.huggingface('pvc://c/m') }],
      [{ ...workers, model: Model.huggingface('pvc://c/m', { runtime: ModelRuntime.existing('own') }) }],
      [{ model: Model.sklearn('s3://a/b', { version: '0', protocol: 'v2' }) }],
      [{ model: Model.pytorch('s3://a/b', { protocol: 'v2', runtime: ModelRuntime.shipped('kserve-tritonserver') }) }],
      [{ model: Model.of('openvino', 's3://a/b', { runtime: ModelRuntime.existing('own') }) }],
      [{ model: Model.xgboost('s3://a/b', { runtime: ModelRuntime.shipped('kserve-predictiveserver') }) }],
    ],
  },
  'knative/refused-field': {
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
      [{ model, initContainers: [{ name: 'a', image }] }, 'kubernetes.podspec-init-containers'],
      [{ model, devices: { gpu: { template: 'gpu' } } }, 'has resourceClaims, which Knative never takes'],
    ],
    accepted: [
      [{ model, ...standard, nodeSelector: { a: 'b' } }],
      [{ model, knativeFeatures: ['nodeselector'], nodeSelector: { a: 'b' } }],
      [{ model, knativeFeatures: ['persistent-volume-claim'], mounts: { '/x': Mount.claim('x', { readOnly: true }) } }],
      [{ model, mounts: { '/x': Mount.empty('x') }, serviceAccount: 'a', imagePullSecrets: ['r'] }],
    ],
  },
  'kserve/removed-component': {
    refused: [
      [{ model, explainer: { image }, overrides: { explainer: { alibi: {} } } }, 'the explainer has alibi, which was removed'],
    ],
    accepted: [[{ model, explainer: { image } }]],
  },
  'knative/timeout-too-long': {
    refused: [
      [
        { model, timeout: Duration.seconds(601) },
        'the predictor takes up to 601 seconds for a request, Knative refuses more than 600',
      ],
      [{ model, transformer: { image, timeout: Duration.hours(1) } }, 'the transformer takes up to 3600 seconds'],
    ],
    accepted: [[{ model, timeout: Duration.seconds(600) }], [{ model, ...standard, timeout: Duration.hours(1) }]],
  },
  'knative/setting-out-of-bounds': {
    refused: [
      [{ model, scale: knative({ window: Duration.seconds(5) }) }, 'has autoscaling.knative.dev/window 5s, must be 6 to 3600'],
      [{ model, scale: knative({ targetUtilization: 101 }) }, 'must be 1 to 100'],
      [{ model, podAnnotations: { 'autoscaling.knative.dev/activation-scale': '0' } }, 'must be at least 1'],
      [{ model, podAnnotations: { 'autoscaling.knative.dev/window': 'long' } }, 'window long, must be 6 to 3600'],
    ],
    accepted: [[{ model, scale: knative({ window: Duration.seconds(6), initialScale: 0, panicThreshold: 1000 }) }]],
  },
  'kserve/container-name-taken': {
    refused: [
      [{ model, sidecars: [{ name: 'agent', image }] }, 'has a container agent, which KServe and Knative add themselves'],
      [
        {
          image,
          sidecars: [
            { name: 'a', image },
            { name: 'a', image },
          ],
        },
        'has two containers a',
      ],
    ],
    accepted: [[{ model, sidecars: [{ name: 'proxy', image }] }]],
  },
  'kueue/invalid-queue-name': {
    refused: [[{ model, queue: 'Team A' }, 'the queue "Team A" is not']],
    accepted: [[{ model, queue: Queue.of('team-a', { priorityClass: 'high', topology: { required: 'rack' } }) }]],
  },
  'kueue/execution-time-too-short': {
    refused: [[{ model, queue: Queue.of('team-a', { maxExecutionTime: Duration.seconds(0) }) }, 'must be at least 1']],
    accepted: [[{ model, queue: Queue.of('team-a', { maxExecutionTime: Duration.hours(1) }) }]],
  },
  'kserve/exposed-in-cluster': {
    refused: [[{ model, expose: true, visibility: 'cluster-local' }, 'is exposed, but its visibility is cluster-local']],
    accepted: [[{ model, expose: true }], [{ model, visibility: 'cluster-local' }]],
  },
  'kserve/two-service-accounts': {
    refused: [
      [{ model, credentials: opens({ s3: { secret: 'aws' } }), serviceAccount: 'own' }, 'has the ServiceAccount own and'],
    ],
    accepted: [[{ model, credentials: opens({ s3: { secret: 'aws' } }) }], [{ model, serviceAccount: 'own' }]],
  },
  'kserve/hidden-credentials': {
    refused: [
      [
        { model, credentials: opens({ s3: { secret: 'aws' } }), storageSecret: 'stores' },
        'KServe reads the Secret stores in place of those of the credentials store (aws)',
      ],
    ],
    accepted: [[{ model, credentials: opens({ s3: { roleArn: 'arn:aws:iam::111122223333:role/a' } }), storageSecret: 'stores' }]],
  },
  'kserve/invalid-runtime-version': {
    refused: [[{ model: Model.sklearn('s3://a/b', { runtimeVersion: 'a:b' }) }, 'runtimeVersion is "a:b"']],
    accepted: [[{ model: Model.sklearn('s3://a/b', { runtimeVersion: 'v0.18.0' }) }]],
  },
};

const WARNINGS: Record<string, { warned: [ModelServerProps, string]; quiet: ModelServerProps }> = {
  'kserve/unopened-store': {
    warned: [
      { model: Model.sklearn('gs://bucket/iris'), credentials: opens({ s3: { secret: 'aws' }, azure: { secret: 'b' } }) },
      'the predictor loads from gs://bucket/iris, but the credentials store open S3, Azure only',
    ],
    quiet: { model: Model.sklearn('gs://bucket/iris'), credentials: opens({ gcs: { secret: 'google' } }) },
  },
  'kserve/closed-grpc-port': {
    warned: [
      { model: Model.onnx('s3://a/b', { protocol: 'grpc-v2' }) },
      "but its first port is none of gRPC; give the runtime's",
    ],
    quiet: { model: Model.onnx('s3://a/b', { protocol: 'grpc-v2' }), ports: [{ name: 'h2c', containerPort: 9000 }] },
  },
  'kserve/image-without-gpu': {
    warned: [
      { model: Model.pytorch('s3://a/b', { runtimeVersion: '0.9.0' }), resources: { gpu: Gpu.nvidia(1) } },
      'no "gpu" in its tag',
    ],
    quiet: { model: Model.pytorch('s3://a/b', { runtimeVersion: '0.9.0-gpu' }), resources: { gpu: Gpu.nvidia(1) } },
  },
  'kserve/predictor-behind-transformer': {
    warned: [{ model, batcher: {}, transformer: { image } }, 'the batcher of the predictor sees what the transformer made'],
    quiet: { model, transformer: { image, batcher: {} } },
  },
};

describe('rules of model servers', () => {
  test('are all tested', () => {
    const ids = (level: string) => modelServerRules.filter((rule) => rule.level === level).map(({ id }) => id);
    expect(Object.keys(SIDES).sort()).toEqual(ids('error').sort());
    expect(Object.keys(WARNINGS).sort()).toEqual(ids('warning').sort());
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
    const told = (more: ModelServerProps) => warnings(assembled(new ModelServer(teamChart(), 'server', more))).join();
    expect(told(props)).toContain(words);
    expect(told(props)).toContain(`(${id})`);
    expect(told({ ...props, acknowledge: [id] })).not.toContain(`(${id})`);
    expect(told(quiet)).not.toContain(`(${id})`);
  });

  test('are told together', () => {
    const message = refusal({ model, env: { PYTHONPATH: 'x' }, canaryTraffic: 200, nodeSelector: { a: 'b' } }, '1iris');
    expect(message.match(/\((kserve|knative|kubernetes)\//g)).toHaveLength(4);
  });
});
