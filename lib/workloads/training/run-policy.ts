import type { Duration } from 'cdk8s';
import type { RunPolicy as RunPolicySpec } from '../../../crds-imports/kubeflow.org';
import { given } from '../pod/given';
import { type Amounts, amounts } from '../pod/resources';

/** How long a job runs, how often it tries, what stays of it. */
export interface RunPolicy {
  /**
   * Pods that are deleted when the job ends: none, those that still run, all.
   *
   * @default 'None'
   */
  readonly cleanPodPolicy?: 'None' | 'Running' | 'All';
  /** Time after its end at which the job itself is deleted. @default - never */
  readonly ttlAfterFinished?: Duration;
  /** Time after its start at which the job fails. @default - none */
  readonly activeDeadline?: Duration;
  /** Restarts until the job fails; pods with the restart policy Never fail at once. @default - no limit */
  readonly backoffLimit?: number;
  /** Whether the job waits, without pods. @default false */
  readonly suspend?: boolean;
  /** Who runs the job. It cannot be changed later. @default - the Training Operator */
  readonly managedBy?: 'kubeflow.org/training-operator' | 'kueue.x-k8s.io/multikueue';
  /** Starts the pods together, where the operator has a gang scheduler. @default - they start one by one */
  readonly gang?: GangPolicy;
}

/** How pods start together. */
export interface GangPolicy {
  /** Pods that have to fit. @default - all */
  readonly minAvailable?: number;
  /** What has to be free for the job to start. @default - what its pods ask for */
  readonly minResources?: Amounts;
  /** Queue of the gang scheduler. It cannot be changed later. @default - the scheduler's */
  readonly queue?: string;
  /** PriorityClass of the job among others that wait. @default - none */
  readonly priorityClass?: string;
  /** Time after which the scheduler gives up. @default - the scheduler's */
  readonly timeout?: Duration;
}

/** The run policy as the API takes it; undefined when nothing is said. */
export function runPolicy(policy: RunPolicy | undefined): RunPolicySpec | undefined {
  if (!policy) return undefined;
  const { ttlAfterFinished, activeDeadline, gang, ...rest } = policy;
  return given({
    ...rest,
    ttlSecondsAfterFinished: ttlAfterFinished?.toSeconds(),
    activeDeadlineSeconds: activeDeadline?.toSeconds(),
    schedulingPolicy:
      gang &&
      given({
        minAvailable: gang.minAvailable,
        minResources: gang.minResources && amounts(gang.minResources),
        queue: gang.queue,
        priorityClass: gang.priorityClass,
        scheduleTimeoutSeconds: gang.timeout?.toSeconds(),
      }),
  });
}
