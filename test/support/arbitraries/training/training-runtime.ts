import * as fc from 'fast-check';
import type { ClusterTrainingRuntimeSpec } from '../../../../crds-imports/trainer.kubeflow.org';
import {
  ClusterTrainingRuntime,
  GangScheduling,
  JobClaim,
  type RuntimeDeclaration,
  type RuntimeInitializer,
  type RuntimeOptions,
  type Step,
  stepLabels,
  TrainingPolicy,
  TrainingRuntime,
} from '../../../../lib';
import { workload } from '../draft';
import { type Every, oneOf, options, sometimes, whole } from '../options';
import { image, jobPodOptions, size } from '../pod';
import { labels, names, word, words } from '../texts';
import { duration } from './training-job';

type Spec = ClusterTrainingRuntimeSpec;
type Template = NonNullable<Spec['template']>;
type Policy = NonNullable<Spec['mlPolicy']>;
type JobSetSpec = NonNullable<Template['spec']>;

const nodes = sometimes(whole(1, 64), 1 / 2);

const mlPolicy: fc.Arbitrary<Policy> = fc
  .tuple(
    nodes,
    fc.oneof(
      oneOf<Policy>({}, { torch: {} }, { jax: {} }, { xgboost: {} }, { torch: {}, jax: {} }),
      whole(1, 8).map<Policy>((numProcPerNode) => ({ flux: { numProcPerNode } })),
      fc
        .record(
          {
            numProcPerNode: whole(1, 8),
            mpiImplementation: oneOf('OpenMPI' as const),
            sshAuthMountPath: oneOf('/root/.ssh'),
            runLauncherAsNode: fc.boolean(),
          },
          { requiredKeys: [] },
        )
        .map<Policy>((mpi) => ({ mpi })),
    ),
  )
  .map(([numNodes, policy]) => ({ ...(numNodes !== undefined && { numNodes }), ...policy }));

const podGroupPolicy = fc.oneof(
  oneOf<NonNullable<Spec['podGroupPolicy']>>({ coscheduling: {} }, { coscheduling: { scheduleTimeoutSeconds: 120 } }),
  oneOf<NonNullable<Spec['podGroupPolicy']>>(
    { volcano: {} },
    { volcano: { networkTopology: { mode: 'hard', highestTierAllowed: 2 } } },
  ),
);

/** Where a container finds the claim of its job. */
const claimed = oneOf([{ name: 'initializer', mountPath: '/workspace' }]);

/** The job of a step, with the container that does it; or a job beside the steps. */
function job(name: string, step: Step | undefined, container: string) {
  return fc
    .record({ image, command: sometimes(words), replicas: sometimes(oneOf(1)), volumeMounts: sometimes(claimed, 1 / 2) })
    .map(({ image: from, command, replicas, volumeMounts }) => ({
      name,
      ...(replicas && { replicas }),
      template: {
        ...(step && { metadata: { labels: stepLabels(step) } }),
        spec: {
          template: {
            spec: {
              containers: [{ name: container, image: from, ...(command && { command }), ...(volumeMounts && { volumeMounts }) }],
            },
          },
        },
      },
    }));
}

const jobs = fc
  .record({
    dataset: sometimes(job('dataset-initializer', 'dataset-initializer', 'dataset-initializer'), 1 / 2),
    model: sometimes(job('model-initializer', 'model-initializer', 'model-initializer'), 1 / 2),
    launcher: sometimes(job('launcher', undefined, 'node')),
    node: job('node', 'trainer', 'node'),
    wrong: sometimes(job('other', 'trainer', 'main'), 1 / 20),
  })
  .map((found) => Object.values(found).filter((one) => one !== undefined))
  .map((found) =>
    // The trainer starts when the initializers have ended.
    found.map((one, index) =>
      index > 0 ? { ...one, dependsOn: [{ name: found[0]?.name as string, status: 'Complete' as const }] } : one,
    ),
  );

