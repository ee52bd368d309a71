import type { Service, ServicePort, ServiceSpec } from '../../../crds-imports/core';
import { DNS_LABEL, DNS_SUBDOMAIN } from '../names';
import type { Field } from './field';
import { port, portNumber } from './ports';
import { labels } from './selectors';
import { CIDR, IP_ADDRESS, labelKey } from './texts';

/** The longest session that a Service keeps, in seconds. */
const DAY = 86400;

/** A Service. */
export function service(field: Field, { spec }: Service): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  const at = field.at('spec');
  const { type = 'ClusterIP', clusterIP } = spec;
  const isHeadless = clusterIP === 'None';
  if (!spec.ports?.length && !isHeadless && type !== 'ExternalName') at.at('ports').say('must have at least one');
  ports(at, spec, isHeadless);
  labels(at, 'selector', spec.selector);
  address(at, spec, type);
  if (type === 'ExternalName') {
    at.required('externalName', spec.externalName ?? '');
    if (spec.externalName) at.text('externalName', spec.externalName.replace(/\.$/, ''), DNS_SUBDOMAIN);
  }
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (spec.sessionAffinity !== 'ClientIP') {
    if (spec.sessionAffinityConfig) at.at('sessionAffinityConfig').say('needs the sessionAffinity "ClientIP"');
  } else at.at('sessionAffinityConfig').at('clientIP').number('timeoutSeconds', timeout, 1, DAY);
  outside(at, spec, type);
}

function ports(field: Field, { ports: list, type }: ServiceSpec, isHeadless: boolean): void {
  const [names, numbers] = [new Set<string>(), new Set<string>()];
  field.each('ports', list, (one, at) => {
    if (one.name) at.text('name', one.name, DNS_LABEL);
    else if ((list?.length ?? 0) > 1) at.at('name').say('is required where there are several ports');
    at.at('name').once(names, one.name || undefined, () => `repeats ${JSON.stringify(one.name)}`);
    portNumber(at, 'port', one.port);
    at.once(numbers, `${one.port} ${protocol(one)}`, () => `repeats the port ${one.port} (${protocol(one)})`);
    if (one.targetPort !== 0 && one.targetPort !== '') port(at, 'targetPort', one.targetPort);
    if (one.appProtocol !== undefined) labelKey(at, 'appProtocol', one.appProtocol);
    if (one.nodePort && (type === undefined || type === 'ClusterIP' || type === 'ExternalName'))
      at.at('nodePort').must('be left out, unless the type is "NodePort" or "LoadBalancer"', one.nodePort);
    if (one.nodePort && isHeadless) at.at('nodePort').must('be left out when the clusterIP is "None"', one.nodePort);
  });
}

function protocol({ protocol = 'TCP' }: ServicePort): string {
  return protocol;
}

function address(field: Field, { clusterIP, clusterIPs, externalIPs }: ServiceSpec, type: string): void {
  if (clusterIP && type === 'ExternalName') field.at('clusterIP').must('be left out when the type is "ExternalName"', clusterIP);
  else if (clusterIP === 'None' && type !== 'ClusterIP')
    field.at('clusterIP').must(`not be "None" when the type is "${type}"`, clusterIP);
  else if (clusterIP && clusterIP !== 'None') field.text('clusterIP', clusterIP, IP_ADDRESS);
  if (clusterIPs?.length && clusterIPs[0] !== clusterIP) field.at('clusterIPs').say('must begin with the clusterIP');
  field.texts('externalIPs', externalIPs, IP_ADDRESS);
}

function outside(field: Field, spec: ServiceSpec, type: string): void {
  const isBalanced = type === 'LoadBalancer';
  field.texts(
    'loadBalancerSourceRanges',
    spec.loadBalancerSourceRanges?.map((range) => range.trim()),
    CIDR,
  );
  for (const name of ['loadBalancerSourceRanges', 'loadBalancerClass', 'allocateLoadBalancerNodePorts'] as const) {
    const value = spec[name];
    if (!isBalanced && (Array.isArray(value) ? value.length > 0 : value !== undefined))
      field.at(name).say('is for the type "LoadBalancer" only');
  }
  const isReached = isBalanced || type === 'NodePort' || (type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);
  if (spec.externalTrafficPolicy && !isReached)
    field
      .at('externalTrafficPolicy')
      .must('be left out, unless the type is "NodePort" or "LoadBalancer"', spec.externalTrafficPolicy);
  if (spec.healthCheckNodePort && !(isBalanced && spec.externalTrafficPolicy === 'Local'))
    field
      .at('healthCheckNodePort')
      .must('be left out, unless a "LoadBalancer" has the externalTrafficPolicy "Local"', spec.healthCheckNodePort);
}
