import { DNS_LABEL } from '../../core/names';
import { nameRule, type Rule } from '../rule';
import { SERVING_CONTAINER } from './component';
import type { KnativeFeature } from './deployment-mode';
import { type RuntimeShape, SERVING_RUNTIMES, unsupported, V2_FORMATS } from './formats';
import { MULTI_NODE_RULES } from './multi-node-rules';
import { SCALING_RULES } from './scaling-rules';
import { containersOf, inParts, type Part, partsOf, type ServerFacts, variablesOf } from './server-facts';
import { storageUriProblem } from './storage';

/** The older predictor fields, which KServe rewrites into `model`. */
const FORMAT_FIELDS = [
  'sklearn',
  'xgboost',
  'tensorflow',
  'pytorch',
  'triton',
  'onnx',
  'huggingface',
  'pmml',
  'lightgbm',
  'paddle',
] as const;

const REMOVED = { explainer: ['alibi', 'aix', 'aif'], transformer: ['custom'], predictor: ['custom'] } as const;

function implementations({ name, spec }: Part): string[] {
  const fields = name === 'predictor' ? (['model', ...FORMAT_FIELDS] as const) : (['art'] as const);
  const named = fields.filter((field) => (spec as Record<string, unknown>)[field] !== undefined) as string[];
  const containers = spec.containers ?? [];
  const serves = containers.some((container) => container.name === SERVING_CONTAINER);
  // Beside a model, containers are its helpers unless one has the name of the container that serves.
  const own = name === 'predictor' && named.length > 0 ? serves : containers.length > 0;
  return [...named, ...(own ? ['a container'] : [])];
}

/** The fields of pods that Knative refuses, with the flag that lets it take them. */
function refusedByKnative({ spec }: Part): KnativeFeature[] {
  const fields: Readonly<Partial<Record<keyof Part['spec'], KnativeFeature>>> = {
    affinity: 'affinity',
    dnsConfig: 'dnsconfig',
    dnsPolicy: 'dnspolicy',
    hostIPC: 'hostipc',
    hostNetwork: 'hostnetwork',
    hostPID: 'hostpid',
    initContainers: 'init-containers',
    nodeSelector: 'nodeselector',
    priorityClassName: 'priorityclassname',
    runtimeClassName: 'runtimeclassname',
    schedulerName: 'schedulername',
    securityContext: 'securitycontext',
    shareProcessNamespace: 'shareprocessnamespace',
    tolerations: 'tolerations',
    topologySpreadConstraints: 'topologyspreadconstraints',
    storageUris: 'init-containers',
  };
  return Object.entries(fields).flatMap(([field, feature]) => (spec[field as keyof Part['spec']] === undefined ? [] : [feature]));
}

function refusedVolumes(part: Part): KnativeFeature[] {
  const claims = (part.spec.volumes ?? []).filter((volume) => volume.persistentVolumeClaim).map(({ name }) => name);
  const mounts = containersOf(part).flatMap(({ volumeMounts = [] }) => volumeMounts);
  const written = mounts.some(({ name, readOnly }) => claims.includes(name) && !readOnly);
  const loaded = part.spec.storageUris?.some(({ uri }) => uri.startsWith('pvc://'));
  const fields = variablesOf(part).some(({ valueFrom }) => valueFrom?.fieldRef || valueFrom?.resourceFieldRef);
  return [
    ...(claims.length > 0 || loaded ? (['persistent-volume-claim'] as const) : []),
    ...(written ? (['persistent-volume-write'] as const) : []),
    ...(fields ? (['fieldref'] as const) : []),
  ];
}

/** Folders that all paths are in, beside the root. */
function haveCommonFolder(paths: readonly string[]): boolean {
  const [first, ...others] = paths.map((path) => path.split('/')[1]);
  return others.every((folder) => folder === first);
}

const hasGpu = (part: Part) =>
  containersOf(part).some(({ resources }) => Object.keys(resources?.limits ?? {}).some((name) => /\/(gpu|mig-.*)$/.test(name)));

