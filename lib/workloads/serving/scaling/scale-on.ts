import type { Size } from 'cdk8s';
import type { HorizontalPodAutoscalerBehavior } from '../../../../crds-imports/autoscaling';
import type { AutoScalingMetric, Predictor } from '../../../../crds-imports/serving.kserve.io';
import { given } from '../../pod/given';
import type { KnativeScaling } from './knative-scaling';
import type { Scale } from './scale';

/** Who scales the pods, beside Knative's own autoscaler: `external` leaves it to somebody else, `none` to nobody. */
export type Autoscaler = 'hpa' | 'keda' | 'external' | 'none';

/** How a component scales. */
export interface ScaleOptions {
  /** By what it scales; several only with KEDA or HPA. @default - requests at a time (Knative), CPU (Standard) */
  readonly on?: ScaleOn | readonly ScaleOn[];
  /** How fast the horizontal pod autoscaler goes up and down. @default - the autoscaler's */
  readonly behavior?: HorizontalPodAutoscalerBehavior;
  /** How Knative's autoscaler goes about it. @default - as the cluster's `config-autoscaler` says */
  readonly knative?: KnativeScaling;
}

/** A query in a system that stores metrics. */
export interface MetricQuery {
  /** URL of the system. */
  readonly serverAddress: string;
  readonly query: string;
  /** Value of the query above which replicas are added. */
  readonly target: number | string;
  /** Namespace to which the query is limited. @default - none */
  readonly namespace?: string;
  /** How the scaler authenticates: the KEDA TriggerAuthentication's name and modes. @default - it does not */
  readonly authentication?: { readonly name: string; readonly modes?: 'bearer' | 'basic' | 'tls' };
}

/** A query over what the pods report through OpenTelemetry. */
export interface PodQuery {
  readonly query: string;
  /** Value of the query above which replicas are added. */
  readonly target: number | string;
  /** Address of the collector's scaler. @default - the platform's */
  readonly serverAddress?: string;
  /** @default - all */
  readonly metricNames?: readonly string[];
  /** How the values of a while become one. @default 'last_one' */
  readonly operationOverTime?: 'last_one' | 'avg' | 'max' | 'min' | 'rate' | 'count';
}

type Simple = Pick<Predictor, 'scaleMetric' | 'scaleTarget'>;

/** What a component scales by. */
export class ScaleOn {
  private constructor(
    /** As the short fields say it; undefined when they cannot. */
    private readonly simple: Simple | undefined,
    /** As a metric of HPA or KEDA; undefined when it is none. */
    private readonly metric: AutoScalingMetric | undefined,
  ) {}

  /** Requests that one replica works on at a time. Knative only. */
  static concurrency(target: number): ScaleOn {
    return new ScaleOn({ scaleMetric: 'concurrency', scaleTarget: target }, undefined);
  }

  /** Requests a second for one replica. Knative only. */
  static requestsPerSecond(target: number): ScaleOn {
    return new ScaleOn({ scaleMetric: 'rps', scaleTarget: target }, undefined);
  }

  /** @param percent of the CPU that was asked for, 1 to 100 */
  static cpu(percent: number): ScaleOn {
    return new ScaleOn({ scaleMetric: 'cpu', scaleTarget: percent }, utilization('cpu', percent));
  }

  /** @param target percent of the memory that was asked for, 1 to 100, or an amount for one replica, at least 1 MiB */
  static memory(target: number | Size): ScaleOn {
    if (typeof target === 'number')
      return new ScaleOn({ scaleMetric: 'memory', scaleTarget: target }, utilization('memory', target));
    const kibibytes = target.toKibibytes();
    const averageValue = kibibytes % 1024 === 0 ? `${kibibytes / 1024}Mi` : `${kibibytes}Ki`;
    return new ScaleOn(undefined, {
      type: 'Resource',
      resource: { name: 'memory', target: { type: 'AverageValue', averageValue } },
    });
  }

  /** The value of a query in Prometheus. KEDA only. */
  static prometheus(query: MetricQuery): ScaleOn {
    return external('prometheus', query);
  }

  /** The value of a query in Graphite. KEDA only. */
  static graphite(query: MetricQuery): ScaleOn {
    return external('graphite', query);
  }

  /** What the pods report through OpenTelemetry. KEDA only. */
  static openTelemetry({ target, ...metric }: PodQuery): ScaleOn {
    return new ScaleOn(undefined, {
      type: 'PodMetric',
      podmetric: { metric: { backend: 'opentelemetry', ...given(metric) }, target: { type: 'Value', value: target } },
    });
  }

  /** @internal */
  static _external(metric: AutoScalingMetric): ScaleOn {
    return new ScaleOn(undefined, metric);
  }

  /** The metric as the short fields take it. @internal */
  _simple(): Simple | undefined {
    return this.simple;
  }

  /** The metric as the list takes it. @internal */
  _metric(): AutoScalingMetric | undefined {
    return this.metric;
  }
}

function utilization(name: 'cpu' | 'memory', percent: number): AutoScalingMetric {
  return { type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization: percent } } };
}

function external(
  backend: 'prometheus' | 'graphite',
  { serverAddress, query, target, namespace, authentication }: MetricQuery,
): ScaleOn {
  return ScaleOn._external({
    type: 'External',
    external: {
      metric: { backend, serverAddress, query, ...given({ namespace }) },
      ...(authentication && {
        authenticationRef: {
          authenticationRef: { name: authentication.name },
          ...given({ authModes: authentication.modes }),
        },
      }),
      target: { type: 'Value', value: target },
    },
  });
}

/** The fields that scale a component. One metric goes into the short fields, unless KEDA scales, which does not know them. */
export function scaling(scale: Scale | undefined, autoscaler: Autoscaler | undefined): Partial<Predictor> {
  if (!scale) return {};
  const { on = [], behavior } = scale.options;
  const metrics = on instanceof ScaleOn ? [on] : on;
  const [first] = metrics;
  const short = metrics.length === 1 && autoscaler !== 'keda' && !behavior ? first?._simple() : undefined;
  // What only Knative knows has no other form; the rules say so where it does not fit.
  const lone = metrics.find((metric) => !metric._metric())?._simple();
  const listed = short ? [] : metrics.flatMap((metric) => metric._metric() ?? []);
  return {
    minReplicas: scale.min,
    ...given({ maxReplicas: scale.max }),
    ...(short ?? lone),
    ...((listed.length > 0 || behavior) && {
      autoScaling: given({ metrics: listed.length > 0 ? listed : undefined, behavior }),
    }),
  };
}
