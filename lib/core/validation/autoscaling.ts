import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec, MetricTarget } from '../../../crds-imports/autoscaling';
import { PATH_SEGMENT } from '../names';
import type { Field } from './field';
import { quantity } from './quantities';

const SOURCES: Readonly<Record<string, keyof MetricSpec>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

/** How a workload scales. */
export function horizontalPodAutoscaler(field: Field, { spec }: HorizontalPodAutoscaler): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  const at = field.at('spec');
  at.number('minReplicas', spec.minReplicas, 1);
  at.number('maxReplicas', spec.maxReplicas, 1);
  if (spec.maxReplicas >= 1 && spec.maxReplicas < (spec.minReplicas ?? 1))
    at.at('maxReplicas').must(`be at least minReplicas, ${spec.minReplicas}`, spec.maxReplicas);
  const { kind, name } = spec.scaleTargetRef;
  for (const [key, value] of Object.entries({ kind, name })) {
    if (value === '') at.at('scaleTargetRef').at(key).say('is required');
    else if (!PATH_SEGMENT.pattern.test(value)) at.at('scaleTargetRef').at(key).must('have no "/" and no "%"', value);
  }
  at.each('metrics', spec.metrics, metric);
  const { scaleUp, scaleDown } = spec.behavior ?? {};
  if (scaleUp) scaling(at.at('behavior').at('scaleUp'), scaleUp);
  if (scaleDown) scaling(at.at('behavior').at('scaleDown'), scaleDown);
}

function metric(spec: MetricSpec, field: Field): void {
  const wanted = SOURCES[spec.type];
  if (!wanted) {
    field.at('type').must(`be one of ${Object.keys(SOURCES).join(', ')}`, spec.type);
    return;
  }
  for (const source of Object.values(SOURCES)) {
    if (source !== wanted && spec[source]) field.at(source).say(`is not for the type "${spec.type}"`);
    if (source === wanted && !spec[source]) field.at(source).say(`is required by the type "${spec.type}"`);
  }
  for (const source of ['resource', 'containerResource'] as const) {
    const one = spec[source];
    if (!one) continue;
    const at = field.at(source);
    if (one.name === '') at.at('name').say('is required');
    target(at.at('target'), one.target);
    at.at('target').oneOf(one.target, ['averageUtilization', 'averageValue']);
  }
}

function target(field: Field, { averageUtilization, averageValue, value }: MetricTarget): void {
  field.number('averageUtilization', averageUtilization, 1);
  for (const [name, amount] of Object.entries({ averageValue, value })) {
    const parsed = quantity(amount);
    if (parsed !== undefined && parsed <= 0n) field.at(name).must('be more than 0', amount);
  }
}

function scaling(field: Field, { stabilizationWindowSeconds, policies }: HPAScalingRules): void {
  field.number('stabilizationWindowSeconds', stabilizationWindowSeconds, 0, 3600);
  if (policies?.length === 0) field.at('policies').say('must have at least one');
  field.each('policies', policies, ({ value, periodSeconds }, at) => {
    at.number('value', value, 1);
    at.number('periodSeconds', periodSeconds, 1, 1800);
  });
}
