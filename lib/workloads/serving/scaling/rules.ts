import type { AutoScalingMetric, MetricTarget } from '../../../../crds-imports/serving.kserve.io';
import { error, type Rule } from '../../../core/rule';
import { mebibytes } from '../../pod/memory';
import { autoscalerOf, hpaOnKnative, inParts, type Part, type ServerFacts } from '../server/facts';
import { AUTOSCALING, knativeScalingProblem } from './knative-scaling';

const AUTOSCALERS = ['hpa', 'keda', 'external', 'none'];

/** KServe's webhook reads the mode from the annotation, where it writes the cluster's default first. */
const onKnative = ({ annotations, mode }: ServerFacts) =>
  (annotations['serving.kserve.io/deploymentMode'] ?? mode) !== 'Standard';

const isHpa = (facts: ServerFacts) => (onKnative(facts) ? hpaOnKnative(facts) : ['hpa', undefined].includes(autoscalerOf(facts)));
const isKeda = (facts: ServerFacts) => !onKnative(facts) && autoscalerOf(facts) === 'keda';
const metricsOf = ({ spec }: Part) => spec.autoScaling?.metrics ?? [];
const outside = (value: number | undefined, min: number, max = Number.POSITIVE_INFINITY) =>
  value !== undefined && !(Number.isInteger(value) && value >= min && value <= max);

