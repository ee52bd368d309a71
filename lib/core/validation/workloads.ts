import type { DaemonSet, DaemonSetSpec, Deployment, DeploymentSpec, ReplicaSet, StatefulSet } from '../../../crds-imports/apps';
import type { PodTemplateSpec } from '../../../crds-imports/core';
import type { LabelSelector } from '../../../crds-imports/meta';
import { DNS_LABEL } from '../names';
import { claimSpec } from './claims';
import type { Field } from './field';
import { intOrPercent, isNothing } from './int-or-percent';
import { pod } from './pods';
import { matches, selector } from './selectors';

/** Longer than anybody waits for a rollout, and Kubernetes' own value. */
const PROGRESS_DEADLINE = 600;

/** A Deployment. */
export function deployment(field: Field, { spec }: Deployment): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  const at = field.at('spec');
  counts(at, spec);
  always(at, spec);
  const { progressDeadlineSeconds = PROGRESS_DEADLINE, minReadySeconds = 0 } = spec;
  if (progressDeadlineSeconds <= minReadySeconds)
    at.at('progressDeadlineSeconds').must(`be more than minReadySeconds, ${minReadySeconds}`, progressDeadlineSeconds);
  strategy(at.at('strategy'), spec.strategy ?? {});
}

function strategy(field: Field, { type = 'RollingUpdate', rollingUpdate }: NonNullable<DeploymentSpec['strategy']>): void {
  if (!rollingUpdate) return;
  const at = field.at('rollingUpdate');
  if (type === 'Recreate') {
    at.say('is for the type "RollingUpdate" only');
    return;
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate;
  intOrPercent(at, 'maxSurge', maxSurge);
  intOrPercent(at, 'maxUnavailable', maxUnavailable, 100);
  if (isNothing(maxSurge) && isNothing(maxUnavailable))
    at.at('maxUnavailable').say(`is ${maxUnavailable}, must not be 0 when maxSurge is 0`);
}

/** A ReplicaSet. */
export function replicaSet(field: Field, { spec }: ReplicaSet): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  counts(field.at('spec'), spec);
  if (!spec.template) field.at('spec').at('template').say('is required');
  else always(field.at('spec'), { ...spec, template: spec.template });
}

/** A StatefulSet. */
export function statefulSet(field: Field, { spec }: StatefulSet): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  const at = field.at('spec');
  counts(at, spec);
  if (spec.serviceName) at.text('serviceName', spec.serviceName, DNS_LABEL);
  at.at('ordinals').number('start', spec.ordinals?.start, 0);
  const { type = 'RollingUpdate', rollingUpdate } = spec.updateStrategy ?? {};
  if (type === 'OnDelete' && rollingUpdate)
    at.at('updateStrategy').at('rollingUpdate').say('is for the type "RollingUpdate" only');
  at.at('updateStrategy').at('rollingUpdate').number('partition', rollingUpdate?.partition, 0);
  at.each('volumeClaimTemplates', spec.volumeClaimTemplates, (claim, one) => {
    if (claim.spec) claimSpec(one.as('claim').at('spec'), claim.spec);
    else one.at('spec').say('is required');
  });
  always(
    at,
    spec,
    (spec.volumeClaimTemplates ?? []).flatMap(({ metadata }) => metadata.name ?? []),
  );
}

/** A DaemonSet. */
export function daemonSet(field: Field, { spec }: DaemonSet): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  const at = field.at('spec');
  counts(at, spec);
  always(at, spec);
  rolling(at.at('updateStrategy'), spec.updateStrategy ?? {});
}

function rolling(field: Field, { type = 'RollingUpdate', rollingUpdate }: NonNullable<DaemonSetSpec['updateStrategy']>): void {
  if (!rollingUpdate || type !== 'RollingUpdate') return;
  const at = field.at('rollingUpdate');
  const { maxSurge = 0, maxUnavailable = 1 } = rollingUpdate;
  intOrPercent(at, 'maxSurge', maxSurge, 100);
  intOrPercent(at, 'maxUnavailable', maxUnavailable, 100);
  if (isNothing(maxSurge) === isNothing(maxUnavailable))
    at.say(`has the maxSurge ${maxSurge} and the maxUnavailable ${maxUnavailable}, one of which, and only one, must be 0`);
}

function counts(field: Field, spec: { replicas?: number; minReadySeconds?: number; revisionHistoryLimit?: number }): void {
  for (const name of ['replicas', 'minReadySeconds', 'revisionHistoryLimit'] as const) field.number(name, spec[name], 0);
}

/** Pods that are always there. @param volumes that the controller adds to them */
function always(
  field: Field,
  spec: { selector: LabelSelector; template: PodTemplateSpec },
  volumes: readonly string[] = [],
): void {
  selector(field, 'selector', spec.selector);
  const { matchLabels = {}, matchExpressions = [] } = spec.selector;
  const { template } = spec;
  const found = template.metadata?.labels ?? {};
  if (Object.keys(matchLabels).length + matchExpressions.length === 0)
    field.at('selector').say('is empty, must choose the pods of the template');
  else if (!matches(spec.selector, found))
    field.at('selector').say(`does not match the labels of the template, ${JSON.stringify(found)}; no pod would be its own`);
  const at = field.at('template').at('spec');
  if (!template.spec) {
    at.say('is required');
    return;
  }
  pod(at, template.spec, volumes);
  const { restartPolicy = 'Always', activeDeadlineSeconds } = template.spec;
  if (restartPolicy !== 'Always') at.at('restartPolicy').must('be "Always"', restartPolicy);
  if (activeDeadlineSeconds !== undefined)
    at.at('activeDeadlineSeconds').must('be left out: these pods do not end', activeDeadlineSeconds);
}
