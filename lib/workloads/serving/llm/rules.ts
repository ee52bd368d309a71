import type { LLMInferenceServiceSpec, Parallelism, Prefill, Scaling } from '../../../../crds-imports/serving.kserve.io';
import { nameRule, type Rule } from '../../rule';
import type { StorageCredentials } from '../storage/storage-credentials';

/** A language model's service as its rules see it. */
export interface LLMFacts {
  readonly name: string;
  readonly spec: LLMInferenceServiceSpec;
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
  nameRule('LLM-1'),
  {
    id: 'LLM-2',
    level: 'error',
    check: ({ spec }) => {
      const wrong = urisOf(spec).find((uri) => !/^(hf|s3|pvc|oci):\/\/\S+$/.test(uri));
      return wrong === undefined
        ? undefined
        : `the model's URI ${JSON.stringify(wrong)} has none of the schemes hf://, s3://, pvc://, oci://`;
    },
  },
  {
    id: 'LLM-3',
    level: 'error',
    check: inWorkloads(({ replicas, scaling }) =>
      replicas !== undefined && scaling ? 'has replicas and scaling; give one of them' : undefined,
    ),
  },
  {
    id: 'LLM-4',
    level: 'error',
    check: inScaling(({ minReplicas = 1, maxReplicas }) => {
      const wrong = [minReplicas, maxReplicas].find((bound) => !Number.isInteger(bound) || bound < 1);
      if (wrong !== undefined) return `scales between numbers of at least 1, not ${wrong}`;
      return minReplicas > maxReplicas ? `has at least ${minReplicas} but at most ${maxReplicas} replicas` : undefined;
    }),
  },
  {
    id: 'LLM-5',
    level: 'error',
    check: inScaling(({ wva }) => {
      if (!wva) return 'scales by nothing; give wva with hpa or keda';
      return (wva.hpa === undefined) === (wva.keda === undefined) ? 'scales by either hpa or keda; give exactly one' : undefined;
    }),
  },
  {
    id: 'LLM-6',
    level: 'error',
    check: ({ spec }) => {
      const [decode, prefill] = [actuator(spec.scaling), actuator(spec.prefill?.scaling)];
      return decode && prefill && decode !== prefill
        ? `the service scales by ${decode}, prefill by ${prefill}; give both the same`
        : undefined;
    },
  },
  {
    id: 'LLM-7',
    level: 'error',
    check: inScaling(({ wva }) =>
      wva?.variantCost !== undefined && !/^\d+(\.\d+)?$/.test(wva.variantCost)
        ? `has the variantCost ${JSON.stringify(wva.variantCost)}, must be a number of at least 0`
        : undefined,
    ),
  },
  {
    id: 'LLM-8',
    level: 'error',
    check: inScaling(({ wva, minReplicas = 1 }) => {
      const idle = wva?.keda?.idleReplicaCount;
      if (idle === undefined || (Number.isInteger(idle) && idle >= 1 && idle < minReplicas)) return undefined;
      return `has ${idle} replicas when idle, must be at least 1 and fewer than the ${minReplicas} it has at least`;
    }),
  },
  {
    id: 'LLM-9',
    level: 'error',
    check: inWorkloads(({ worker, parallelism: { pipeline, data, dataLocal } = {} }) =>
      worker && pipeline === undefined && (data === undefined || dataLocal === undefined)
        ? 'has a worker but nothing to spread; give parallelism with pipeline, or with data and dataLocal'
        : undefined,
    ),
  },
  {
    id: 'LLM-10',
    level: 'error',
    check: inParallelism(({ pipeline, data, dataLocal }) => {
      if (pipeline !== undefined && data !== undefined) return 'spreads by pipeline and by data; give one of them';
      return (data === undefined) === (dataLocal === undefined) ? undefined : 'needs data and dataLocal together';
    }),
  },
  {
    id: 'LLM-11',
    level: 'error',
    check: inParallelism(({ expert: _, ...sizes }) => {
      const wrong = Object.entries(sizes).find(([, size]) => size !== undefined && (!Number.isInteger(size) || size < 1));
      return wrong ? `has the parallelism ${wrong[0]} ${wrong[1]}, must be a whole number of at least 1` : undefined;
    }),
  },
  {
    id: 'LLM-12',
    level: 'error',
    check: ({ spec: { router } }) => {
      const { refs, spec } = router?.route?.http ?? {};
      if (refs && spec) return 'the route has refs and a spec; give one of them';
      return refs && router?.gateway && !router.gateway.refs
        ? 'the route is one that exists, so the gateway cannot be made for it; leave the gateway out'
        : undefined;
    },
  },
  {
    id: 'LLM-13',
    level: 'error',
    check: ({ spec: { router } }) => {
      const gateways = router?.gateway?.refs ?? [];
      const parents = router?.route?.http?.spec?.parentRefs ?? [];
      const [made, named] = [gateways, parents].map((refs) => refs.map(placeOf).sort().join(', '));
      return gateways.length > 0 && parents.length > 0 && made !== named
        ? `the route's parents are ${named}, the gateways ${made}; leave out the parents, which follow from the gateways`
        : undefined;
    },
  },
  {
    id: 'LLM-14',
    level: 'error',
    check: ({ spec: { router } }) => {
      const { replicas, config } = router?.scheduler ?? {};
      if (replicas !== undefined && (!Number.isInteger(replicas) || replicas < 1))
        return `the scheduler has ${replicas} replicas, must have at least 1`;
      if (!config) return undefined;
      if ((config.inline === undefined) === (config.ref === undefined))
        return 'the scheduler has either an inline configuration or one by reference; give exactly one';
      if (config.inline && Object.keys(config.inline).length === 0) return "the scheduler's inline configuration is empty";
      return config.ref && !config.ref.name ? "the reference to the scheduler's configuration has no name" : undefined;
    },
  },
  // Its CEL rules read fields that may be missing, and want empty a field that has no empty value.
  {
    id: 'LLM-15',
    level: 'error',
    check: inScaling(({ wva }) =>
      wva?.keda?.advanced
        ? "gives keda.advanced, which the release's definition refuses whatever is in it; leave it out"
        : undefined,
    ),
  },
  {
    id: 'LLM-presets',
    level: 'warning',
    check: ({ spec: { template, baseRefs }, presets }) =>
      presets || template?.containers?.some(({ image }) => image) || (baseRefs ?? []).length > 0
        ? undefined
        : 'it has neither image nor bases, so KServe fills it from its presets, which the platform does not install; say llm: true of KServe, or llmPresets: true in ServingCluster.declare where they are there',
  },
  {
    id: 'LLM-credentials',
    level: 'warning',
    check: ({ spec, credentials }) => {
      const shut = urisOf(spec).filter((uri) => /^(hf|s3):/.test(uri) && credentials && !credentials.opens(uri));
      return credentials && shut.length > 0
        ? `it loads from ${shut.join(', ')}, but the credentials ${credentials.name} open ${credentials.stores.join(', ')} only`
        : undefined;
    },
  },
  {
    id: 'LLM-account',
    level: 'error',
    check: ({ spec: { template }, credentials }) =>
      credentials && template?.serviceAccountName !== credentials.name
        ? `it has the ServiceAccount ${template?.serviceAccountName} and the credentials ${credentials.name}, which are a ServiceAccount themselves; give one of them`
        : undefined,
  },
];

/** URIs of a model and its adapters. */
function urisOf({ model }: LLMInferenceServiceSpec): string[] {
  const adapters = (model?.lora?.adapters ?? []) as readonly { readonly uri: string }[];
  return model ? [model.uri, ...adapters.map(({ uri }) => uri)] : [];
}
