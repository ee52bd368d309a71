import { type ClusterTrainingRuntime, type RuntimeShape, shapeOf } from '../../components/trainer/cluster-training-runtime';
import { RUNTIMES, type RuntimeName } from '../../components/trainer/runtimes';

/** The blueprint that a TrainJob is made from. */
export class Runtime {
  private constructor(
    readonly name: string,
    readonly kind: 'ClusterTrainingRuntime' | 'TrainingRuntime',
    /** Undefined for a runtime that only the cluster knows; the job is not held against it then. */
    readonly shape: RuntimeShape | undefined,
  ) {}

  /** A runtime of the release. */
  static shipped(name: RuntimeName): Runtime {
    return new Runtime(name, 'ClusterTrainingRuntime', shapeOf(RUNTIMES[name]));
  }

  /** A runtime that is declared. */
  static of(runtime: ClusterTrainingRuntime): Runtime {
    return new Runtime(runtime.name, 'ClusterTrainingRuntime', runtime.shape);
  }

  /** A runtime that the cluster has. @param kind whether it is the cluster's or the job's namespace's */
  static existing(name: string, kind: 'ClusterTrainingRuntime' | 'TrainingRuntime' = 'ClusterTrainingRuntime'): Runtime {
    return new Runtime(name, kind, undefined);
  }
}
