import type { Duration } from 'cdk8s';
import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { VOLCANO_QUEUE } from '../../components/trainer/runtime-rules';
import { given } from '../pod/given';

/** Options of the scheduler plugin coscheduling. */
export interface CoschedulingOptions {
  /** Time after which it gives up. @default - 60 seconds */
  readonly timeout?: Duration;
}

/** Options of Volcano. */
export interface VolcanoOptions {
  /** Queue of Volcano in which jobs wait. @default - Volcano's default queue */
  readonly queue?: string;
  /** How close together the pods are placed. @default - anywhere */
  readonly topology?: {
    /** Whether the job waits for such a place, or goes elsewhere. */
    readonly mode: 'hard' | 'soft';
    /** Tier of the network that the pods have in common, from 1 on. @default 1 */
    readonly highestTier?: number;
  };
}

/** Who starts the pods of a job together or not at all. The cluster has to have that scheduler. */
export class GangScheduling {
  private constructor(
    readonly policy: NonNullable<ClusterTrainingRuntimeSpec['podGroupPolicy']>,
    /** Annotations of the JobSet. */
    readonly annotations: Readonly<Record<string, string>>,
    /** Scheduler of the pods; undefined where each cluster calls it otherwise. */
    readonly scheduler?: string,
  ) {}

  /** The plugin of Kubernetes' scheduler-plugins. Where they run as a scheduler of their own, name that with `scheduler`. */
  static coscheduling({ timeout }: CoschedulingOptions = {}): GangScheduling {
    return new GangScheduling({ coscheduling: given({ scheduleTimeoutSeconds: timeout?.toSeconds() }) }, {});
  }

  /** Volcano, which then also schedules the pods. */
  static volcano({ queue, topology }: VolcanoOptions = {}): GangScheduling {
    const networkTopology = topology && given({ mode: topology.mode, highestTierAllowed: topology.highestTier });
    const policy = { volcano: given({ networkTopology }) };
    return new GangScheduling(policy, queue === undefined ? {} : { [VOLCANO_QUEUE]: queue }, 'volcano');
  }
}
