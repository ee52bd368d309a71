import type { Duration } from 'cdk8s';
import type { JobSet } from '../../../crds-imports/jobset.x-k8s.io';
import { overriddenPod } from '../overrides';
import { given } from '../pod/given';
import { type JobPodOptions, jobPodTemplate } from '../pod/job-pods';
import { type QueueSource, queuedPods } from '../queue/queue';
import type { JobClaim } from './job-claim';

/** The spec of a JobSet as the API takes it. */
export type JobSetSpec = NonNullable<JobSet['spec']>;

/** Jobs of a set that are alike. */
export interface JobSetJob extends JobPodOptions {
  /** Jobs, at least 1. @default 1 */
  readonly replicas?: number;
  /** Pods of each job, which run side by side and are numbered, at least 1. @default 1 */
  readonly pods?: number;
  /** Name of the main container. @default 'main' */
  readonly container?: string;
  /** @default 'OnFailure' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
  /** Pods that may fail until the job does. @default 6 */
  readonly backoffLimit?: number;
  /** Jobs before it in the set that it waits for, until they are ready or complete. @default - it starts at once */
  readonly after?: Readonly<Record<string, 'Ready' | 'Complete'>>;
  /** For the field that no option foresaw: merged last into the pod template, like `overrides`. @default - none */
  readonly podOverrides?: Readonly<Record<string, unknown>>;
}

/** What is said of a set of jobs. */
export interface JobSetOptions {
  /** The jobs by their names, in the order in which they are made. */
  readonly jobs: Readonly<Record<string, JobSetJob>>;
  /** Jobs whose end is the end of the set: one of them, or all. @default - all jobs */
  readonly success?: { readonly when: 'Any' | 'All'; readonly of?: readonly string[] };
  /** Restarts of the whole set until it fails, at least 0. @default 0 */
  readonly maxRestarts?: number;
  /** Whether jobs start in the order in which they stand, each when the ones before it are ready. @default false */
  readonly inOrder?: boolean;
  /** Name of the Service by which pods find each other. @default - the set's */
  readonly subdomain?: string;
  /** Claims that the set makes for itself, by the absolute path where all main containers find them. @default - none */
  readonly claims?: Readonly<Record<string, JobClaim>>;
  /** Time after its end at which the set is deleted. @default - never */
  readonly ttlAfterFinished?: Duration;
  /** Whether the set waits, without pods. @default false */
  readonly suspend?: boolean;
  /** Who runs the set, a path with a domain. It cannot be changed later. @default - JobSet's controller */
  readonly managedBy?: string;
}

/** The spec of a JobSet, without overrides. */
export function jobSetSpec(options: JobSetOptions, queue: QueueSource | undefined): JobSetSpec {
  const { jobs, success, maxRestarts, inOrder, subdomain, claims = {}, ttlAfterFinished, suspend, managedBy } = options;
  const policies = Object.values(claims).map((claim) => claim._policy());
  return {
    ...given({
      successPolicy: success && { operator: success.when, ...given({ targetReplicatedJobs: success.of }) },
      failurePolicy: maxRestarts === undefined ? undefined : { maxRestarts },
      startupPolicy: inOrder === undefined ? undefined : { startupPolicyOrder: inOrder ? 'InOrder' : 'AnyOrder' },
      network: subdomain === undefined ? undefined : { subdomain },
      volumeClaimPolicies: policies.length > 0 ? policies : undefined,
      ttlSecondsAfterFinished: ttlAfterFinished?.toSeconds(),
      suspend,
      managedBy,
    }),
    replicatedJobs: Object.entries(jobs).map(([name, job]) => replicatedJob(name, { ...job, queue }, claims)),
  } as JobSetSpec;
}

function replicatedJob(name: string, job: JobSetJob & { readonly queue?: QueueSource }, claims: JobSetOptions['claims'] = {}) {
  const { replicas, pods, container = 'main', restartPolicy, backoffLimit, after, podOverrides } = job;
  const { metadata, spec } = jobPodTemplate(container, queuedPods(job));
  const claimed = Object.entries(claims).map(([mountPath, claim]) => ({ name: claim.name, mountPath }));
  const [main, ...others] = spec.containers;
  const volumeMounts = [...(main?.volumeMounts ?? []), ...claimed];
  const containers = [{ ...main, ...(volumeMounts.length > 0 && { volumeMounts }) }, ...others];
  const template = { ...(metadata && { metadata }), spec: { ...given({ restartPolicy }), ...spec, containers } };
  return {
    name,
    ...given({ replicas, dependsOn: after && Object.entries(after).map(([other, status]) => ({ name: other, status })) }),
    template: {
      spec: {
        ...given({ parallelism: pods, completions: pods, backoffLimit }),
        template: overriddenPod(template, podOverrides),
      },
    },
  };
}
