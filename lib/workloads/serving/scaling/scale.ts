import type { ScaleOptions } from './scale-on';

/** Between how many replicas a component of a model server scales. */
export class Scale {
  private constructor(
    readonly min: number,
    /** Undefined for no bound. */
    readonly max: number | undefined,
    readonly options: ScaleOptions,
  ) {
    for (const bound of [min, max])
      if (bound !== undefined && (!Number.isInteger(bound) || bound < 0))
        throw new Error(`a number of replicas is ${bound}, must be a whole number of at least 0`);
    if (max !== undefined && max < 1) throw new Error(`the most replicas are ${max}, must be at least 1`);
    if (max !== undefined && max < min) throw new Error(`the most replicas, ${max}, are fewer than the fewest, ${min}`);
  }

  /**
   * @param min fewest replicas; 0 lets an idle server go to sleep, with Knative or KEDA
   * @param max most replicas, at least 1
   */
  static between(min: number, max: number, options: ScaleOptions = {}): Scale {
    return new Scale(min, max, options);
  }

  /**
   * As many replicas as requests need: Knative's autoscaler has no bound then. In mode Standard KServe takes the fewest for the most, so
   * that there are always as many.
   *
   * @param min fewest replicas; 0 lets an idle server go to sleep, with Knative
   */
  static atLeast(min: number, options: ScaleOptions = {}): Scale {
    return new Scale(min, undefined, options);
  }

  /** Always the same number. */
  static fixed(replicas: number): Scale {
    return new Scale(replicas, replicas, {});
  }
}
