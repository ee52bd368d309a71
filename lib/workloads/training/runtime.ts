import type { DeclaredRuntime } from '../../components/trainer/declared-runtime';
import { type RuntimeShape, shapeOf } from '../../components/trainer/runtime-shape';
import { RUNTIMES, type RuntimeName } from '../../components/trainer/runtimes';

type RuntimeKind = 'ClusterTrainingRuntime' | 'TrainingRuntime';

/** The blueprint that a TrainJob is made from. */
export class Runtime {
  private constructor(
    readonly name: string,
    readonly kind: RuntimeKind,
    /** Undefined for a runtime that only the cluster knows; the job is not held against it then. */
    readonly shape: RuntimeShape | undefined,
    /** The namespace whose jobs may take it; undefined when it is not known, or when all may. */
    readonly namespace?: string,
    /** Whether the cluster has it, whatever the model has. */
    readonly exists = false,
  ) {}

  /** A runtime of the release. */
  static shipped(name: RuntimeName): Runtime {
    return new Runtime(name, 'ClusterTrainingRuntime', shapeOf(RUNTIMES[name]));
  }

  /** A ClusterTrainingRuntime or TrainingRuntime that is declared. */
  static of({ name, shape, namespace }: DeclaredRuntime): Runtime {
    return new Runtime(name, namespace === undefined ? 'ClusterTrainingRuntime' : 'TrainingRuntime', shape, namespace);
  }

  /** A runtime that the cluster has. @param kind whether it is the cluster's or the job's namespace's */
  static existing(name: string, kind: RuntimeKind = 'ClusterTrainingRuntime'): Runtime {
    return new Runtime(name, kind, undefined, undefined, true);
  }
}