/** The rules of model servers; what a rule says of a part holds for each of its components. */
export const SERVER_RULES: readonly Rule<ServerFacts>[] = [
  nameRule('MS-1'),
  {
    id: 'MS-2',
    level: 'error',
    check: (facts) => {
      const hosts = partsOf(facts).map((part) => `${facts.name}-${part.name}-${facts.namespace}`);
      const [longest = ''] = hosts.sort((a, b) => b.length - a.length);
      return longest.length > DNS_LABEL.length
        ? `the name is ${longest.length - DNS_LABEL.length} characters too long: a host is called ${longest}, with at most ${DNS_LABEL.length}`
        : undefined;
    },
  },
  {
    id: 'MS-3',
    level: 'error',
    check: inParts((part) => {
      const found = implementations(part);
      if (found.length === 1) return undefined;
      const wanted = { predictor: 'a model or an image', transformer: 'an image', explainer: 'an image or art' }[part.name];
      return `has ${found.join(' and ') || 'nothing that serves'}; give either ${wanted}`;
    }),
  },
  {
    id: 'MS-4',
    level: 'error',
    check: ({ spec: { predictor } }) =>
      predictor?.model?.name !== undefined
        ? `the model has the container name ${predictor.model.name}, which its runtime gives; leave it out`
        : undefined,
  },
  {
    id: 'MS-6',
    level: 'error',
    check: inParts((part) =>
      variablesOf(part).some(({ name }) => name === 'PYTHONPATH')
        ? 'sets PYTHONPATH, which KServe blocks; put the modules into the image'
        : undefined,
    ),
  },
  ...SCALING_RULES,
  {
    id: 'MS-9',
    level: 'error',
    check: inParts(({ spec: { logger } }) => {
      if (!logger) return undefined;
      if (!['all', 'request', 'response'].includes(logger.mode ?? ''))
        return `logs ${JSON.stringify(logger.mode)}, must be all, request or response`;
      const missing = logger.storage && (['path', 'key', 'parameters'] as const).filter((field) => !logger.storage?.[field]);
      return missing && missing.length > 0 ? `logs to a store without ${missing.join(' and ')}; give them together` : undefined;
    }),
  },
  {
    id: 'MS-14',
    level: 'error',
    check: inParts(({ spec }) => {
      const { storageUris } = spec;
      if (!storageUris) return undefined;
      if (spec.model?.storageUri ?? spec.art?.storageUri)
        return 'has a stored model and artifacts; give one of them, the model as an artifact at /mnt/models';
      const paths = storageUris.map(({ uri, mountPath = '/mnt/models' }) => ({ uri, mountPath }));
      const wrong = paths.find(
        ({ uri, mountPath: path }) => uri === '' || !path.startsWith('/') || path === '/' || path.split('/').includes('..'),
      );
      if (wrong)
        return `finds the artifact ${JSON.stringify(wrong.uri)} at ${JSON.stringify(wrong.mountPath)}, must be an absolute path below the root`;
      const claims = paths.filter(({ uri }) => uri.startsWith('pvc://')).map(({ mountPath }) => mountPath);
      if (new Set(claims).size < claims.length) return 'finds two claims at the same path';
      const loaded = paths.filter(({ uri }) => !uri.startsWith('pvc://')).map(({ mountPath }) => mountPath);
      return haveCommonFolder(loaded)
        ? undefined
        : `finds artifacts at ${loaded.join(' and ')}, must be in one folder below the root`;
    }),
  },
  {
    id: 'MS-15',
    level: 'error',
    check: ({ spec: { predictor } }) => {
      const env = predictor?.model ? [] : (predictor?.containers ?? []).flatMap((container) => container.env ?? []);
      const wrong = env.find(({ name, value }) => name === 'PROTOCOL' && value !== 'v1' && value !== 'v2');
      return wrong ? `the predictor sets PROTOCOL to ${JSON.stringify(wrong.value)}, must be v1 or v2` : undefined;
    },
  },
  {
    id: 'MS-16',
    level: 'error',
    check: ({ spec: { predictor } }) => {
      const beside = predictor?.containers?.find(({ name }) => name === 'transformer-container');
      return beside?.env?.some(({ name }) => name === 'STORAGE_URI')
        ? 'the transformer in the pods of the predictor sets STORAGE_URI, which belongs to the predictor; leave it out'
        : undefined;
    },
  },
  ...MULTI_NODE_RULES,
  {
    id: 'MS-19',
    level: 'error',
    check: inParts(({ spec }, { scheme }) => {
      const uris = [spec.model?.storageUri, spec.art?.storageUri, ...(spec.storageUris ?? []).map(({ uri }) => uri)];
      const wrong = uris.flatMap((uri) => (uri ? (storageUriProblem(uri, scheme ? [scheme] : []) ?? []) : []));
      return wrong.length > 0 ? `cannot load its model: ${wrong.join('; ')}` : undefined;
    }),
  },
  {
    id: 'MS-19-entry',
    level: 'error',
    check: ({ spec: { predictor } }) => {
      const { storage, storageUri } = predictor?.model ?? {};
      const type = storage?.parameters?.type;
      const scheme = storageUri === undefined ? type : storageUri.split('://')[0];
      return storage && scheme !== undefined && !['s3', 'hdfs', 'webhdfs'].includes(scheme)
        ? `the entry of storage-config is of type ${scheme}, must be s3, hdfs or webhdfs; name others by URI`
        : undefined;
    },
  },
  {
    id: 'MS-20',
    level: 'error',
    check: ({ spec: { predictor }, runtime }) => {
      const { modelFormat, protocolVersion, runtime: named } = predictor?.model ?? {};
      if (!modelFormat) return undefined;
      const model = {
        format: modelFormat.name,
        version: modelFormat.version,
        protocol: protocolVersion ?? (V2_FORMATS.includes(modelFormat.name) ? 'v2' : 'v1'),
      };
      if (named !== undefined) {
        const shape = runtime?.name === named ? runtime.shape : SERVING_RUNTIMES[named];
        if (shape?.disabled) return `the runtime ${named} is disabled`;
        if (shape?.multiModel) return `the runtime ${named} serves several models; take one for a single model`;
        const wrong = shape && unsupported(shape, model);
        return wrong ? `the runtime ${named} ${wrong}` : undefined;
      }
      const chosen = Object.values(SERVING_RUNTIMES).map((shape) => ({
        ...shape,
        supportedModelFormats: shape.supportedModelFormats?.filter(({ autoSelect }) => autoSelect),
      }));
      if (chosen.some((shape) => unsupported(shape, model) === undefined)) return undefined;
      const said = [model.format, ...(model.version === undefined ? [] : [model.version])].join(' ');
      return `no runtime of the release is chosen for ${said} with the protocol ${model.protocol}; it has ${offers(chosen, model.format)}; name one of them, or a runtime`;
    },
  },
  {
    id: 'MS-23',
    level: 'error',
    check: inParts((part, { mode, features }) => {
      if (mode === 'Standard') return undefined;
      const refused = [...new Set([...refusedByKnative(part), ...refusedVolumes(part)])].filter((one) => !features.has(one));
      return refused.length > 0
        ? `has what Knative refuses without its flag: ${refused.map((one) => `kubernetes.podspec-${one}`).join(', ')}; set it and say knativeFeatures, or say deploymentMode: 'Standard'`
        : undefined;
    }),
  },
  {
    id: 'MS-24',
    level: 'error',
    check: inParts(({ name, spec }) => {
      const found = REMOVED[name].filter((field) => field in spec);
      return found.length > 0
        ? `has ${found.join(', ')}, which was removed from KServe; give a program of your own by image`
        : undefined;
    }),
  },
  {
    id: 'MS-25',
    level: 'warning',
    check: (facts) => {
      const [predictor] = partsOf(facts) as [Part];
      const { modelFormat, runtimeVersion } = predictor.spec.model ?? {};
      return ['pytorch', 'tensorflow'].includes(modelFormat?.name ?? '') &&
        runtimeVersion !== undefined &&
        !runtimeVersion.includes('gpu') &&
        hasGpu(predictor)
        ? `the runtime's image ${runtimeVersion} has no "gpu" in its tag, though GPUs are asked for; take the image for GPUs`
        : undefined;
    },
  },
  {
    id: 'MS-26',
    level: 'warning',
    check: ({ spec: { predictor, transformer } }) => {
      const found = [predictor?.batcher && 'batcher', predictor?.logger && 'logger'].filter((one) => one);
      return transformer && found.length > 0
        ? `the ${found.join(' and the ')} of the predictor sees what the transformer made; requests come in at the transformer`
        : undefined;
    },
  },
  {
    id: 'MS-27',
    level: 'error',
    check: ({ spec: { predictor } }) => {
      const tag = predictor?.model?.runtimeVersion;
      return tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)
        ? `runtimeVersion is ${JSON.stringify(tag)}, must be the tag of an image`
        : undefined;
    },
  },
];

function offers(shapes: readonly RuntimeShape[], format: string): string {
  const found = shapes.flatMap(({ supportedModelFormats = [], protocolVersions = [] }) =>
    supportedModelFormats
      .filter(({ name }) => name === format)
      .map(({ version }) => `${format} ${version} with ${protocolVersions.join(' or ')}`),
  );
  if (found.length > 0) return found.join(', ');
  return [...new Set(shapes.flatMap(({ supportedModelFormats = [] }) => supportedModelFormats.map(({ name }) => name)))].join(
    ', ',
  );
}
