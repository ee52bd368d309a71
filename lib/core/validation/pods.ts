import type { PodSpec } from '../../../crds-imports/core';
import { DNS_LABEL, DNS_SUBDOMAIN } from '../names';
import { affinity } from './affinity';
import { containers } from './containers';
import type { Field } from './field';
import { podPorts } from './ports';
import { resources } from './resources';
import { podSecurityContext } from './security-context';
import { IP_ADDRESS, labelKey } from './texts';
import { tolerations } from './tolerations';
import { topology } from './topology';
import { volumes } from './volumes';

const LONGEST_DEADLINE = 2 ** 31 - 1;

/**
 * A pod, wherever it stands.
 *
 * @param given names of volumes that a controller adds
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
 */
export function pod(field: Field, spec: PodSpec, given: readonly string[] = []): void {
  const own = field.as('pod');
  const names = volumes(field.as('volume'), spec.volumes);
  for (const name of given) names.add(name);
  containers(field.as('container'), spec, names);
  podPorts(field.as('port'), spec);
  tolerations(field.as('toleration'), spec);
  topology(field.as('topology-spread'), spec);
  if (spec.affinity) affinity(field.as('affinity').at('affinity'), spec.affinity);
  if (spec.securityContext) podSecurityContext(field.as('security-context').at('securityContext'), spec.securityContext, spec);
  if (spec.resources) resources(field.as('resource').at('resources'), spec.resources);
  if (spec.overhead) resources(field.as('resource'), { limits: spec.overhead });
  lookups(own, spec);
  network(own, spec);
  own.number('activeDeadlineSeconds', spec.activeDeadlineSeconds, 1, LONGEST_DEADLINE);
  own.number('terminationGracePeriodSeconds', spec.terminationGracePeriodSeconds, 0);
  own.each('readinessGates', spec.readinessGates, ({ conditionType }, at) => labelKey(at, 'conditionType', conditionType));
}

/** Names of other objects. */
function lookups(field: Field, spec: PodSpec): void {
  for (const name of ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'] as const)
    if (spec[name]) field.text(name, spec[name], DNS_SUBDOMAIN);
  if (spec.runtimeClassName === '') field.at('runtimeClassName').must(`be ${DNS_SUBDOMAIN.allowed}`, '');
  field.each('imagePullSecrets', spec.imagePullSecrets, ({ name }, at) => {
    if (!name) at.at('name').warn('nameless-pull-secret', 'is empty: no credential is looked up');
    else at.text('name', name, DNS_SUBDOMAIN);
  });
  const gates = new Set<string>();
  field.each('schedulingGates', spec.schedulingGates, ({ name }, at) => {
    labelKey(at, 'name', name);
    at.at('name').once(gates, name, () => `repeats ${JSON.stringify(name)}`);
  });
}

/** How it is called, and what it finds in the network. */
function network(field: Field, spec: PodSpec): void {
  if (spec.hostname) field.text('hostname', spec.hostname, DNS_LABEL);
  if (spec.subdomain) field.text('subdomain', spec.subdomain, DNS_LABEL);
  field.each('hostAliases', spec.hostAliases, ({ ip, hostnames }, at) => {
    at.text('ip', ip, IP_ADDRESS);
    at.texts('hostnames', hostnames, DNS_SUBDOMAIN);
  });
  const { nameservers, options } = spec.dnsConfig ?? {};
  const at = field.at('dnsConfig');
  if (spec.dnsPolicy === 'None' && !nameservers?.length)
    at.at('nameservers').say('must have at least one when the dnsPolicy is "None"');
  if (nameservers && nameservers.length > 3) at.at('nameservers').say(`has ${nameservers.length}, must have at most 3`);
  at.texts('nameservers', nameservers, IP_ADDRESS);
  at.each('options', options, ({ name }, option) => option.required('name', name || ''));
  if (spec.shareProcessNamespace && spec.hostPID)
    field.at('shareProcessNamespace').say('is true beside hostPID, only one of which is allowed');
  if (spec.hostUsers === false)
    for (const name of ['hostNetwork', 'hostPID', 'hostIPC'] as const)
      if (spec[name]) field.at(name).say('is true, which hostUsers: false does not allow');
}
