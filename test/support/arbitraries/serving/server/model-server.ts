import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  type ColocatedTransformerOptions,
  type ComponentOptions,
  Model,
  type ModelOptions,
  ModelRuntime,
  ModelServer,
  type ModelServerProps,
  Queue,
  SERVING_RUNTIMES,
  type ServerOptions,
  type ServerParts,
  type ShippedServingRuntime,
  Storage,
  type StorageEntry,
  type WorkerOptions,
} from '../../../../../lib';
import { workload } from '../../draft';
import { type Every, oneOf, options, whole } from '../../options';
import { image, podOptions } from '../../pod';
import { annotations, labels, names, word } from '../../texts';
import { componentOptions, servingContainer } from './component';

const modelOptions: Every<ModelOptions> = {
  version: oneOf('1', '2'),
  protocol: oneOf('v1', 'v2', 'grpc-v1', 'grpc-v2'),
  runtime: fc.oneof(
    oneOf(...(Object.keys(SERVING_RUNTIMES) as ShippedServingRuntime[])).map(ModelRuntime.shipped),
    word.map(ModelRuntime.existing),
  ),
  runtimeVersion: oneOf('v0.18.0', '23.05-py3', 'latest-gpu'),
  name: word,
};

const entryOptions: Every<StorageEntry> = {
  key: word,
  secret: word,
  path: oneOf('models/iris', 'a b'),
  schemaPath: oneOf('models/iris/schema.json'),
  parameters: oneOf<Record<string, string>>({ type: 's3', bucket: 'models' }, { type: 'hdfs' }),
};

const storage = fc.oneof(
  oneOf(
    's3://bucket/model',
    'gs://bucket/model',
    'pvc://claim/model',
    'hf://owner/model:main',
    'oci://registry.example.com/model:1.0',
    'https://account.blob.core.windows.net/container/model',
    'webhdfs://model',
    '/mnt/models',
  ),
  word.map((claim) => Storage.claim(claim, 'model')),
  options(entryOptions, [], 1 / 2).map(Storage.configured),
  fc.constant(Storage.custom('model-registry://', 'model-registry://iris/1')),
);

const FORMATS = [
  'sklearn',
  'xgboost',
  'lightgbm',
  'mlflow',
  'tensorflow',
  'pytorch',
  'onnx',
  'tensorrt',
  'triton',
  'huggingface',
];

const model: fc.Arbitrary<Model> = fc
  .tuple(
    oneOf(...FORMATS, 'pmml', 'paddle', 'openvino'),
    fc.option(storage, { nil: undefined }),
    options(modelOptions, [], 1 / 8),
  )
  .map(([format, source, more]) => Model.of(format, source, more));

const FEATURES = [
  ...(['affinity', 'fieldref', 'init-containers', 'nodeselector', 'persistent-volume-claim', 'persistent-volume-write'] as const),
  ...(['priorityclassname', 'runtimeclassname', 'schedulername', 'securitycontext', 'tolerations'] as const),
  'topologyspreadconstraints' as const,
];

/** Clusters in which there is more to choose from than in one whose Knative has no features. */
const ground = oneOf<Pick<ServerOptions, 'deploymentMode' | 'knativeFeatures'>>(
  {},
  { deploymentMode: 'Standard' },
  { knativeFeatures: FEATURES },
);

const serverOptions: Every<ServerOptions> = {
  deploymentMode: oneOf('Knative', 'Standard'),
  knativeFeatures: fc.subarray(FEATURES),
  storageSecret: word,
  visibility: oneOf('cluster-local'),
  tagRouting: fc.boolean(),
  rolloutDuration: whole(1, 600).map(Duration.seconds),
  stop: fc.boolean(),
  prometheusScraping: fc.boolean(),
  metricAggregation: fc.boolean(),
  autoUpdate: fc.boolean(),
  writableModel: fc.boolean(),
  gpuResources: oneOf(['example.com/gpu']),
  localModel: oneOf<string | false>('gpu-nodes', false),
  storageInitializerUser: whole(1, 1337),
  expose: fc.boolean(),
  queue: fc.oneof(
    word,
    word.map((name) => Queue.of(name, { priorityClass: 'high', topology: 'unconstrained' })),
  ),
  name: names(47, 30),
  labels,
  annotations,
  acknowledge: oneOf([], ['kserve/image-without-gpu', 'kserve/predictor-behind-transformer']),
  overrides: oneOf<Record<string, unknown>>({ predictor: { enableServiceLinks: false } }, { predictor: { minReplicas: 2 } }),
};

const transformerOptions: Every<ComponentOptions & { image: string }> = { ...componentOptions, image };
const colocatedOptions: Every<ColocatedTransformerOptions> = { ...servingContainer, image };
const { podLabels: _labels, podAnnotations: _annotations, ...workerPods } = podOptions;
const workerOptions: Every<WorkerOptions> = {
  ...workerPods,
  pipelineParallel: whole(1, 4),
  tensorParallel: whole(1, 8),
};
const artOptions = {
  type: oneOf('SquareAttack' as const),
  storageUri: oneOf('s3://bucket/model'),
  runtimeVersion: oneOf('v0.18.0'),
  config: oneOf({ nb_classes: '10' }),
};

type Parts = Omit<Extract<ServerParts, { model: Model }>, keyof ComponentOptions | 'model' | 'image'>;

const parts: Every<Parts> = {
  transformer: options(transformerOptions, ['image'], 1 / 12),
  colocatedTransformer: options(colocatedOptions, ['image']),
  explainer: fc
    .tuple(
      options(componentOptions, [], 1 / 12),
      fc.oneof(
        image.map((own) => ({ image: own })),
        options(artOptions, ['type'], 1 / 2).map((art) => ({ art })),
      ),
    )
    .map(([more, explains]) => ({ ...more, ...explains })),
  workers: options(workerOptions, [], 1 / 6),
  autoscaler: oneOf('hpa', 'keda', 'external', 'none'),
};

const serves = fc.oneof(
  { weight: 3, arbitrary: model.map((served) => ({ model: served })) },
  { weight: 1, arbitrary: image.map((own) => ({ image: own })) },
);

/** A server that is spread over several nodes, which few choices make. */
const spread = fc
  .tuple(options(workerOptions, [], 1 / 6), oneOf('pvc://claim/model', 'oci://registry.example.com/model:1.0'))
  .map(([workers, uri]) => ({
    model: Model.huggingface(uri, { runtime: ModelRuntime.shipped('kserve-huggingfaceserver-multinode') }),
    deploymentMode: 'Standard' as const,
    autoscaler: 'none' as const,
    workers,
  }));

const alone = { ...componentOptions, ...serverOptions };
const common: Every<ServerOptions & ComponentOptions & Parts> = { ...alone, ...parts };

/** A server: of a model or of a program of one's own, in either mode. */
export const modelServers = workload<ModelServerProps>({
  title: 'ModelServer',
  names: names(47, 30),
  props: fc.oneof(
    { weight: 8, arbitrary: fc.tuple(ground, options<object>(common as Every<object>, [], 1 / 14), serves).map(join) },
    { weight: 1, arbitrary: fc.tuple(options<object>(alone as Every<object>, [], 1 / 40), spread).map(join) },
  ),
  options: ['model', 'image', ...Object.keys(common)],
  declare: (chart, name, props) => new ModelServer(chart, name, props),
});

function join(members: readonly object[]): ModelServerProps {
  return Object.assign({}, ...members) as ModelServerProps;
}
