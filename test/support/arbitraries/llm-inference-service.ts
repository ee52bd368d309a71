import * as fc from 'fast-check';
import { LLMInferenceService, type LLMInferenceServiceProps } from '../../../lib';
import { workload } from './draft';
import { type Every, oneOf, options, whole } from './options';
import { labels, names, word } from './texts';

type Props = LLMInferenceServiceProps;
type Member<Name extends keyof Props> = NonNullable<Props[Name]>;
type Router = Member<'router'>;
type Wva = NonNullable<Member<'scaling'>['wva']>;
type Keda = NonNullable<Wva['keda']>;

const sizes = (given: Member<'parallelism'>) => fc.constant(given);
const parallelism: fc.Arbitrary<Member<'parallelism'>> = fc.oneof(
  sizes({ tensor: 2 }),
  sizes({ pipeline: 2, tensor: 4 }),
  sizes({ data: 4, dataLocal: 2, expert: true, dataRPCPort: 5555 }),
  sizes({ data: 4 }),
  sizes({ tensor: 0 }),
);

const behavior = { scaleDown: { stabilizationWindowSeconds: 300 } };
const keda: fc.Arbitrary<Keda> = options<Keda>(
  {
    pollingInterval: whole(1, 60),
    cooldownPeriod: whole(0, 600),
    initialCooldownPeriod: whole(0, 600),
    idleReplicaCount: whole(0, 2),
    fallback: oneOf<Keda['fallback'] & object>({ failureThreshold: 3, replicas: 1, behavior: 'currentReplicas' }),
    advanced: oneOf<Keda['advanced'] & object>(
      { restoreToOriginalReplicaCount: true },
      { horizontalPodAutoscalerConfig: { behavior } },
      { horizontalPodAutoscalerConfig: { name: 'own' } },
      { scalingModifiers: { formula: 'a' } },
    ),
  },
  [],
  1 / 3,
);
const wva: fc.Arbitrary<Wva> = fc
  .tuple(
    fc.oneof(
      oneOf<Wva>({}, { hpa: {} }, { hpa: { behavior } }),
      keda.map<Wva>((given) => ({ keda: given })),
      keda.map<Wva>((given) => ({ keda: given, hpa: {} })),
    ),
    oneOf('10', '0.5', '-1', undefined),
  )
  .map(([actuator, variantCost]) => ({ ...actuator, ...(variantCost !== undefined && { variantCost }) }));

const scaling: fc.Arbitrary<Member<'scaling'>> = options(
  { minReplicas: whole(0, 3), maxReplicas: whole(2, 9), wva },
  ['maxReplicas', 'wva'],
  2 / 3,
);

const podSpec: fc.Arbitrary<Member<'template'>> = oneOf<Member<'template'>>(
  { containers: [{ name: 'main', image: 'vllm/vllm-openai:v0.11.0' }] },
  {
    containers: [
      {
        name: 'main',
        image: 'vllm/vllm-openai',
        resources: { limits: { 'nvidia.com/gpu': '8', memory: '64Gi' } },
        args: ['--a=b'],
      },
    ],
    nodeSelector: { pool: 'gpu' },
    volumes: [{ name: 'cache', emptyDir: { medium: 'Memory' } }],
  },
);

type Prefill = Member<'prefill'>;
const workloadOptions: Every<Omit<Prefill, 'labels' | 'annotations'>> = {
  replicas: whole(0, 4),
  scaling,
  parallelism,
  template: podSpec,
  worker: podSpec,
};

const route: fc.Arbitrary<NonNullable<Router['route']>> = oneOf<NonNullable<Router['route']>>(
  {},
  { http: {} },
  { http: { refs: [{ name: 'own' }] } },
  { http: { spec: { parentRefs: [{ name: 'gateway' }] } } },
  {
    http: {
      spec: {
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/team/model' } }],
            filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }],
            backendRefs: [{ name: 'model', port: 8000 }],
            timeouts: { request: '60s', backendRequest: '30s' },
          },
        ],
      },
    },
  },
);

const scheduler: fc.Arbitrary<NonNullable<Router['scheduler']>> = oneOf<NonNullable<Router['scheduler']>>(
  {},
  { replicas: 2, pool: { ref: { name: 'pool' } } },
  {
    pool: {
      spec: {
        selector: { matchLabels: { app: 'model' } },
        targetPorts: [{ number: 8000 }],
        endpointPickerRef: { name: 'picker', port: { number: 9002 } },
      },
    },
  },
  { config: { ref: { name: 'scheduler', key: 'config.yaml' } } },
  { config: { inline: { apiVersion: 'inference.networking.x-k8s.io/v1alpha1', kind: 'EndpointPickerConfig' } } },
  { config: {} },
);

const routerOptions: Every<Router> = {
  gateway: oneOf<NonNullable<Router['gateway']>>({}, { refs: [{ name: 'gateway', namespace: 'kserve' }] }),
  ingress: oneOf<NonNullable<Router['ingress']>>({}),
  route,
  scheduler,
};

const serviceOptions: Every<Props> = {
  ...workloadOptions,
  model: fc.record(
    { uri: oneOf('hf://owner/model', 'pvc://claim/model', 'oci://registry.example.com/model'), name: word },
    { requiredKeys: ['uri'] },
  ),
  labels,
  annotations: labels,
  baseRefs: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }).map((found) => found.map((name) => ({ name }))),
  prefill: options<Prefill>({ ...workloadOptions, labels, annotations: labels }, [], 1 / 3),
  router: options(routerOptions, [], 1 / 2),
  storageInitializer: fc.record({ enabled: fc.boolean() }),
  acknowledge: oneOf([], ['LLM-presets']),
};

/** A language model's service. */
export const llmInferenceServices = workload<Props>({
  title: 'LLMInferenceService',
  names: names(63, 40),
  props: options(serviceOptions, ['model'], 1 / 5),
  options: Object.keys(serviceOptions),
  declare: (chart, name, props) => new LLMInferenceService(chart, name, props),
});
