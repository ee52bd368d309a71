import { error, type Rule, warning } from '../../../core/rule';
import { QUEUE_RULES } from '../../queue/rules';
import { SERVICE_NAME_RULE } from '../../service-name';
import { RUNTIME_RULES } from '../runtime/rules';
import { SCALING_RULES } from '../scaling/rules';
import { CREDENTIAL_RULES } from '../storage/credentials/rules';
import { STORAGE_RULES } from '../storage/rules';
import { SERVING_CONTAINER } from './component';
import { EXPOSURE_RULES } from './exposure-rules';
import { containersOf, inParts, type Part, partsOf, type ServerFacts, variablesOf } from './facts';
import { HOST_RULES } from './host-rules';
import { KNATIVE_RULES } from './knative-rules';
import { MULTI_NODE_RULES } from './multi-node-rules';
import { PORT_RULES } from './port-rules';

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

/** Names of containers that are added to pods. */
const TAKEN = ['agent', 'queue-proxy', 'modelcar', 'modelcar-init', 'storage-initializer'];

function implementations({ name, spec }: Part): string[] {
  const fields = name === 'predictor' ? (['model', ...FORMAT_FIELDS] as const) : (['art'] as const);
  const named = fields.filter((field) => (spec as Record<string, unknown>)[field] !== undefined) as string[];
  const containers = spec.containers ?? [];
  const serves = containers.some((container) => container.name === SERVING_CONTAINER);
  // Beside a model, containers are its helpers unless one has the name of the container that serves.
  const own = name === 'predictor' && named.length > 0 ? serves : containers.length > 0;
  return [...named, ...(own ? ['a container'] : [])];
}

const hasGpu = (part: Part) =>
  containersOf(part).some(({ resources }) => Object.keys(resources?.limits ?? {}).some((name) => /\/(gpu|mig-.*)$/.test(name)));

/** The rules of model servers; what a rule says of a part holds for each of its components. */
export const SERVER_RULES: readonly Rule<ServerFacts>[] = [
  SERVICE_NAME_RULE,
  ...HOST_RULES,
  error(
    'kserve/contradicting-metadata',
    'A label or an annotation that stands for an option says the same as the option.',
    ({ contradictions }) => (contradictions.length > 0 ? contradictions.join(', and ') : undefined),
  ),
  error(
    'kserve/not-one-implementation',
    "KServe's webhook takes exactly one implementation of each component.",
    inParts((part) => {
      const found = implementations(part);
      if (found.length === 1) return undefined;
      const wanted = { predictor: 'a model or an image', transformer: 'an image', explainer: 'an image or art' }[part.name];
      return `has ${found.join(' and ') || 'nothing that serves'}; give either ${wanted}`;
    }),
  ),
  error(
    'kserve/named-model-container',
    "The runtime names the container that serves, and KServe's webhook refuses another name.",
    ({ spec: { predictor } }) =>
      predictor?.model?.name !== undefined
        ? `the model has the container name ${predictor.model.name}, which its runtime gives; leave it out`
        : undefined,
  ),
  error(
    'kserve/blocked-variable',
    'KServe blocks PYTHONPATH, by which a server could load other modules than its own.',
    inParts((part) =>
      variablesOf(part).some(({ name }) => name === 'PYTHONPATH')
        ? 'sets PYTHONPATH, which KServe blocks; put the modules into the image'
        : undefined,
    ),
  ),
  ...SCALING_RULES,
  error(
    'kserve/invalid-logger',
    "KServe's webhook takes a logger with a known mode, and a store with everything that it needs.",
    inParts(({ spec: { logger } }) => {
      if (!logger) return undefined;
      if (!['all', 'request', 'response'].includes(logger.mode ?? ''))
        return `logs ${JSON.stringify(logger.mode)}, must be all, request or response`;
      const missing = logger.storage && (['path', 'key', 'parameters'] as const).filter((field) => !logger.storage?.[field]);
      return missing && missing.length > 0 ? `logs to a store without ${missing.join(' and ')}; give them together` : undefined;
    }),
  ),
  error(
    'kserve/invalid-protocol',
    "KServe's webhook takes v1 or v2 for the protocol of a program of one's own.",
    ({ spec: { predictor } }) => {
      const env = predictor?.model ? [] : (predictor?.containers ?? []).flatMap((container) => container.env ?? []);
      const wrong = env.find(({ name, value }) => name === 'PROTOCOL' && value !== 'v1' && value !== 'v2');
      return wrong ? `the predictor sets PROTOCOL to ${JSON.stringify(wrong.value)}, must be v1 or v2` : undefined;
    },
  ),
  error(
    'kserve/transformer-with-model',
    "The model of a pod belongs to its predictor, and KServe's webhook refuses it in the transformer beside.",
    ({ spec: { predictor } }) => {
      const beside = predictor?.containers?.find(({ name }) => name === 'transformer-container');
      return beside?.env?.some(({ name }) => name === 'STORAGE_URI')
        ? 'the transformer in the pods of the predictor sets STORAGE_URI, which belongs to the predictor; leave it out'
        : undefined;
    },
  ),
  error(
    'kserve/container-name-taken',
    'KServe and Knative add containers of their own to the pods of a server, by fixed names.',
    inParts(({ spec }) => {
      const names = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name);
      const taken = names.filter((name) => TAKEN.includes(name ?? ''));
      const twice = names.filter((name, index) => names.indexOf(name) !== index);
      if (taken.length > 0)
        return `has a container ${taken.join(', ')}, which KServe and Knative add themselves; give it another name`;
      return twice.length > 0 ? `has two containers ${twice.join(', ')}; give each its own name` : undefined;
    }),
  ),
  ...PORT_RULES,
  ...MULTI_NODE_RULES,
  ...STORAGE_RULES,
  ...CREDENTIAL_RULES,
  ...RUNTIME_RULES,
  ...KNATIVE_RULES,
  ...EXPOSURE_RULES,
  ...QUEUE_RULES,
  error(
    'kserve/removed-component',
    'KServe ignores implementations that earlier releases had.',
    inParts(({ name, spec }) => {
      const found = REMOVED[name].filter((field) => field in spec);
      return found.length > 0
        ? `has ${found.join(', ')}, which was removed from KServe; give a program of your own by image`
        : undefined;
    }),
  ),
  warning(
    'kserve/image-without-gpu',
    'Runtimes of these formats have an image of its own for GPUs, without which GPUs stay idle.',
    (facts) => {
      const [predictor] = partsOf(facts) as [Part];
      const { modelFormat, runtimeVersion } = predictor.spec.model ?? {};
      return ['pytorch', 'tensorflow'].includes(modelFormat?.name ?? '') &&
        runtimeVersion !== undefined &&
        !runtimeVersion.includes('gpu') &&
        hasGpu(predictor)
        ? `the runtime's image ${runtimeVersion} has no "gpu" in its tag, though GPUs are asked for; take the image for GPUs`
        : undefined;
    },
  ),
  warning(
    'kserve/predictor-behind-transformer',
    'Requests come in at the transformer, so the predictor sees what it has made of them.',
    ({ spec: { predictor, transformer } }) => {
      const found = [predictor?.batcher && 'batcher', predictor?.logger && 'logger'].filter((one) => one);
      return transformer && found.length > 0
        ? `the ${found.join(' and the ')} of the predictor sees what the transformer made; requests come in at the transformer`
        : undefined;
    },
  ),
];
