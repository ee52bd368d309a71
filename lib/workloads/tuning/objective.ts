import { given } from '../pod/given';

/** Which of the values that a metric had in a trial counts. */
export type MetricStrategy = 'min' | 'max' | 'latest';

/** What else is said of an objective. */
export interface ObjectiveOptions {
  /** Value at which the experiment has succeeded. @default - none; the experiment ends by its budget */
  readonly goal?: number;
  /** Further metrics that are collected. @default - none */
  readonly additionalMetrics?: readonly string[];
  /** Which value counts, by metric. @default - the best one: the largest when maximizing, else the smallest */
  readonly strategies?: Readonly<Record<string, MetricStrategy>>;
}

/** The metric that an experiment optimizes. */
export class Objective {
  private constructor(
    readonly type: 'minimize' | 'maximize',
    readonly metric: string,
    readonly options: ObjectiveOptions,
  ) {}

  /** Looks for the smallest value. @param metric name under which trials report it */
  static minimize(metric: string, options: ObjectiveOptions = {}): Objective {
    return new Objective('minimize', metric, options);
  }

  /** Looks for the largest value. @param metric name under which trials report it */
  static maximize(metric: string, options: ObjectiveOptions = {}): Objective {
    return new Objective('maximize', metric, options);
  }
}

/** Every metric of an objective. */
export function metricsOf({ metric, options }: Objective): string[] {
  return [metric, ...(options.additionalMetrics ?? [])];
}

/** The objective as Katib takes it. Its webhook would complete a list of some strategies, which would then be no longer what was written. */
export function objectiveSpec(objective: Objective): object {
  const { type, metric, options } = objective;
  const { goal, additionalMetrics, strategies } = options;
  const best = type === 'maximize' ? 'max' : 'min';
  const all = strategies && { ...Object.fromEntries(metricsOf(objective).map((name) => [name, best])), ...strategies };
  return {
    type,
    ...given({ goal }),
    objectiveMetricName: metric,
    ...given({
      additionalMetricNames: additionalMetrics,
      metricStrategies: all && Object.entries(all).map(([name, value]) => ({ name, value })),
    }),
  };
}
