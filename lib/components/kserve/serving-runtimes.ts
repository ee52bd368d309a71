import type { Container, SecurityContext } from '../../../crds-imports/core';
import type { ClusterServingRuntimeSpec, SupportedModelFormat } from '../../../crds-imports/serving.kserve.io';
import type { ServedRuntime } from '../../contracts';
import { images } from '../../release/images';
import { HEAD, WORKER } from './multi-node';

/** The serving runtimes of a cluster. */
export interface ServingRuntimes {
  /**
   * Runtimes of the release that are not installed.
   *
   * @default - none: all twelve are installed
   */
  readonly without?: readonly ServingRuntimeName[];

  /**
   * Further runtimes, by name.
   *
   * @default - none
   */
  readonly own?: Readonly<Record<string, ClusterServingRuntimeSpec>>;
}

/** A serving runtime of the release. */
export type ServingRuntimeName = keyof typeof RUNTIMES;

/** The container that KServe takes for the server of a runtime. */
const SERVER = 'kserve-container';

const RESOURCES = { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } };

/** Upstream says all of it but the seccomp profile, which namespaces of the standard `restricted` ask for. */
const SECURITY: SecurityContext = {
  allowPrivilegeEscalation: false,
  privileged: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** For images that run as root unless told otherwise. */
const AS_USER: SecurityContext = { ...SECURITY, runAsUser: 1000 };

const MODEL_NAME = '--model_name={{.Name}}';
const OF_MODEL = [MODEL_NAME, '--model_dir=/mnt/models', '--http_port=8080'];

function server(container: Omit<Container, 'name'>): Container {
  const { resources = RESOURCES, securityContext = SECURITY, ...rest } = container;
  return { name: SERVER, ...rest, resources, securityContext };
}

/** A model format in some versions. */
function format(name: string, priority: number, ...versions: string[]): SupportedModelFormat[] {
  return versions.map((version) => ({ name, version, autoSelect: true, priority }));
}

/** Runtimes of the release, by what follows `kserve-` in their names. */
const RUNTIMES = {
  huggingfaceserver: {
    supportedModelFormats: format('huggingface', 1, '1'),
    protocolVersions: ['v2', 'v1'],
    hostIPC: false,
    containers: [
      server({
        image: `${images.kserve.huggingfaceserver}`,
        args: [MODEL_NAME],
        env: [{ name: 'LMCACHE_USE_EXPERIMENTAL', value: 'True' }],
        volumeMounts: [{ name: 'devshm', mountPath: '/dev/shm' }],
      }),
    ],
    volumes: [{ name: 'devshm', emptyDir: { medium: 'Memory' } }],
  },
  'huggingfaceserver-multinode': {
    supportedModelFormats: format('huggingface', 2, '1'),
    protocolVersions: ['v2', 'v1'],
    containers: [server({ ...HEAD, args: [MODEL_NAME] })],
    volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '3Gi' } }],
    workerSpec: {
      pipelineParallelSize: 1,
      tensorParallelSize: 1,
      containers: [{ ...WORKER, securityContext: SECURITY }],
      volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '3Gi' } }],
    },
  },
  lgbserver: {
    supportedModelFormats: format('lightgbm', 1, '4'),
    protocolVersions: ['v1', 'v2'],
    containers: [server({ image: `${images.kserve.lgbserver}`, args: [...OF_MODEL, '--nthread=1'] })],
  },
  mlserver: {
    supportedModelFormats: [
      ...format('sklearn', 2, '0', '1'),
      ...format('xgboost', 2, '1', '2'),
      ...format('lightgbm', 2, '3', '4'),
      ...format('mlflow', 1, '1', '2'),
    ],
    protocolVersions: ['v2'],
    containers: [
      server({
        image: `${images.kserve.mlserver}`,
        env: [
          { name: 'MLSERVER_MODEL_IMPLEMENTATION', value: '{{.Labels.modelClass}}' },
          { name: 'MLSERVER_HTTP_PORT', value: '8080' },
          { name: 'MLSERVER_GRPC_PORT', value: '9000' },
        ],
      }),
    ],
  },
  paddleserver: {
    supportedModelFormats: format('paddle', 1, '2'),
    protocolVersions: ['v1', 'v2'],
    containers: [server({ image: `${images.kserve.paddleserver}`, args: OF_MODEL })],
  },
  pmmlserver: {
    supportedModelFormats: format('pmml', 1, '3', '4'),
    protocolVersions: ['v1', 'v2'],
    containers: [server({ image: `${images.kserve.pmmlserver}`, args: OF_MODEL })],
  },
  predictiveserver: {
    // Only for models that name it: the servers above take its formats.
    supportedModelFormats: [...format('sklearn', 3, '1'), ...format('xgboost', 3, '2'), ...format('lightgbm', 3, '4')].map(
      (supported) => ({ ...supported, autoSelect: false }),
    ),
    protocolVersions: ['v1', 'v2'],
    multiModel: false,
    containers: [
      server({
        image: `${images.kserve.predictiveserver}`,
        args: [...OF_MODEL, '--framework={{.Annotations.modelFormat}}', '--nthread=1'],
      }),
    ],
  },
  sklearnserver: {
    supportedModelFormats: format('sklearn', 1, '1'),
    protocolVersions: ['v1', 'v2'],
    containers: [server({ image: `${images.kserve.sklearnserver}`, args: OF_MODEL })],
  },
  'tensorflow-serving': {
    supportedModelFormats: format('tensorflow', 2, '1', '2'),
    protocolVersions: ['v1', 'grpc-v1'],
    containers: [
      server({
        image: `${images.kserve.tensorflowServing}`,
        command: ['/usr/bin/tensorflow_model_server'],
        args: [
          MODEL_NAME,
          '--port=9000',
          '--rest_api_port=8080',
          '--model_base_path=/mnt/models',
          '--rest_api_timeout_in_ms=60000',
        ],
        securityContext: AS_USER,
      }),
    ],
  },
  torchserve: {
    supportedModelFormats: format('pytorch', 2, '1'),
    protocolVersions: ['v1', 'v2', 'grpc-v2'],
    containers: [
      server({
        image: `${images.kserve.torchserve}`,
        args: [
          'torchserve',
          '--start',
          '--model-store=/mnt/models/model-store',
          '--ts-config=/mnt/models/config/config.properties',
        ],
        env: [{ name: 'TS_SERVICE_ENVELOPE', value: '{{.Labels.serviceEnvelope}}' }],
        securityContext: AS_USER,
      }),
    ],
  },
  tritonserver: {
    supportedModelFormats: [
      ...format('tensorrt', 1, '8'),
      ...format('tensorflow', 1, '1', '2'),
      ...format('onnx', 1, '1'),
      { name: 'pytorch', version: '1' },
      ...format('triton', 1, '2'),
    ],
    protocolVersions: ['v2', 'grpc-v2'],
    containers: [
      server({
        image: `${images.kserve.tritonserver}`,
        args: [
          'tritonserver',
          '--model-store=/mnt/models',
          '--grpc-port=9000',
          '--http-port=8080',
          '--allow-grpc=true',
          '--allow-http=true',
        ],
        securityContext: AS_USER,
      }),
    ],
  },
  xgbserver: {
    supportedModelFormats: format('xgboost', 1, '2'),
    protocolVersions: ['v1', 'v2'],
    containers: [server({ image: `${images.kserve.xgbserver}`, args: [...OF_MODEL, '--nthread=1'] })],
  },
} satisfies Record<string, ClusterServingRuntimeSpec>;

