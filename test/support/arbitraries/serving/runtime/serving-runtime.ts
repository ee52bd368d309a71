import * as fc from 'fast-check';
import type { ClusterServingRuntimeSpec } from '../../../../../crds-imports/serving.kserve.io';
import { ClusterServingRuntime, ServingRuntime, type ServingRuntimeProps } from '../../../../../lib';
import { workload } from '../../draft';
import { type Every, oneOf, options, sometimes, whole } from '../../options';
import { affinity, image, probe, tolerations } from '../../pod';
import { annotations, labels, names, word, words } from '../../texts';

type Containers = ClusterServingRuntimeSpec['containers'];
type Worker = NonNullable<ClusterServingRuntimeSpec['workerSpec']>;

const container = (name: fc.Arbitrary<string>) =>
  fc
    .record({
      name,
      image,
      args: sometimes(oneOf(['--model_name={{.Name}}', '--namespace={{.Namespace}}']), 1 / 2),
      command: sometimes(words),
      env: sometimes(oneOf([{ name: 'A', value: 'b' }], [{ name: 'TENSOR_PARALLEL_SIZE', value: '2' }])),
      ports: sometimes(oneOf([{ containerPort: 8080, name: 'h2c', protocol: 'TCP' as const }])),
      readinessProbe: sometimes(probe),
      resources: sometimes(
        oneOf({ requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi', 'nvidia.com/gpu': 1 } }),
      ),
    })
    .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

const serving = container(fc.oneof({ weight: 9, arbitrary: oneOf('kserve-container') }, { weight: 1, arbitrary: oneOf('main') }));
const containers = fc
  .tuple(serving, sometimes(container(oneOf('sidecar'))))
  .map(([main, side]) => [main, ...(side ? [side] : [])]) as unknown as fc.Arbitrary<Containers>;

const format = options(
  {
    name: oneOf('sklearn', 'onnx', 'own'),
    version: oneOf('1', '2'),
    autoSelect: fc.boolean(),
    priority: whole(1, 3),
  },
  ['name'],
  1 / 2,
);

const workerSpec = fc
  .record({
    pipelineParallelSize: sometimes(whole(1, 4), 1 / 2),
    tensorParallelSize: sometimes(whole(1, 8), 1 / 2),
    worker: container(oneOf('worker-container')),
  })
  .map(({ worker, ...sizes }) => ({
    ...Object.fromEntries(Object.entries(sizes).filter(([, value]) => value !== undefined)),
    containers: [worker],
  })) as unknown as fc.Arbitrary<Worker>;

const runtimeOptions: Every<ServingRuntimeProps> = {
  containers,
  supportedModelFormats: fc.array(format, { minLength: 1, maxLength: 3 }),
  multiModel: fc.boolean(),
  metrics: oneOf({ port: 8082, path: '/metrics' }, { port: 9090 }),
  disabled: fc.boolean(),
  protocolVersions: fc.subarray(['v1', 'v2', 'grpc-v2'], { minLength: 1 }),
  workerSpec,
  grpcEndpoint: oneOf('port:8085'),
  grpcDataEndpoint: oneOf('port:8001'),
  httpDataEndpoint: oneOf('port:8080'),
  storageHelper: oneOf({ disabled: true }),
  builtInAdapter: oneOf({
    serverType: 'triton',
    runtimeManagementPort: 8001,
    memBufferBytes: 134217728,
    modelLoadingTimeoutMillis: 90000,
    env: [{ name: 'A', value: 'b' }],
  }),
  replicas: whole(1, 3),
  nodeSelector: labels,
  affinity,
  tolerations,
  volumes: oneOf<ServingRuntimeProps['volumes'] & object>([{ name: 'cache', emptyDir: {} }]),
  labels,
  annotations,
  imagePullSecrets: word.map((name) => [{ name }]),
  hostIPC: fc.boolean(),
  schedulerName: oneOf('volcano'),
  podLabels: labels,
  podAnnotations: annotations,
  name: names(50),
};

const common = { names: names(253), props: options(runtimeOptions, ['containers']), options: Object.keys(runtimeOptions) };

/** A runtime for one namespace. */
export const servingRuntimes = workload<ServingRuntimeProps>({
  ...common,
  title: 'ServingRuntime',
  declare: (chart, name, props) => new ServingRuntime(chart, name, props),
});

/** A runtime for all namespaces. */
export const clusterServingRuntimes = workload<ServingRuntimeProps>({
  ...common,
  title: 'ClusterServingRuntime',
  declare: (chart, name, props) => new ClusterServingRuntime(chart, name, props),
});
