import * as fc from 'fast-check';
import { type InitializerSource, Runtime, type RuntimeJobOptions, TrainingJob, type TrainJobPodOptions } from '../../../../lib';
import { RUNTIMES, type RuntimeName } from '../../../../lib/components/trainer/runtimes';
import { workload } from '../draft';
import { type Every, oneOf, options, whole } from '../options';
import { env, image, podOptions, resources } from '../pod';
import { names, word, words } from '../texts';
import { duration, jobOptions } from './training-job';

const runtime: fc.Arbitrary<Runtime> = fc.oneof(
  { weight: 4, arbitrary: oneOf(...(Object.keys(RUNTIMES) as RuntimeName[])).map(Runtime.shipped) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(word, oneOf('TrainingRuntime' as const, 'ClusterTrainingRuntime' as const))
      .map(([name, kind]) => Runtime.existing(name, kind)),
  },
);

const { podLabels, podAnnotations, serviceAccount, imagePullSecrets, nodeSelector, tolerations } = podOptions;
const { affinity, mounts, security, podSecurity } = podOptions;

const trainJobPodOptions: Every<TrainJobPodOptions> = {
  podLabels,
  podAnnotations,
  serviceAccount,
  imagePullSecrets,
  nodeSelector,
  tolerations,
  affinity,
  mounts,
  security,
  podSecurity,
};

const sourceOptions: Every<InitializerSource> = {
  ...trainJobPodOptions,
  uri: oneOf('hf://owner/data', 's3://bucket/path', 'a'.repeat(2048)),
  env,
  credentials: word,
};
const source = options(sourceOptions, ['uri'], 1 / 4);

const patch = oneOf<NonNullable<RuntimeJobOptions['patches']>[string]>(
  { template: { metadata: { labels: { stage: 'test' } } } },
  {
    template: {
      spec: {
        replicatedJobs: [
          {
            name: 'node',
            template: {
              spec: {
                template: {
                  metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } },
                  spec: {
                    nodeSelector: { pool: 'gpu' },
                    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
                    serviceAccountName: 'trainer',
                    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
                    containers: [{ name: 'node', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
                  },
                },
              },
            },
          },
        ],
      },
    },
  },
);

const trainJobOptions: Every<RuntimeJobOptions> = {
  ...jobOptions,
  ...trainJobPodOptions,
  acknowledge: oneOf([]),
  overrides: oneOf<Record<string, unknown>>({ activeDeadlineSeconds: 60 }, { trainer: { numNodes: 3 } }),
  runtime,
  nodes: fc.oneof({ weight: 9, arbitrary: whole(1, 100) }, { weight: 1, arbitrary: oneOf(0) }),
  processesPerNode: whole(1, 8),
  initializer: options({ dataset: source, model: source }, [], 1 / 2),
  image,
  command: words,
  args: words,
  env,
  resources,
  activeDeadline: duration,
  suspend: fc.boolean(),
  managedBy: oneOf('trainer.kubeflow.org/trainjob-controller', 'kueue.x-k8s.io/multikueue'),
  patches: fc.dictionary(oneOf('example.com/platform', 'team.example.com/a/b'), patch, { minKeys: 1 }),
};

/** Props of a training job with a runtime. */
export const runtimeProps: fc.Arbitrary<RuntimeJobOptions> = options(trainJobOptions, ['runtime']);

/** A training job with a runtime. */
export const trainJobs = workload<RuntimeJobOptions>({
  title: 'TrainingJob with a runtime',
  names: names(48, 30),
  props: runtimeProps,
  options: Object.keys(trainJobOptions),
  declare: (chart, name, props) => new TrainingJob(chart, name, props),
});