/** Where servers tell their metrics; the others do on their HTTP port. */
const METRICS_PORTS: { readonly [Name in ServingRuntimeName]?: string } = { torchserve: '8082', tritonserver: '8002' };

/** Annotation by which KServe knows the program of a runtime. */
export const SERVER_TYPE = 'serving.kserve.io/server-type';

/** Runtimes that are the same program as another. */
const SERVER_TYPES: { readonly [Name in ServingRuntimeName]?: string } = { 'huggingfaceserver-multinode': 'huggingfaceserver' };

/** A runtime to be installed. */
export interface ServingRuntime {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: ClusterServingRuntimeSpec;
}

/** Names of the release's runtimes. */
const NAMES = Object.keys(RUNTIMES) as ServingRuntimeName[];

/** The runtimes to be installed. */
export function servingRuntimes({ without = [], own = {} }: ServingRuntimes = {}): ServingRuntime[] {
  const ofRelease = NAMES.filter((name) => !without.includes(name)).map((name) => ({
    name: `kserve-${name}`,
    annotations: { [SERVER_TYPE]: SERVER_TYPES[name] ?? name },
    spec: {
      annotations: { 'prometheus.kserve.io/port': METRICS_PORTS[name] ?? '8080', 'prometheus.kserve.io/path': '/metrics' },
      ...RUNTIMES[name],
    },
  }));
  return [...ofRelease, ...Object.entries(own).map(([name, spec]) => ({ name, spec }))];
}

/** What servers have to know of runtimes, by name. */
export function servedRuntimes(runtimes: readonly ServingRuntime[]): Readonly<Record<string, ServedRuntime>> {
  return Object.fromEntries(
    runtimes.map(({ name, annotations, spec }) => {
      const serverType = annotations?.[SERVER_TYPE];
      return [name, { ...spec, ...(serverType !== undefined && { serverType }) }];
    }),
  );
}

/** What is wrong with a choice of runtimes, each as a sentence: what KServe's webhook would refuse, or could not start. */
export function servingRuntimeProblems(choice: ServingRuntimes = {}): string[] {
  const { without = [], own = {} } = choice;
  const installed = servingRuntimes(choice);
  const names = installed.map(({ name }) => name);
  return [
    ...without
      .filter((name) => !NAMES.includes(name))
      .map((name) => `there is no serving runtime ${JSON.stringify(name)} to leave out; there are ${NAMES.join(', ')}`),
    ...Object.keys(own)
      .filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
      .map((name) => `the serving runtime ${name} is the release's; leave that one out, or give yours another name`),
    ...Object.entries(own)
      .filter(([, { containers }]) => !containers.some(({ name }) => name === SERVER))
      .map(([name]) => `the serving runtime ${name} has no container ${SERVER}, which KServe takes for the server`),
    ...contested(installed),
  ];
}

/** Formats for which two runtimes are chosen with the same priority, or one runtime with several. */
function contested(runtimes: readonly ServingRuntime[]): string[] {
  const chosen = new Map<string, string>();
  const problems = new Set<string>();
  for (const { name, spec } of runtimes) {
    if (spec.disabled) continue;
    const priorities = new Map<string, number>();
    for (const { name: format, version = '', autoSelect, priority } of spec.supportedModelFormats ?? []) {
      if (!autoSelect || priority === undefined) continue;
      if ((priorities.get(format) ?? priority) !== priority)
        problems.add(`the serving runtime ${name} has several priorities for the model format ${format}; give it one`);
      priorities.set(format, priority);
      for (const protocol of spec.protocolVersions ?? []) {
        const key = [spec.multiModel ?? false, format.toLowerCase(), version, protocol, priority].join(' ');
        const other = chosen.get(key);
        if (other && other !== name)
          problems.add(
            `the serving runtimes ${other} and ${name} have the same priority ${priority} for ${format} ${version}; give one another`,
          );
        chosen.set(key, name);
      }
    }
  }
  return [...problems];
}
