import { Size } from 'cdk8s';
import { parse } from 'yaml';
import {
  Gpu,
  KServe,
  LLMInferenceService,
  LLMInferenceServiceConfig,
  type LLMInferenceServiceConfigProps,
  type LLMInferenceServiceProps,
  LLMScale,
  Mount,
  Storage,
  StorageCredentials,
} from '../../../../lib';
import { LLM_CONFIG_RULES as llmInferenceServiceConfigRules } from '../../../../lib/workloads/serving/llm/config-rules';
import { LLM_RULES as llmInferenceServiceRules } from '../../../../lib/workloads/serving/llm/rules';
import { assemble, notes, warnings } from '../../../support/app';
import { type Build, describeRules, refusal, yaml } from '../../../support/rules';

const image = 'ghcr.io/my-org/vllm:0.11';

const llm =
  (more: Partial<LLMInferenceServiceProps> = {}, id = 'llm'): Build =>
  (chart) =>
    new LLMInferenceService(chart, id, {
      model: 'hf://a/b',
      image,
      ...more,
    });
/** What is said in the API's own words. */
const raw = (overrides: Readonly<Record<string, unknown>>): Build => llm({ overrides });
type Places = { name: string; namespace?: string; sectionName?: string }[];
const routed = (refs: Places, parentRefs: Places) =>
  raw({ router: { gateway: { refs }, route: { http: { spec: { parentRefs } } } } });
const keda = { keda: { idleReplicaCount: 1 } };
const scaled = (scaling: object): Build => raw({ scaling: { maxReplicas: 3, ...scaling } });

