import type { HTTPIngressPath, Ingress, IngressBackend } from '../../../crds-imports/networking.k8s.io';
import { DNS_1035_LABEL, DNS_SUBDOMAIN, type NameRule } from '../names';
import type { Field } from './field';
import { portNumber } from './ports';
import { IP_ADDRESS, PORT_NAME } from './texts';

const HOST: NameRule = {
  pattern: /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  length: 253,
  allowed: `"*." and a DNS name, or ${DNS_SUBDOMAIN.allowed}`,
};

/** An Ingress. */
export function ingress(field: Field, { spec }: Ingress): void {
  const at = field.at('spec');
  if (!spec?.rules?.length && !spec?.defaultBackend) at.say('must have rules or a defaultBackend');
  if (!spec) return;
  if (spec.defaultBackend) backend(at.at('defaultBackend'), spec.defaultBackend);
  at.each('rules', spec.rules, ({ host, http }, rule) => {
    if (host && IP_ADDRESS.pattern.test(host)) rule.at('host').must('be a DNS name rather than an IP address', host);
    else if (host) rule.text('host', host, HOST);
    if (http?.paths.length === 0) rule.at('http').at('paths').say('must have at least one');
    rule.at('http').each('paths', http?.paths, path);
  });
  at.each('tls', spec.tls, ({ hosts, secretName }, one) => {
    one.texts('hosts', hosts, HOST);
    if (secretName) one.text('secretName', secretName, DNS_SUBDOMAIN);
  });
  at.text('ingressClassName', spec.ingressClassName, DNS_SUBDOMAIN);
}

function path({ path: text = '', pathType, backend: behind }: HTTPIngressPath, field: Field): void {
  const isFree = pathType === 'ImplementationSpecific';
  if (!text.startsWith('/') && !(isFree && text === '')) field.at('path').must('begin with "/"', text);
  else if (!isFree && /\/\/|\/\.\.?(\/|$)|%2f/i.test(text))
    field.at('path').must('have neither "//", "/./", "/../" nor "%2f"', text);
  backend(field.at('backend'), behind);
}

function backend(field: Field, one: IngressBackend): void {
  if (field.oneOf(one, ['service', 'resource']) !== 1 || !one.service) return;
  const at = field.at('service');
  if (one.service.name === '') at.at('name').say('is required');
  else at.text('name', one.service.name, DNS_1035_LABEL);
  const { name, number } = one.service.port ?? {};
  if (name && number) at.at('port').say('has a name and a number, only one of which is allowed');
  else if (name) at.at('port').text('name', name, PORT_NAME);
  else if (number) portNumber(at.at('port'), 'number', number);
  else at.at('port').say('must have a name or a number');
}