/** The rules of scaling. */
export const SCALING_RULES: readonly Rule<ServerFacts>[] = [
  error('kserve/unknown-autoscaler', "KServe's webhook refuses an autoscaler that it does not know.", (facts) => {
    const found: string | undefined = autoscalerOf(facts);
    return found !== undefined && !AUTOSCALERS.includes(found)
      ? `the autoscaler ${JSON.stringify(found)} is none of ${AUTOSCALERS.join(', ')}; leave it out for Knative's`
      : undefined;
  }),
  error(
    'kserve/invalid-replicas',
    "KServe's webhook takes whole numbers of replicas, the fewest not above the most.",
    inParts(({ spec: { minReplicas = 1, maxReplicas = 0 } }) => {
      if (outside(minReplicas, 0) || outside(maxReplicas, 0))
        return `has ${minReplicas} to ${maxReplicas} replicas, must have whole numbers of at least 0`;
      return maxReplicas !== 0 && minReplicas > maxReplicas
        ? `has at least ${minReplicas} replicas, which is more than the ${maxReplicas} that it has at most`
        : undefined;
    }),
  ),
  error(
    'kserve/invalid-concurrency',
    'Knative takes whole numbers of requests at a time.',
    inParts(({ spec: { containerConcurrency } }) =>
      outside(containerConcurrency, 0)
        ? `takes ${containerConcurrency} requests at a time, must be a whole number of at least 0`
        : undefined,
    ),
  ),
  error(
    'knative/unsupported-scaling',
    "Knative's autoscaler scales by concurrency or requests a second, and rolls new revisions out itself.",
    inParts(({ spec: { deploymentStrategy, scaleMetric = 'concurrency', scaleTarget, autoScaling } }, facts) => {
      if (!onKnative(facts) || hpaOnKnative(facts)) return undefined;
      const standard = "or say deploymentMode: 'Standard'";
      if (deploymentStrategy) return `has a rollout, which Knative decides itself; leave it out, ${standard}`;
      if (!['concurrency', 'rps'].includes(scaleMetric))
        return `scales by ${scaleMetric}; Knative scales by concurrency or requests a second; take one of them, autoscaler: 'hpa', ${standard}`;
      if (autoScaling)
        return `scales by a list of metrics, which Knative ignores; take concurrency or requests a second, ${standard}`;
      return outside(scaleTarget, 1)
        ? `scales by ${scaleTarget} (${scaleMetric}), must be a whole number of at least 1`
        : undefined;
    }),
  ),
  error(
    'kserve/unsupported-hpa-metric',
    'The horizontal pod autoscaler of a server knows CPU and memory only.',
    inParts((part, facts) => {
      if (!isHpa(facts)) return undefined;
      const { scaleMetric = 'cpu', scaleTarget } = part.spec;
      if (!['cpu', 'memory'].includes(scaleMetric))
        return `scales by ${scaleMetric}; the horizontal pod autoscaler scales by CPU or memory; take one of them, or Knative`;
      if (outside(scaleTarget, 1, 100)) return `scales by ${scaleTarget}, must be 1 to 100 percent of the ${scaleMetric}`;
      const other = metricsOf(part).find(({ type, resource }) => type !== 'Resource' || !resource);
      if (other)
        return `scales by a metric of type ${other.type}; the horizontal pod autoscaler knows CPU and memory only; say autoscaler: 'keda'`;
      return metricsOf(part)
        .map(resourceProblem)
        .find((wrong) => wrong);
    }),
  ),
  error(
    'kserve/unsupported-keda-metric',
    "KEDA scales by a list of metrics with their targets, and KServe's webhook refuses others.",
    inParts((part, facts) => {
      if (!isKeda(facts)) return undefined;
      if (part.spec.scaleMetric)
        return `scales by ${part.spec.scaleMetric}, which KEDA does not know; take CPU, memory or a query`;
      return metricsOf(part)
        .map(kedaProblem)
        .find((wrong) => wrong);
    }),
  ),
  error('kserve/keda-on-knative', "KEDA scales Deployments; Knative's revisions have an autoscaler of their own.", (facts) => {
    const autoscaler = autoscalerOf(facts);
    return autoscaler === 'keda' && onKnative(facts)
      ? "KEDA scales servers of Standard mode only; say deploymentMode: 'Standard', or leave the autoscaler out"
      : undefined;
  }),
  error(
    'kserve/ignored-in-standard-mode',
    'Standard mode has no revisions, and ignores what is said of them.',
    inParts(({ spec: { canaryTrafficPercent, containerConcurrency, annotations } }, { mode, annotations: ofServer }) => {
      const ignored = [
        ...Object.keys({ ...ofServer, ...annotations }).filter((name) => name.startsWith(AUTOSCALING)),
        ...(canaryTrafficPercent === undefined ? [] : ['canaryTraffic']),
        ...(containerConcurrency === undefined ? [] : ['containerConcurrency']),
      ];
      return mode === 'Standard' && ignored.length > 0
        ? `has ${ignored.join(' and ')}, which Standard mode ignores; leave it out, or say deploymentMode: 'Knative'`
        : undefined;
    }),
  ),
  error(
    'kserve/invalid-canary',
    'Traffic is shared out in percent.',
    inParts(({ spec: { canaryTrafficPercent } }) =>
      outside(canaryTrafficPercent, 0, 100)
        ? `gives its newest revision ${canaryTrafficPercent} percent of the traffic, must be 0 to 100`
        : undefined,
    ),
  ),
  error(
    'knative/setting-out-of-bounds',
    "Knative's webhook refuses settings of its autoscaler outside of their bounds.",
    inParts(({ spec: { annotations } }, server) => knativeScalingProblem({ ...server.annotations, ...annotations })),
  ),
  error(
    'kserve/never-wakes',
    'A server without replicas wakes by requests or a query, not by what its pods would use.',
    inParts((part, facts) => {
      if (part.spec.minReplicas !== 0) return undefined;
      const wakes = metricsOf(part).some(({ type }) => type !== 'Resource');
      if (facts.mode === 'Standard' && isHpa(facts))
        return "cannot scale to zero with the horizontal pod autoscaler; keep 1 replica, or say deploymentMode: 'Knative' or autoscaler: 'keda'";
      if (hpaOnKnative(facts)) return 'cannot scale to zero with the horizontal pod autoscaler; keep 1 replica, or leave it out';
      return isKeda(facts) && !wakes
        ? 'never wakes from zero by CPU or memory, which nobody uses then; keep 1 replica, or add a query to scale by'
        : undefined;
    }),
  ),
];

function resourceProblem({ resource }: AutoScalingMetric): string | undefined {
  if (!resource) return 'scales by a resource that is not named';
  const { type, averageUtilization, averageValue } = resource.target;
  if (type === 'Utilization')
    return outside(averageUtilization ?? 0, 1, 100)
      ? `scales by ${averageUtilization} percent of the ${resource.name}, must be 1 to 100`
      : undefined;
  if (resource.name === 'cpu') return `scales by ${type} of the CPU, must be Utilization`;
  return mebibytes(averageValue) < 1
    ? `scales by ${averageValue ?? 'nothing'} of memory, must be an average of at least 1Mi`
    : undefined;
}

function kedaProblem(metric: AutoScalingMetric): string | undefined {
  if (metric.type === 'Resource') return resourceProblem(metric);
  const source = metric.type === 'External' ? metric.external : metric.podmetric;
  if (!source?.metric.query) return `scales by a metric of type ${metric.type} without a query`;
  const { value }: MetricTarget = source.target;
  return value === undefined || value === '' ? `scales by the query ${source.metric.query} without a target` : undefined;
}