describeRules('rules of language models', llmInferenceServiceRules, {
  'kubernetes/invalid-service-name': { refused: [[llm({}, '1llm'), 'the name "1llm"']], accepted: [llm({}, 'llm1')] },
  'kserve/unknown-llm-scheme': {
    refused: [
      [llm({ model: 'gs://a/b' }), '"gs://a/b" has none of the schemes'],
      [llm({ adapters: { chat: 'gs://a/c' } }), '"gs://a/c" has none of the schemes'],
      [llm({ model: Storage.configured({ key: 'models' }) }), '"" has none of the schemes'],
    ],
    accepted: [llm({ model: 'oci://a/b' })],
  },
  'kserve/replicas-and-scaling': {
    refused: [[llm({ replicas: 1, scale: LLMScale.hpa(1, 2) }), 'the service has replicas and scaling']],
    accepted: [llm({ replicas: 1 })],
  },
  'kserve/invalid-llm-scale': {
    refused: [
      [scaled({ minReplicas: 4, wva: { hpa: {} } }), 'has at least 4 replicas, which is more than the 3 that it has at most'],
      [
        scaled({ minReplicas: 0, wva: { hpa: {} } }),
        'has 0 replicas as a bound of its scale, must be a whole number of at least 1',
      ],
    ],
    accepted: [scaled({ minReplicas: 3, wva: { hpa: {} } })],
  },
  'kserve/not-one-actuator': {
    refused: [
      [scaled({}), 'scales by nothing'],
      [scaled({ wva: {} }), 'give exactly one'],
      [scaled({ wva: { hpa: {}, ...keda } }), 'give exactly one'],
    ],
    accepted: [scaled({ minReplicas: 2, wva: keda })],
  },
  'kserve/differing-actuators': {
    refused: [
      [llm({ scale: LLMScale.hpa(1, 2), prefill: { scale: LLMScale.keda(1, 2) } }), 'the service scales by hpa, prefill by keda'],
    ],
    accepted: [llm({ scale: LLMScale.hpa(1, 2), prefill: { scale: LLMScale.hpa(1, 2) } })],
  },
  'kserve/invalid-variant-cost': {
    refused: [[scaled({ wva: { hpa: {}, variantCost: '-1' } }), 'has the variantCost "-1"']],
    accepted: [scaled({ wva: { hpa: {}, variantCost: '1.5' } })],
  },
  'kserve/invalid-idle-replicas': {
    refused: [
      [llm({ scale: LLMScale.keda(1, 2, { idleReplicaCount: 1 }) }), 'has 1 replicas when idle'],
      [scaled({ wva: { keda: { idleReplicaCount: 0 } } }), 'has 0 replicas when idle'],
    ],
    accepted: [llm({ scale: LLMScale.keda(2, 3, { idleReplicaCount: 1 }) })],
  },
  'kserve/nothing-to-spread': {
    refused: [[llm({ workers: {} }), 'has a worker but nothing to spread']],
    accepted: [llm({ workers: { image }, parallelism: { data: 4, dataLocal: 2 } }), llm({ parallelism: { tensor: 2 } })],
  },
  'kserve/mixed-parallelism': {
    refused: [
      [llm({ parallelism: { pipeline: 2, data: 2, dataLocal: 1 } }), 'spreads by pipeline and by data'],
      [llm({ prefill: { parallelism: { data: 2 } } }), 'prefill needs data and dataLocal together'],
    ],
    accepted: [llm({ parallelism: { pipeline: 2 } })],
  },
  'kserve/invalid-parallelism': {
    refused: [[llm({ parallelism: { tensor: 0 } }), 'has the parallelism tensor 0']],
    accepted: [llm({ parallelism: { tensor: 1, expert: true } })],
  },
  'kserve/route-made-and-named': {
    refused: [
      [raw({ router: { route: { http: { refs: [{ name: 'a' }], spec: {} } } } }), 'the route has refs and a spec'],
      [llm({ router: { gateway: 'managed', route: ['a'] } }), 'leave the gateway out'],
    ],
    accepted: [llm({ router: { route: ['a'] } }), llm({ router: { gateway: 'managed', route: 'managed' } })],
  },
  'kserve/differing-gateways': {
    refused: [
      [routed([{ name: 'a', namespace: 'n' }], [{ name: 'b' }]), "the route's parents are b, the gateways n/a"],
      [routed([{ name: 'a', namespace: 'n' }], [{ name: 'a' }]), "the route's parents are a, the gateways n/a"],
      [routed([{ name: 'a', namespace: 'n' }], [{ name: 'a', namespace: 'n', sectionName: 'https' }]), 'parents are n/a#https'],
      [
        routed(
          [
            { name: 'a', namespace: 'n' },
            { name: 'b', namespace: 'n' },
          ],
          [{ name: 'a', namespace: 'n' }],
        ),
        'the gateways n/a, n/b',
      ],
    ],
    accepted: [
      routed([{ name: 'a', namespace: 'n' }], [{ name: 'a', namespace: 'n' }]),
      routed([{ name: 'a', namespace: 'n' }], []),
      routed(
        [
          { name: 'a', namespace: 'n' },
          { name: 'b', namespace: 'n' },
        ],
        [
          { name: 'b', namespace: 'n' },
          { name: 'a', namespace: 'n' },
        ],
      ),
    ],
  },
  'kserve/invalid-scheduler': {
    refused: [
      [llm({ router: { scheduler: { replicas: 0 } } }), 'the scheduler has 0 replicas'],
      [raw({ router: { scheduler: { config: {} } } }), 'give exactly one'],
      [llm({ router: { scheduler: { config: {} } } }), "the scheduler's inline configuration is empty"],
      [llm({ router: { scheduler: { config: { configMap: '', key: 'x' } } } }), 'has no name'],
    ],
    accepted: [
      llm({ router: { scheduler: { replicas: 1, config: { configMap: 'a', key: 'x' } } } }),
      llm({ router: { scheduler: { config: { kind: 'EndpointPickerConfig' } } } }),
      llm({ router: { gateway: ['n/a'], route: 'managed' } }),
    ],
  },
  'kserve/unsupported-keda-advanced': {
    refused: [
      [
        scaled({ wva: { keda: { advanced: { restoreToOriginalReplicaCount: true } } } }),
        "gives keda.advanced, which the release's definition refuses",
      ],
    ],
    accepted: [scaled({ wva: { keda: { pollingInterval: 5 } } })],
  },
  'kserve/data-without-workers': {
    refused: [
      [llm({ parallelism: { data: 4, dataLocal: 2 } }), 'has no workers; give workers, or dataLocal: 4'],
      [llm({ prefill: { parallelism: { data: 4, dataLocal: 2 } } }), 'prefill spreads data 4 times'],
    ],
    accepted: [
      llm({ parallelism: { data: 2, dataLocal: 2 } }),
      llm({ parallelism: { data: 4, dataLocal: 2 }, workers: {} }),
      llm({ parallelism: { data: 4, dataLocal: 2 }, bases: ['with-workers'] }),
      (chart) => {
        const base = new LLMInferenceServiceConfig(chart, 'base', { parallelism: { data: 4, dataLocal: 2 }, workers: {} });
        llm({ parallelism: { data: 4, dataLocal: 2 }, bases: [base] })(chart);
      },
    ],
  },
  'kserve/unspread-model': {
    refused: [
      [raw({ parallelism: { tensor: 2 } }), 'that its arguments do not say; give args --tensor-parallel-size=2'],
      [raw({ prefill: { parallelism: { expert: true } } }), 'prefill has a parallelism that its arguments do not say'],
    ],
    accepted: [
      llm({ parallelism: { tensor: 2 } }),
      llm({ args: ['--tensor-parallel-size=2'], overrides: { parallelism: { tensor: 2 } } }),
    ],
  },
  'kserve/parallelism-of-a-base': {
    refused: [
      [
        (chart) => {
          const base = new LLMInferenceServiceConfig(chart, 'base', { parallelism: { data: 4, dataLocal: 2 }, workers: {} });
          llm({ bases: [base] })(chart);
        },
        'whose parallelism only a base says, where the presets do not find it',
      ],
    ],
    accepted: [(chart) => llm({ bases: [new LLMInferenceServiceConfig(chart, 'base', { parallelism: { tensor: 2 } })] })(chart)],
  },
  'kserve/replaced-base-arguments': {
    warned: [
      (acknowledge) => (chart) => {
        const base = new LLMInferenceServiceConfig(chart, 'base', { args: ['--max-model-len=8192'] });
        llm({ bases: [base], parallelism: { tensor: 2 }, acknowledge })(chart);
      },
      'which take the place of those of its bases (--max-model-len=8192); repeat what is to stay',
    ],
    accepted: [
      (chart) => {
        const base = new LLMInferenceServiceConfig(chart, 'base', { args: ['--max-model-len=8192'] });
        llm({ bases: [base], args: ['--seed=1', '--max-model-len=8192'] })(chart);
      },
    ],
  },
  'kserve/missing-pipeline-preset': {
    refused: [
      [
        llm({ parallelism: { pipeline: 2 }, workers: {} }),
        'KServe has no preset kserve-config-llm-worker-pipeline-parallel; spread by data and dataLocal',
      ],
      [
        llm({ prefill: { parallelism: { pipeline: 2 }, workers: {} } }),
        'KServe has no preset kserve-config-llm-prefill-worker-pipeline-parallel',
      ],
    ],
    accepted: [
      llm({ parallelism: { pipeline: 2 } }),
      (chart) => {
        new LLMInferenceServiceConfig(chart, 'kserve-config-llm-worker-pipeline-parallel', {
          workers: {},
          parallelism: { pipeline: 2 },
        });
        llm({ parallelism: { pipeline: 2 }, workers: {} })(chart);
      },
    ],
  },
  'kserve/missing-presets': {
    warned: [
      (acknowledge) => llm({ acknowledge }),
      'KServe looks for its presets kserve-config-llm-template, which the platform does not install; say llm: true of KServe, or llmPresets: true of KServe.existing where they are there',
    ],
    accepted: [
      (chart) => {
        new LLMInferenceServiceConfig(chart, 'kserve-config-llm-template', { image, acknowledge: ['kserve/preset-name-taken'] });
        llm()(chart);
      },
      (chart) => {
        KServe.existing(chart, { llmPresets: true });
        llm({ image: undefined })(chart);
      },
    ],
  },
  'kserve/no-language-model': {
    refused: [
      [llm({ model: undefined }), 'neither the service nor one of its bases has a model'],
      [
        (chart) => llm({ model: undefined, bases: [new LLMInferenceServiceConfig(chart, 'base', { image })] })(chart),
        'neither the service nor one of its bases has a model',
      ],
    ],
    accepted: [
      llm({ model: undefined, bases: ['shared'] }),
      (chart) => llm({ model: undefined, bases: [new LLMInferenceServiceConfig(chart, 'base', { model: 'hf://a/b' })] })(chart),
    ],
  },
  'kserve/unopened-llm-store': {
    warned: [
      (acknowledge) => (chart) =>
        llm({ credentials: new StorageCredentials(chart, 'hub', { s3: { secret: 'aws' } }), acknowledge })(chart),
      'it loads from hf://a/b, but the credentials hub open S3 only',
    ],
    accepted: [
      (chart) => llm({ credentials: new StorageCredentials(chart, 'hub', { huggingFace: { secret: 'hub' } }) })(chart),
      (chart) => llm({ model: 'pvc://a', credentials: new StorageCredentials(chart, 'hub', { s3: { secret: 'aws' } }) })(chart),
    ],
  },
  'kserve/two-llm-service-accounts': {
    refused: [
      [
        (chart) =>
          llm({
            serviceAccount: 'own',
            credentials: new StorageCredentials(chart, 'hub', { huggingFace: { secret: 'hub' } }),
          })(chart),
        'it has the ServiceAccount own and the credentials hub',
      ],
    ],
    accepted: [llm({ serviceAccount: 'own' })],
  },
});

