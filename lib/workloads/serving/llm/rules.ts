import type { LLMInferenceServiceSpec, Parallelism, Prefill, Scaling } from '../../../../crds-imports/serving.kserve.io';
import { error, type Rule, warning } from '../../../core/rule';
import { SERVICE_NAME_RULE } from '../../service-name';
import type { StorageCredentials } from '../storage/storage-credentials';
import { SPREAD_RULES } from './spread-rules';

/** A language model's service as its rules see it. */
export interface LLMFacts {
  readonly name: string;
  readonly spec: LLMInferenceServiceSpec;
  /** What the bases that are declared here say, the first one first. */
  readonly bases: readonly LLMInferenceServiceSpec[];
  /** Whether it builds on bases that only the cluster knows. */
  readonly unknownBases: boolean;
  /** Names of the configurations that are declared for it, presets of one's own among them. */
  readonly configs: readonly string[];
  /** Whether KServe's presets are installed. */
  readonly presets: boolean;
  /** What was given for access to the model's store. */
  readonly credentials: StorageCredentials | undefined;
}

/** Something that a Gateway is named by. */
interface PlaceReference {
  readonly name?: string;
  readonly namespace?: string;
  readonly sectionName?: string;
}

/** Decode and prefill, which have the same fields. */
type Workload = Prefill & { readonly called: string };

function workloadsOf({ spec }: LLMFacts): Workload[] {
  return [{ ...spec, called: 'the service' }, ...(spec.prefill ? [{ ...spec.prefill, called: 'prefill' }] : [])];
}

/** The first thing that is wrong with a workload, after its name. */
const inWorkloads = (check: (workload: Workload) => string | undefined) => (facts: LLMFacts) => {
  const wrong = workloadsOf(facts).flatMap((workload) => {
    const found = check(workload);
    return found ? [`${workload.called} ${found}`] : [];
  });
  return wrong.length > 0 ? wrong.join(', and ') : undefined;
};

const inScaling = (check: (scaling: Scaling) => string | undefined) =>
  inWorkloads(({ scaling }) => (scaling ? check(scaling) : undefined));
const inParallelism = (check: (parallelism: Parallelism) => string | undefined) =>
  inWorkloads(({ parallelism }) => (parallelism ? check(parallelism) : undefined));
const actuator = (scaling: Scaling | undefined) => (scaling?.wva?.hpa ? 'hpa' : scaling?.wva?.keda ? 'keda' : undefined);

/** Where a route or a gateway is, as KServe's webhook compares them: no namespace is not the service's own. */
function placeOf({ namespace, name, sectionName }: PlaceReference): string {
  return `${namespace ? `${namespace}/` : ''}${name}${sectionName ? `#${sectionName}` : ''}`;
}