const jobSetOptions: Every<Omit<JobSetSpec, 'coordinator' | 'replicatedJobs'>> = {
  failurePolicy: oneOf({ maxRestarts: 3, restartStrategy: 'Recreate' as const }),
  managedBy: oneOf('kueue.x-k8s.io/multikueue'),
  network: oneOf({ enableDNSHostnames: true, publishNotReadyAddresses: true, subdomain: 'training' }),
  startupPolicy: oneOf({ startupPolicyOrder: 'AnyOrder' as const }),
  successPolicy: oneOf({ operator: 'All' as const, targetReplicatedJobs: ['node'] }),
  suspend: fc.boolean(),
  ttlSecondsAfterFinished: whole(0, 3600),
  volumeClaimPolicies: oneOf([
    {
      templates: [
        {
          metadata: { name: 'initializer' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
        },
      ],
      retentionPolicy: { whenDeleted: 'Delete' as const },
    },
  ]) as never,
};

const specOptions: Every<Spec> = {
  mlPolicy,
  podGroupPolicy,
  template: fc.tuple(sometimes(labels), jobs, options(jobSetOptions)).map(([given, replicatedJobs, more]) => ({
    ...(given && { metadata: { labels: given } }),
    spec: { ...more, replicatedJobs },
  })) as fc.Arbitrary<Template>,
};

const declaration: Every<RuntimeDeclaration> = {
  framework: oneOf('torch', 'deepspeed', 'own'),
  deprecated: fc.boolean(),
  spec: options(specOptions, ['template'], 1 / 2),
};

/** A runtime for all namespaces, with a spec as the API takes it. */
export const clusterTrainingRuntimes = workload<RuntimeDeclaration>({
  title: 'ClusterTrainingRuntime with a spec',
  names: fc.oneof(names(253), word),
  props: options(declaration, ['framework', 'spec']),
  options: [...Object.keys(declaration), ...Object.keys(specOptions).map((option) => `spec.${option}`)],
  declare: (chart, name, props) => new ClusterTrainingRuntime(chart, name, props),
});

const policy: fc.Arbitrary<TrainingPolicy> = fc.oneof(
  oneOf(TrainingPolicy.torch(), TrainingPolicy.jax(), TrainingPolicy.xgboost()),
  fc.record({ processesPerNode: whole(0, 8) }, { requiredKeys: [] }).map((flux) => TrainingPolicy.flux(flux)),
  fc
    .record(
      {
        processesPerNode: whole(1, 8),
        sshAuthMountPath: oneOf('/home/mpiuser/.ssh'),
        launcherAsNode: fc.boolean(),
        node: options(jobPodOptions),
      },
      { requiredKeys: [] },
    )
    .map((mpi) => TrainingPolicy.mpi(mpi)),
);

const gang: fc.Arbitrary<GangScheduling> = fc.oneof(
  fc.record({ timeout: duration }, { requiredKeys: [] }).map((more) => GangScheduling.coscheduling(more)),
  fc
    .record(
      {
        queue: fc.oneof({ weight: 9, arbitrary: word }, { weight: 1, arbitrary: oneOf('') }),
        topology: fc.record(
          { mode: oneOf('hard' as const, 'soft' as const), highestTier: whole(1, 3) },
          { requiredKeys: ['mode'] },
        ),
      },
      { requiredKeys: [] },
    )
    .map((more) => GangScheduling.volcano(more)),
);

const claim: fc.Arbitrary<JobClaim> = fc
  .tuple(
    word,
    fc.record(
      {
        size,
        accessMode: oneOf('ReadWriteOnce' as const, 'ReadWriteOncePod' as const, 'ReadWriteMany' as const),
        storageClass: word,
        retain: fc.boolean(),
      },
      { requiredKeys: ['size'] },
    ),
  )
  .map(([name, more]) => JobClaim.of(name, more));

const initializerOptions: Every<RuntimeInitializer> = { ...jobPodOptions, uri: oneOf('hf://owner/data', 's3://bucket/path') };
const initializer = options(initializerOptions);

const runtimeOptions: Every<RuntimeOptions> = {
  ...jobPodOptions,
  policy,
  nodes: whole(1, 64),
  framework: oneOf('torch', 'own'),
  initializers: options({ dataset: initializer, model: initializer }, [], 1 / 2),
  claims: fc.dictionary(oneOf('/workspace', '/checkpoints'), claim, { minKeys: 1 }),
  gang,
  deprecated: fc.boolean(),
  overrides: oneOf<Record<string, unknown>>(
    { template: { spec: { failurePolicy: { maxRestarts: 3 } } } },
    { mlPolicy: { torch: {}, jax: {} } },
  ),
};

/** A runtime for its namespace, in the library's words. */
export const trainingRuntimes = workload<RuntimeOptions>({
  title: 'TrainingRuntime',
  names: fc.oneof(names(253), word),
  props: options(runtimeOptions, ['image']),
  options: Object.keys(runtimeOptions),
  declare: (chart, name, props) => new TrainingRuntime(chart, name, props),
});
