import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { given } from '../pod/given';
import type { JobPodOptions } from '../pod/job-pods';

type MlPolicy = NonNullable<ClusterTrainingRuntimeSpec['mlPolicy']>;

/** How a launcher reaches its nodes over MPI, by SSH with keys that the trainer makes for each job. */
export interface MpiPolicyOptions {
  /** Processes on each node. @default - one for each GPU, or else 1 */
  readonly processesPerNode?: number;
  /** Folder in which the container finds the keys. @default '/root/.ssh' */
  readonly sshAuthMountPath?: string;
  /** Whether the launcher is one of the nodes, and trains too. @default false */
  readonly launcherAsNode?: boolean;
  /** How the other nodes differ from the launcher, for instance `{ command: ['/usr/sbin/sshd', '-De'] }`. @default - in nothing */
  readonly node?: Partial<JobPodOptions>;
}

/** Options of the Flux scheduler that starts the processes. */
export interface FluxPolicyOptions {
  /** Processes on each node. @default 1 */
  readonly processesPerNode?: number;
}

/** How the processes of a training start and find each other. */
export class TrainingPolicy {
  private constructor(
    readonly name: Exclude<keyof MlPolicy, 'numNodes'>,
    /** What the policy is told. */
    readonly settings: MlPolicy[Exclude<keyof MlPolicy, 'numNodes'>],
    /** How nodes differ from their launcher; undefined for policies without one. */
    readonly node?: Partial<JobPodOptions>,
  ) {}

  /** By torchrun: the trainer sets `PET_NNODES`, `PET_MASTER_ADDR` and what else it reads. */
  static torch(): TrainingPolicy {
    return new TrainingPolicy('torch', {});
  }

  /** By JAX: the trainer sets the coordinator's address and the number of each process. */
  static jax(): TrainingPolicy {
    return new TrainingPolicy('jax', {});
  }

  /** By XGBoost's tracker on the first node. */
  static xgboost(): TrainingPolicy {
    return new TrainingPolicy('xgboost', {});
  }

  /** By mpirun of Open MPI, in a launcher beside the nodes. */
  static mpi({ processesPerNode, sshAuthMountPath, launcherAsNode, node = {} }: MpiPolicyOptions = {}): TrainingPolicy {
    const settings = given({ numProcPerNode: processesPerNode, sshAuthMountPath, runLauncherAsNode: launcherAsNode });
    return new TrainingPolicy('mpi', settings, node);
  }

  /** By the Flux scheduler, which is installed next to the program. */
  static flux({ processesPerNode }: FluxPolicyOptions = {}): TrainingPolicy {
    return new TrainingPolicy('flux', given({ numProcPerNode: processesPerNode }));
  }
}