const config =
  (props: LLMInferenceServiceConfigProps, id = 'shared'): Build =>
  (chart) =>
    new LLMInferenceServiceConfig(chart, id, props);

describe('configurations of language models', () => {
  test('are held to the rules of services but those of the whole, and one of their own', () => {
    const ids = (rules: readonly { readonly id: string }[]) => rules.map(({ id }) => id);
    const dropped = [
      'kubernetes/invalid-service-name',
      'kserve/data-without-workers',
      'kserve/missing-pipeline-preset',
      'kserve/missing-presets',
      'kserve/no-language-model',
      'kserve/unopened-llm-store',
    ];
    expect(ids(llmInferenceServiceConfigRules)).toEqual([
      ...ids(llmInferenceServiceRules).filter((id) => !dropped.includes(id)),
      'kserve/preset-name-taken',
    ]);
    expect(refusal(config({ parallelism: { tensor: 0 } }))).toContain('(kserve/invalid-parallelism)');
    const told = (id: string, acknowledge: string[] = []) => warnings(assemble(config({ replicas: 2, acknowledge }, id))).join();
    expect(told('kserve-config-llm-template')).toContain('is a preset of KServe, which upgrades write anew');
    expect(told('kserve-config-llm-template', ['kserve/preset-name-taken'])).not.toContain('is a preset');
    expect(told('shared')).not.toContain('is a preset');
  });

  test('say what services have in common', () => {
    const limits = { 'nvidia.com/gpu': 2 };
    const { kind, spec } = parse(
      yaml(config({ image, args: ['--max-model-len=8192'], resources: { gpu: Gpu.nvidia(2) }, parallelism: { tensor: 2 } })),
    );
    expect(kind).toBe('LLMInferenceServiceConfig');
    expect(spec).toEqual({
      parallelism: { tensor: 2 },
      template: {
        containers: [{ name: 'main', image, args: ['--tensor-parallel-size=2', '--max-model-len=8192'], resources: { limits } }],
      },
    });
  });
});

