import type { HorizontalPodAutoscalerBehavior } from '../../../../crds-imports/autoscaling';
import type { Keda, Scaling } from '../../../../crds-imports/serving.kserve.io';
import { given } from '../../pod/given';

/** What both ways of scaling a language model have in common. */
export interface LLMScaleOptions {
  /** Cost of a replica against those of other variants of the model, at least 0. @default 10 */
  readonly cost?: number;
}

/**
 * Between how many replicas a language model scales. The workload variant autoscaler decides how many serve its requests in time; an HPA or
 * KEDA follows it. It reads the metrics of Prometheus, whose address KServe's configuration has.
 *
 * @see https://github.com/llm-d/llm-d-workload-variant-autoscaler
 */
export class LLMScale {
  private constructor(private readonly scaling: Scaling) {}

  /** By a horizontal pod autoscaler, to which Prometheus' adapter gives the decision. @param min at least 1 @param max at least min */
  static hpa(
    min: number,
    max: number,
    { cost, behavior }: LLMScaleOptions & { readonly behavior?: HorizontalPodAutoscalerBehavior } = {},
  ): LLMScale {
    return new LLMScale(scalingOf(min, max, cost, { hpa: given({ behavior }) }));
  }

  /** By KEDA. @param min fewest replicas while requests come in @param max at least min */
  static keda(min: number, max: number, { cost, ...keda }: LLMScaleOptions & Omit<Keda, 'advanced'> = {}): LLMScale {
    return new LLMScale(scalingOf(min, max, cost, { keda: given(keda) }));
  }

  /** The scaling as the API takes it. @internal */
  _spec(): Scaling {
    return this.scaling;
  }
}

function scalingOf(minReplicas: number, maxReplicas: number, cost: number | undefined, actuator: Scaling['wva']): Scaling {
  return {
    minReplicas,
    maxReplicas,
    wva: { ...given({ variantCost: cost === undefined ? undefined : String(cost) }), ...actuator },
  };
}
