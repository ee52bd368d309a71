import type { VolumeMount } from '../../../crds-imports/core';
import { clustertrainingruntimes } from '../../../crds-imports/trainer.kubeflow.org';
import {
  type ReplicatedJob,
  type RuntimeDeclaration,
  STEP_CONTAINER,
  type Step,
  stepLabels,
} from '../../components/trainer/runtime-shape';
import { images } from '../../release/images';
import { overridden } from '../overrides';
import { type JobPodOptions, jobPodTemplate } from '../pod/job-pods';
import type { GangScheduling } from './gang-scheduling';
import type { JobClaim } from './job-claim';
import type { TrainingPolicy } from './training-policy';

/** How a dataset or a model is loaded before training starts. */
export interface RuntimeInitializer extends Omit<Partial<JobPodOptions>, 'image'> {
  /** @default - the release's, which loads `hf://owner/repository` and `s3://bucket/path` into /workspace */
  readonly image?: string;
  /** What is loaded for jobs that do not say. @default - nothing; each job says what */
  readonly uri?: string;
}

/** A blueprint for TrainJobs: what its pods are, how their processes start, and what happens before. */
export interface RuntimeOptions extends JobPodOptions {
  /** How processes start and find each other. @default - one by one, without knowing of each other */
  readonly policy?: TrainingPolicy;
  /** Nodes of a job that does not say how many. @default 1 */
  readonly nodes?: number;
  /** Name of the framework, by which clients find the runtime. @default - the policy's; without one, clients do not list it */
  readonly framework?: string;
  /** What is loaded before training starts; the training waits for it. @default - nothing */
  readonly initializers?: { readonly dataset?: RuntimeInitializer; readonly model?: RuntimeInitializer };
  /** Claims that each job makes for itself, by the absolute path where all of its containers find them. @default - none */
  readonly claims?: Readonly<Record<string, JobClaim>>;
  /** Starts the pods of a job together or not at all. @default - one by one */
  readonly gang?: GangScheduling;
  /** Whether the runtime will be removed; its jobs are warned. @default false */
  readonly deprecated?: boolean;
  /**
   * For the field that no option foresaw: merged last into the spec, like `Patch.strategic`, and checked like everything else. Lists are
   * merged by the key of their items: jobs and containers by name.
   *
   * @default - none
   */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

const INITIALIZERS = {
  dataset: { step: 'dataset-initializer', image: images.trainer.datasetInitializer },
  model: { step: 'model-initializer', image: images.trainer.modelInitializer },
} as const;

/** A runtime as the API takes it, for instance for the trainer of a platform: `trainer: { runtimes: { own: runtimeDeclaration({ image }) } }`. */
export function runtimeDeclaration(options: RuntimeOptions): RuntimeDeclaration {
  const { policy, nodes = 1, gang, claims = {}, overrides = {} } = options;
  const policies = Object.values(claims).map((claim) => claim._policy());
  const jobs = [...initializers(options), ...trainers(options)];
  const spec = {
    mlPolicy: { numNodes: nodes, ...(policy && { [policy.name]: policy.settings }) },
    ...(gang && { podGroupPolicy: gang.policy }),
    template: {
      ...(gang && Object.keys(gang.annotations).length > 0 && { metadata: { annotations: gang.annotations } }),
      spec: {
        ...(policies.length > 0 && { volumeClaimPolicies: policies }),
        // The other nodes of an MPI job never end.
        ...(policy?.node && { successPolicy: { operator: 'All', targetReplicatedJobs: ['launcher'] } }),
        replicatedJobs: jobs,
      },
    },
  };
  return {
    framework: options.framework ?? policy?.name,
    deprecated: options.deprecated,
    spec: overridden(clustertrainingruntimes, spec, overrides) as RuntimeDeclaration['spec'],
  };
}

function initializers(options: RuntimeOptions): ReplicatedJob[] {
  return (['dataset', 'model'] as const).flatMap((source) => {
    const initializer = options.initializers?.[source];
    if (!initializer) return [];
    const { step, image } = INITIALIZERS[source];
    const { uri, env, ...pod } = initializer;
    const variables = uri === undefined ? env : { STORAGE_URI: uri, ...env };
    return [job(step, options, { image: image.toString(), ...pod, env: variables }, step)];
  });
}

/** The job that trains, after what it waits for; with a launcher, the nodes that it reaches. */
function trainers(options: RuntimeOptions): ReplicatedJob[] {
  const { policy } = options;
  const before = initializers(options).map(({ name }) => ({ name, status: 'Complete' as const }));
  const waits = before.length > 0 ? { dependsOn: before } : {};
  if (!policy?.node) return [{ ...job('node', options, options, 'trainer'), ...waits }];
  return [
    { ...job('launcher', options, options, 'trainer'), ...waits },
    { ...job('node', options, { ...options, ...policy.node }), ...waits },
  ];
}

function job(name: string, { claims = {}, gang }: RuntimeOptions, pod: JobPodOptions, step?: Step): ReplicatedJob {
  const container = STEP_CONTAINER[step ?? 'trainer'];
  const { metadata, spec } = jobPodTemplate(container, { scheduler: gang?.scheduler, ...pod });
  const claimed: VolumeMount[] = Object.entries(claims).map(([mountPath, claim]) => ({ name: claim.name, mountPath }));
  const containers = spec.containers.map((one) =>
    claimed.length > 0 ? { ...one, volumeMounts: [...(one.volumeMounts ?? []), ...claimed] } : one,
  );
  return {
    name,
    template: {
      ...(step && { metadata: { labels: stepLabels(step) } }),
      spec: { template: { ...(metadata && { metadata }), spec: { ...spec, containers } } },
    },
  };
}
