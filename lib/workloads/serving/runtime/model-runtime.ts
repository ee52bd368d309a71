import type { ServedRuntime } from '../../../contracts';
import { SERVING_RUNTIMES, type ShippedServingRuntime } from './formats';
import type { ServingRuntimeBase } from './serving-runtime';

/** The program that serves a model. */
export class ModelRuntime {
  private constructor(
    readonly name: string,
    /** Undefined for a runtime that only the cluster knows; the model is not held against it then. */
    readonly shape: ServedRuntime | undefined,
    /** Whether a platform may do without it. */
    readonly isShipped: boolean,
  ) {}

  /** A runtime of the release. */
  static shipped(name: ShippedServingRuntime): ModelRuntime {
    return new ModelRuntime(name, SERVING_RUNTIMES[name], true);
  }

  /** A ServingRuntime or ClusterServingRuntime that is declared. */
  static of(runtime: ServingRuntimeBase): ModelRuntime {
    return new ModelRuntime(runtime.name, runtime.shape, false);
  }

  /** A runtime that the cluster has. */
  static existing(name: string): ModelRuntime {
    return new ModelRuntime(name, undefined, false);
  }
}