test('a service of a language model says everything it was told, and no more', () => {
  const pool = {
    endpointPickerRef: { name: 'picker', port: { number: 9002 } },
    selector: { matchLabels: { app: 'llama' } },
    targetPorts: [{ number: 8000 }],
  };
  const { spec } = parse(
    yaml((chart) => {
      const shared = new LLMInferenceServiceConfig(chart, 'shared', { image });
      const credentials = new StorageCredentials(chart, 'hub', { huggingFace: { secret: 'hub' } });
      const service = new LLMInferenceService(chart, 'llama', {
        model: 'hf://meta-llama/Llama-3.1-70B-Instruct',
        modelName: 'llama',
        adapters: { support: 'hf://my-org/llama-support' },
        bases: [shared, 'cluster-wide'],
        credentials,
        loadModel: true,
        scale: LLMScale.keda(1, 4, { cost: 40, pollingInterval: 10 }),
        parallelism: { data: 4, dataLocal: 2 },
        workers: { resources: { gpu: Gpu.nvidia(2) } },
        env: { VLLM_LOGGING_LEVEL: 'DEBUG' },
        mounts: { '/dev/shm': Mount.memory('shm', Size.gibibytes(8)) },
        nodeSelector: { pool: 'gpu' },
        labels: { team: 'a' },
        annotations: { owner: 'b' },
        podLabels: { stage: 'test' },
        prefill: { scale: LLMScale.keda(1, 2) },
        router: {
          route: 'managed',
          gateway: 'managed',
          scheduler: {
            replicas: 2,
            config: { configMap: 'picker', key: 'a.yaml' },
            template: { containers: [{ name: 'main', args: ['--v=4'] }] },
            podLabels: { stage: 'test' },
            pool,
          },
        },
        overrides: { template: { terminationGracePeriodSeconds: 60 } },
      });
      expect(service.gatewayPath).toBe('/team/llama');
    }),
  );
  expect(spec).toEqual({
    model: {
      uri: 'hf://meta-llama/Llama-3.1-70B-Instruct',
      name: 'llama',
      lora: { adapters: [{ name: 'support', uri: 'hf://my-org/llama-support' }] },
    },
    storageInitializer: { enabled: true },
    scaling: { minReplicas: 1, maxReplicas: 4, wva: { variantCost: '40', keda: { pollingInterval: 10 } } },
    parallelism: { data: 4, dataLocal: 2 },
    labels: { stage: 'test' },
    template: {
      serviceAccountName: 'hub',
      nodeSelector: { pool: 'gpu' },
      volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } }],
      containers: [
        {
          name: 'main',
          env: [{ name: 'VLLM_LOGGING_LEVEL', value: 'DEBUG' }],
          volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }],
        },
      ],
      terminationGracePeriodSeconds: 60,
    },
    worker: { containers: [{ name: 'main', resources: { limits: { 'nvidia.com/gpu': 2 } } }] },
    prefill: {
      scaling: { minReplicas: 1, maxReplicas: 2, wva: { keda: {} } },
      template: { serviceAccountName: 'hub', containers: [{ name: 'main' }] },
    },
    router: {
      route: {},
      gateway: {},
      scheduler: {
        replicas: 2,
        config: { ref: { name: 'picker', key: 'a.yaml' } },
        template: { containers: [{ name: 'main', args: ['--v=4'] }] },
        labels: { stage: 'test' },
        pool: { spec: pool },
      },
    },
    baseRefs: [{ name: 'shared' }, { name: 'cluster-wide' }],
  });
});

