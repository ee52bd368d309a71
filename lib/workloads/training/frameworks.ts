import { jaxjobs, mpijobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs } from '../../../crds-imports/kubeflow.org';
import type { Kind } from '../../core';
import type { JobPodOptions } from '../pod/job-pods';
import type { Elastic } from './elastic';

/** Restart policy of the pods of one replica type; with ExitCode, codes from 128 on are tried again. */
export type RestartPolicy = 'Always' | 'OnFailure' | 'Never' | 'ExitCode';

/** Replicas of one type: their number, and where they differ from the job's pods. */
export interface Replicas extends Partial<JobPodOptions> {
  readonly replicas: number;
  /** @default - the framework's: OnFailure for PyTorch and Paddle, Never for the others */
  readonly restartPolicy?: RestartPolicy;
  /** For the field that no option foresaw: merged last into their pod template, behind what the job says. @default - none */
  readonly podOverrides?: Readonly<Record<string, unknown>>;
}

/** A number of replicas, or more about them. */
export type ReplicaCount = number | Replicas;

/** Trains with PyTorch's distributed launcher. */
export interface PyTorchTraining {
  /** One, which coordinates the others. @default - none; the workers then find each other by `elastic` */
  readonly master?: 1 | (Replicas & { readonly replicas: 1 });
  /** At least 1. @default - none */
  readonly worker?: ReplicaCount;
  /** Processes on each node: a number, or by what the node has. @default 'auto' */
  readonly processesPerNode?: number | 'auto' | 'cpu' | 'gpu';
  /** Lets workers come and go. @default - a fixed number of workers */
  readonly elastic?: Elastic;
}

/** Trains with TensorFlow's distribution strategies. */
export interface TensorFlowTraining {
  /** Coordinates; a job has a chief or a master, not both. @default - none */
  readonly chief?: ReplicaCount;
  /** The chief's older name. @default - none */
  readonly master?: ReplicaCount;
  /** @default - none */
  readonly worker?: ReplicaCount;
  /** Parameter servers. @default - none */
  readonly parameterServer?: ReplicaCount;
  /** @default - none */
  readonly evaluator?: ReplicaCount;
  /** When the job has succeeded: when the first worker has, or all of them. @default - the first worker */
  readonly successPolicy?: 'AllWorkers';
  /** Whether workers can be added while it runs. @default false */
  readonly dynamicWorker?: boolean;
}

/** Trains with XGBoost or LightGBM. */
export interface XGBoostTraining {
  /** One, which coordinates the others. */
  readonly master: 1 | (Replicas & { readonly replicas: 1 });
  /** @default - none */
  readonly worker?: ReplicaCount;
}

/** Trains with MPI, started from a launcher. */
export interface MpiTraining {
  /** One, which starts the processes. */
  readonly launcher: 1 | (Replicas & { readonly replicas: 1 });
  /** @default - none */
  readonly worker?: ReplicaCount;
  /** Processes on each worker. @default 1 */
  readonly slotsPerWorker?: number;
}

/** Trains with PaddlePaddle: with masters as parameter servers, without them collectively. */
export interface PaddleTraining {
  /** @default - none */
  readonly master?: ReplicaCount;
  /** @default - none */
  readonly worker?: ReplicaCount;
  /** Lets workers come and go, without options of a rendezvous. @default - a fixed number of workers */
  readonly elastic?: Elastic;
}

/** Trains with JAX; the first worker coordinates. */
export interface JaxTraining {
  /** At least 1. */
  readonly worker: ReplicaCount;
}

/** The framework of a job: one of these. */
export interface FrameworkTraining {
  readonly pytorch: PyTorchTraining;
  readonly tensorflow: TensorFlowTraining;
  readonly xgboost: XGBoostTraining;
  readonly mpi: MpiTraining;
  readonly paddle: PaddleTraining;
  readonly jax: JaxTraining;
}

/** Name of a framework in a job's props. */
export type FrameworkName = keyof FrameworkTraining;

/** What the operator expects of a framework's jobs. */
export interface Framework {
  readonly kind: Kind;
  /** Field of the replica specs. */
  readonly specs: string;
  /** Name of the container that trains. */
  readonly container: string;
  /** The port at which pods find each other; the operator adds it to the container when it is missing. */
  readonly port: { readonly name: string; readonly number: number };
  /** Replica types by their name in props. */
  readonly types: Readonly<Record<string, string>>;
  /** The type that there is at most one of. */
  readonly single: readonly string[];
}

/**
 * The frameworks of the Training Operator.
 *
 * @see https://github.com/kubeflow/training-operator/tree/v1.9.2/pkg/apis/kubeflow.org/v1
 */
export const FRAMEWORKS: Readonly<Record<FrameworkName, Framework>> = {
  pytorch: {
    kind: pytorchjobs,
    specs: 'pytorchReplicaSpecs',
    container: 'pytorch',
    port: { name: 'pytorchjob-port', number: 23456 },
    types: { master: 'Master', worker: 'Worker' },
    single: ['Master'],
  },
  tensorflow: {
    kind: tfjobs,
    specs: 'tfReplicaSpecs',
    container: 'tensorflow',
    port: { name: 'tfjob-port', number: 2222 },
    types: { chief: 'Chief', master: 'Master', worker: 'Worker', parameterServer: 'PS', evaluator: 'Evaluator' },
    single: ['Chief', 'Master', 'Evaluator'],
  },
  xgboost: {
    kind: xgboostjobs,
    specs: 'xgbReplicaSpecs',
    container: 'xgboost',
    port: { name: 'xgboostjob-port', number: 9999 },
    types: { master: 'Master', worker: 'Worker' },
    single: ['Master'],
  },
  mpi: {
    kind: mpijobs,
    specs: 'mpiReplicaSpecs',
    container: 'mpi',
    port: { name: 'mpi-port', number: 9999 },
    types: { launcher: 'Launcher', worker: 'Worker' },
    single: ['Launcher'],
  },
  paddle: {
    kind: paddlejobs,
    specs: 'paddleReplicaSpecs',
    container: 'paddle',
    port: { name: 'master', number: 36543 },
    types: { master: 'Master', worker: 'Worker' },
    single: [],
  },
  jax: {
    kind: jaxjobs,
    specs: 'jaxReplicaSpecs',
    container: 'jax',
    port: { name: 'jaxjob-port', number: 6666 },
    types: { worker: 'Worker' },
    single: [],
  },
};
