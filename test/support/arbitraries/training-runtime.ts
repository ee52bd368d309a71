import * as fc from 'fast-check';
import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { ClusterTrainingRuntime, type ClusterTrainingRuntimeProps, type Step, stepLabels } from '../../../lib';
import { workload } from './draft';
import { type Every, oneOf, options, sometimes, whole } from './options';
import { image } from './pod';
import { labels, names, word, words } from './texts';

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

/** The job of a step, with the container that does it; or a job beside the steps. */
function job(name: string, step: Step | undefined, container: string) {
  return fc
    .record({ image, command: sometimes(words), replicas: sometimes(oneOf(1)) })
    .map(({ image: from, command, replicas }) => ({
      name,
      ...(replicas && { replicas }),
      template: {
        ...(step && { metadata: { labels: stepLabels(step) } }),
        spec: { template: { spec: { containers: [{ name: container, image: from, ...(command && { command }) }] } } },
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

const runtimeOptions: Every<ClusterTrainingRuntimeProps> = {
  framework: oneOf('torch', 'deepspeed', 'own'),
  spec: options(specOptions, ['template'], 1 / 2),
};

/** A runtime for all namespaces. */
export const clusterTrainingRuntimes = workload<ClusterTrainingRuntimeProps>({
  title: 'ClusterTrainingRuntime',
  names: fc.oneof(names(253), word),
  props: options(runtimeOptions, ['framework', 'spec']),
  options: [...Object.keys(runtimeOptions), ...Object.keys(specOptions).map((option) => `spec.${option}`)],
  declare: (chart, name, props) => new ClusterTrainingRuntime(chart, name, props),
});
