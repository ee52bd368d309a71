import * as fc from 'fast-check';
import type { Keda, Parallelism } from '../../../../../crds-imports/serving.kserve.io';
import {
  LLMInferenceService,
  LLMInferenceServiceConfig,
  type LLMInferenceServiceConfigProps,
  type LLMInferenceServiceProps,
  type LLMOptions,
  type LLMPodOptions,
  type LLMRouterOptions,
  LLMScale,
  type LLMScaleOptions,
  type LLMSchedulerOptions,
  type LLMWorkloadOptions,
} from '../../../../../lib';
import { workload } from '../../draft';
import { type Every, oneOf, options, whole } from '../../options';
import { image, podOptions } from '../../pod';
import { labels, names, word } from '../../texts';
import { servingContainer } from '../server/component';
import { credentials } from '../storage/storage-credentials';

const sizes = (given: Parallelism) => fc.constant(given);
const parallelism: fc.Arbitrary<Parallelism> = fc.oneof(
  sizes({ tensor: 2 }),
  sizes({ pipeline: 2, tensor: 4 }),
  sizes({ data: 4, dataLocal: 2, expert: true, dataRPCPort: 5555 }),
  sizes({ data: 4 }),
  sizes({ tensor: 0 }),
);

const behavior = { scaleDown: { stabilizationWindowSeconds: 300 } };
const keda: fc.Arbitrary<Omit<Keda, 'advanced'>> = options<Omit<Keda, 'advanced'>>(
  {
    pollingInterval: whole(1, 60),
    cooldownPeriod: whole(0, 600),
    initialCooldownPeriod: whole(0, 600),
    idleReplicaCount: whole(0, 2),
    fallback: oneOf<Keda['fallback'] & object>({ failureThreshold: 3, replicas: 1, behavior: 'currentReplicas' }),
  },
  [],
  1 / 3,
);
const common: Every<LLMScaleOptions> = { cost: oneOf(10, 0.5, -1) };
const scale: fc.Arbitrary<LLMScale> = fc.oneof(
  fc
    .tuple(whole(0, 3), whole(2, 9), options({ ...common, behavior: fc.constant(behavior) }, [], 1 / 3))
    .map(([min, max, more]) => LLMScale.hpa(min, max, more)),
  fc
    .tuple(whole(0, 3), whole(2, 9), options(common, [], 1 / 3), keda)
    .map(([min, max, more, given]) => LLMScale.keda(min, max, { ...more, ...given })),
);

const { podLabels: _labels, podAnnotations: _annotations, image: _image, ...pods } = podOptions;
const llmPods: Every<LLMPodOptions> = { ...servingContainer, ...pods, image, credentials } as never;

const workloadOptions: Every<LLMWorkloadOptions> = {
  ...llmPods,
  replicas: whole(0, 4),
  scale,
  parallelism,
  workers: options(llmPods, [], 1 / 12),
  podLabels: labels,
  podAnnotations: labels,
};

const route: fc.Arbitrary<NonNullable<LLMRouterOptions['route']>> = oneOf<NonNullable<LLMRouterOptions['route']>>(
  'managed',
  ['own'],
  { parentRefs: [{ name: 'gateway' }] },
  {
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/team/model' } }],
        filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }],
        backendRefs: [{ name: 'model', port: 8000 }],
        timeouts: { request: '60s', backendRequest: '30s' },
      },
    ],
  },
);

const schedulerOptions: Every<LLMSchedulerOptions> = {
  replicas: whole(0, 2),
  pool: word,
  template: oneOf<NonNullable<LLMSchedulerOptions['template']>>({ containers: [{ name: 'main', args: ['--v=4'] }] }),
  podLabels: labels,
  podAnnotations: labels,
  config: oneOf<NonNullable<LLMSchedulerOptions['config']>>(
    { configMap: 'scheduler', key: 'config.yaml' },
    { apiVersion: 'inference.networking.x-k8s.io/v1alpha1', kind: 'EndpointPickerConfig' },
  ),
};

const routerOptions: Every<LLMRouterOptions> = {
  gateway: oneOf<NonNullable<LLMRouterOptions['gateway']>>('managed', ['kserve/gateway'], ['kserve/gateway#https']),
  route,
  scheduler: fc.oneof(
    fc.constant('managed' as const),
    options(schedulerOptions, [], 1 / 3).filter((given) => Object.keys(given).length > 0),
  ),
};

const model = oneOf('hf://owner/model', 'pvc://claim/model', 'oci://registry.example.com/model', 'gs://bucket/model');

const llmOptions: Every<LLMOptions> = {
  ...workloadOptions,
  name: names(40),
  labels,
  annotations: labels,
  modelName: word,
  adapters: fc.dictionary(word, oneOf('hf://owner/adapter', 's3://bucket/adapter'), { minKeys: 1, maxKeys: 2 }),
  prefill: options(workloadOptions, [], 1 / 8),
  router: options(routerOptions, [], 1 / 2),
  loadModel: fc.boolean(),
  overrides: oneOf({ template: { terminationGracePeriodSeconds: 30, containers: [{ name: 'main' }] } }, { replicas: 3 }),
};

const serviceOptions: Every<LLMInferenceServiceProps> = {
  ...llmOptions,
  model,
  bases: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
  acknowledge: oneOf([], ['kserve/missing-presets']),
};

/** A language model's service. */
export const llmInferenceServices = workload<LLMInferenceServiceProps>({
  title: 'LLMInferenceService',
  names: names(63, 40),
  props: options(serviceOptions, ['model'], 1 / 12),
  options: Object.keys(serviceOptions),
  declare: (chart, name, props) => new LLMInferenceService(chart, name, props),
});

const configOptions: Every<LLMInferenceServiceConfigProps> = {
  ...llmOptions,
  model,
  acknowledge: oneOf([], ['kserve/preset-name-taken']),
};

/** What services of language models have in common. */
export const llmInferenceServiceConfigs = workload<LLMInferenceServiceConfigProps>({
  title: 'LLMInferenceServiceConfig',
  names: names(253),
  props: options(configOptions, [], 1 / 12),
  options: Object.keys(configOptions),
  declare: (chart, name, props) => new LLMInferenceServiceConfig(chart, name, props),
});
