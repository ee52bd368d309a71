import type { Duration } from 'cdk8s';
import { given } from '../../pod/given';

/**
 * How Knative's autoscaler goes about it.
 *
 * @see https://knative.dev/docs/serving/autoscaling/
 */
export interface KnativeScaling {
  /** How far it looks back, 6 seconds to 1 hour. @default - 60 seconds */
  readonly window?: Duration;
  /** How long fewer requests have to last before replicas go, up to 1 hour. @default - none */
  readonly scaleDownDelay?: Duration;
  /** How long the last replica stays when nobody asks. @default - as long as the traffic takes to move on */
  readonly lastPodRetention?: Duration;
  /** Replicas that a new revision begins with; 0 where the cluster allows it. @default 1 */
  readonly initialScale?: number;
  /** Replicas that it wakes with from zero, at least 1. @default 1 */
  readonly activationScale?: number;
  /** Percent of the target at which replicas are added, 1 to 100. @default 70 */
  readonly targetUtilization?: number;
  /** Part of the window that it looks at in a rush, 1 to 100 percent. @default 10 */
  readonly panicWindow?: number;
  /** Percent of what the replicas are there for that makes a rush, 110 to 1000. @default 200 */
  readonly panicThreshold?: number;
}

/** Prefix of the annotations of Knative's autoscaler. */
export const AUTOSCALING = 'autoscaling.knative.dev/';

/** The annotations of a component. */
export function knativeScaling(options: KnativeScaling): Record<string, string> {
  const time = (duration: Duration | undefined) => duration && `${duration.toSeconds()}s`;
  const number = (value: number | undefined) => (value === undefined ? undefined : String(value));
  const members = given({
    window: time(options.window),
    'scale-down-delay': time(options.scaleDownDelay),
    'scale-to-zero-pod-retention-period': time(options.lastPodRetention),
    'initial-scale': number(options.initialScale),
    'activation-scale': number(options.activationScale),
    'target-utilization-percentage': number(options.targetUtilization),
    'panic-window-percentage': number(options.panicWindow),
    'panic-threshold-percentage': number(options.panicThreshold),
  });
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [`${AUTOSCALING}${name}`, value as string]));
}

/** Bounds that Knative's webhook holds annotations to, by what follows the prefix; times in seconds. */
const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  window: [6, 3600],
  'scale-down-delay': [0, 3600],
  'scale-to-zero-pod-retention-period': [0, Number.POSITIVE_INFINITY],
  'initial-scale': [0, Number.POSITIVE_INFINITY],
  'activation-scale': [1, Number.POSITIVE_INFINITY],
  'target-utilization-percentage': [1, 100],
  'panic-window-percentage': [1, 100],
  'panic-threshold-percentage': [110, 1000],
};

/** What is wrong with the annotations of Knative's autoscaler; undefined when nothing is. */
export function knativeScalingProblem(annotations: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(annotations)
    .map(([name, value]) => outOfBounds(name.slice(AUTOSCALING.length), value))
    .find((wrong) => wrong);
}

function outOfBounds(name: string, value: string): string | undefined {
  const [least, most] = BOUNDS[name] ?? [];
  const [, number] = /^(\d+(?:\.\d+)?)s?$/.exec(value) ?? [];
  if (least === undefined || most === undefined || (number !== undefined && Number(number) >= least && Number(number) <= most))
    return undefined;
  const allowed = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  return `has ${AUTOSCALING}${name} ${value}, must be ${allowed}`;
}