/** The rules of language models' services. */
export const LLM_RULES: readonly Rule<LLMFacts>[] = [
  SERVICE_NAME_RULE,
  error('kserve/unknown-llm-scheme', "KServe's webhook takes language models from these schemes only.", ({ spec }) => {
    const wrong = urisOf(spec).find((uri) => !/^(hf|s3|pvc|oci):\/\/\S+$/.test(uri));
    return wrong === undefined
      ? undefined
      : `the model's URI ${JSON.stringify(wrong)} has none of the schemes hf://, s3://, pvc://, oci://`;
  }),
  error(
    'kserve/replicas-and-scaling',
    "Fixed replicas and scaling exclude each other, and KServe's definition refuses both.",
    inWorkloads(({ replicas, scaling }) =>
      replicas !== undefined && scaling ? 'has replicas and scaling; give one of them' : undefined,
    ),
  ),
  error(
    'kserve/invalid-llm-scale',
    'A scaled language model has whole replicas, at least one, the fewest not above the most.',
    inScaling(({ minReplicas = 1, maxReplicas }) => {
      const wrong = [minReplicas, maxReplicas].find((bound) => !Number.isInteger(bound) || bound < 1);
      if (wrong !== undefined) return `has ${wrong} replicas as a bound of its scale, must be a whole number of at least 1`;
      return minReplicas > maxReplicas
        ? `has at least ${minReplicas} replicas, which is more than the ${maxReplicas} that it has at most`
        : undefined;
    }),
  ),
  error(
    'kserve/not-one-actuator',
    'The variant autoscaler has its decision carried out by exactly one of HPA and KEDA.',
    inScaling(({ wva }) => {
      if (!wva) return 'scales by nothing; give wva with hpa or keda';
      return (wva.hpa === undefined) === (wva.keda === undefined) ? 'scales by either hpa or keda; give exactly one' : undefined;
    }),
  ),
  error(
    'kserve/differing-actuators',
    "Decode and prefill are scaled by the same actuator, or KServe's webhook refuses them.",
    ({ spec }) => {
      const [decode, prefill] = [actuator(spec.scaling), actuator(spec.prefill?.scaling)];
      return decode && prefill && decode !== prefill
        ? `the service scales by ${decode}, prefill by ${prefill}; give both the same`
        : undefined;
    },
  ),
  error(
    'kserve/invalid-variant-cost',
    'The cost of a variant is a number of at least 0, written as a text.',
    inScaling(({ wva }) =>
      wva?.variantCost !== undefined && !/^\d+(\.\d+)?$/.test(wva.variantCost)
        ? `has the variantCost ${JSON.stringify(wva.variantCost)}, must be a number of at least 0`
        : undefined,
    ),
  ),
  error(
    'kserve/invalid-idle-replicas',
    'KEDA takes fewer replicas for idle times than there are at least otherwise.',
    inScaling(({ wva, minReplicas = 1 }) => {
      const idle = wva?.keda?.idleReplicaCount;
      if (idle === undefined || (Number.isInteger(idle) && idle >= 1 && idle < minReplicas)) return undefined;
      return `has ${idle} replicas when idle, must be at least 1 and fewer than the ${minReplicas} it has at least`;
    }),
  ),
  error(
    'kserve/nothing-to-spread',
    "Workers are there to spread a model, and KServe's webhook wants to know over what.",
    inWorkloads(({ worker, parallelism: { pipeline, data, dataLocal } = {} }) =>
      worker && pipeline === undefined && (data === undefined || dataLocal === undefined)
        ? 'has a worker but nothing to spread; give parallelism with pipeline, or with data and dataLocal'
        : undefined,
    ),
  ),
  error(
    'kserve/mixed-parallelism',
    "A model is spread by pipeline or by data, and KServe's webhook refuses both and halves.",
    inParallelism(({ pipeline, data, dataLocal }) => {
      if (pipeline !== undefined && data !== undefined) return 'spreads by pipeline and by data; give one of them';
      return (data === undefined) === (dataLocal === undefined) ? undefined : 'needs data and dataLocal together';
    }),
  ),
  error(
    'kserve/invalid-parallelism',
    'A model is spread over whole numbers, at least 1.',
    inParallelism(({ expert: _, ...sizes }) => {
      const wrong = Object.entries(sizes).find(([, size]) => size !== undefined && (!Number.isInteger(size) || size < 1));
      return wrong ? `has the parallelism ${wrong[0]} ${wrong[1]}, must be a whole number of at least 1` : undefined;
    }),
  ),
  error(
    'kserve/route-made-and-named',
    'KServe makes a route and its gateway, or takes those that are there, and refuses a mixture.',
    ({ spec: { router } }) => {
      const { refs, spec } = router?.route?.http ?? {};
      if (refs && spec) return 'the route has refs and a spec; give one of them';
      return refs && router?.gateway && !router.gateway.refs
        ? 'the route is one that exists, so the gateway cannot be made for it; leave the gateway out'
        : undefined;
    },
  ),
  error(
    'kserve/differing-gateways',
    "The parents of a route and the gateways of its router are the same, or KServe's webhook refuses them.",
    ({ spec: { router } }) => {
      const gateways = router?.gateway?.refs ?? [];
      const parents = router?.route?.http?.spec?.parentRefs ?? [];
      const [made, named] = [gateways, parents].map((refs) => refs.map(placeOf).sort().join(', '));
      return gateways.length > 0 && parents.length > 0 && made !== named
        ? `the route's parents are ${named}, the gateways ${made}; leave out the parents, which follow from the gateways`
        : undefined;
    },
  ),
  error(
    'kserve/invalid-scheduler',
    "KServe's webhook takes a scheduler with replicas and exactly one configuration that says something.",
    ({ spec: { router } }) => {
      const { replicas, config } = router?.scheduler ?? {};
      if (replicas !== undefined && (!Number.isInteger(replicas) || replicas < 1))
        return `the scheduler has ${replicas} replicas, must have at least 1`;
      if (!config) return undefined;
      if ((config.inline === undefined) === (config.ref === undefined))
        return 'the scheduler has either an inline configuration or one by reference; give exactly one';
      if (config.inline && Object.keys(config.inline).length === 0) return "the scheduler's inline configuration is empty";
      return config.ref && !config.ref.name ? "the reference to the scheduler's configuration has no name" : undefined;
    },
  ),
  // Its CEL rules read fields that may be missing, and want empty a field that has no empty value.
  error(
    'kserve/unsupported-keda-advanced',
    "The rules of the release's definition read fields that may be missing, so they refuse any value.",
    inScaling(({ wva }) =>
      wva?.keda?.advanced
        ? "gives keda.advanced, which the release's definition refuses whatever is in it; leave it out"
        : undefined,
    ),
  ),
  ...SPREAD_RULES,
  warning(
    'kserve/unopened-llm-store',
    "Credentials that do not open the model's store leave the server without its model.",
    ({ spec, credentials }) => {
      const shut = urisOf(spec).filter((uri) => /^(hf|s3):/.test(uri) && credentials && !credentials.opens(uri));
      return credentials && shut.length > 0
        ? `it loads from ${shut.join(', ')}, but the credentials ${credentials.name} open ${credentials.stores.join(', ')} only`
        : undefined;
    },
  ),
  error(
    'kserve/two-llm-service-accounts',
    'A pod runs as one ServiceAccount, and credentials are one.',
    ({ spec: { template }, credentials }) =>
      credentials && template?.serviceAccountName !== credentials.name
        ? `it has the ServiceAccount ${template?.serviceAccountName} and the credentials ${credentials.name}, which are a ServiceAccount themselves; give one of them`
        : undefined,
  ),
];

/** URIs of a model and its adapters. */
function urisOf({ model }: LLMInferenceServiceSpec): string[] {
  const adapters = (model?.lora?.adapters ?? []) as readonly { readonly uri: string }[];
  return model ? [model.uri, ...adapters.map(({ uri }) => uri)] : [];
}