test('a service needs what its controller looks for', () => {
  const told = notes(
    assemble(
      llm({
        scale: LLMScale.keda(1, 2),
        parallelism: { data: 4, dataLocal: 2 },
        workers: {},
        router: { route: 'managed' },
      }),
    ),
  ).join();
  for (const definition of [
    'httproutes.gateway.networking.k8s.io',
    'leaderworkersets.leaderworkerset.x-k8s.io',
    'variantautoscalings.llmd.ai',
    'scaledobjects.keda.sh',
  ])
    expect(told).toContain(definition);
  expect(notes(assemble(llm())).join()).not.toContain('leaderworkersets');
});

test.each([
  [{ tensor: 2 }, ['--tensor-parallel-size=2']],
  [{ pipeline: 2, tensor: 4 }, ['--tensor-parallel-size=4', '--pipeline-parallel-size=2']],
  [{ data: 2, dataLocal: 2, expert: true }, ['--data-parallel-size=2', '--enable-expert-parallel']],
  [{ data: 2, dataLocal: 2, dataRPCPort: 5555 }, ['--data-parallel-size=2', '--data-parallel-rpc-port=5555']],
])('on one node %j reaches the arguments, those that were given behind it', (parallelism, args) => {
  const { spec } = parse(yaml(llm({ parallelism, args: ['--seed=1'], prefill: { parallelism } })));
  expect(spec.parallelism).toEqual(parallelism);
  expect(spec.template.containers[0].args).toEqual([...args, '--seed=1']);
  expect(spec.prefill.template.containers[0].args).toEqual(args);
});

test('workers have it from the presets', () => {
  const { spec } = parse(yaml(llm({ parallelism: { data: 4, dataLocal: 2, tensor: 2 }, workers: {} })));
  expect(spec.template.containers).toEqual([{ name: 'main', image }]);
});

test('a service has another name than its construct, and a listener of a gateway', () => {
  const { metadata, spec } = parse(
    yaml((chart) =>
      llm(
        { name: 'qwen', labels: { team: 'a' }, router: { gateway: ['n/a#https', 'n/b'], route: 'managed' } },
        'qwen-llm',
      )(chart),
    ),
  );
  expect(metadata).toMatchObject({ name: 'qwen', labels: { team: 'a' } });
  expect(spec.router.gateway.refs).toEqual([
    { name: 'a', namespace: 'n', sectionName: 'https' },
    { name: 'b', namespace: 'n' },
  ]);
});
