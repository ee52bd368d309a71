import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  RuleWithOperations,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from '../../../crds-imports/admissionregistration.k8s.io';
import { DNS_SUBDOMAIN } from '../names';
import { type Field, fits } from './field';
import { portNumber } from './ports';
import { selector } from './selectors';

/** What the API server calls when objects are written. */
export function webhookConfiguration(
  field: Field,
  { webhooks }: MutatingWebhookConfiguration | ValidatingWebhookConfiguration,
): void {
  const names = new Set<string>();
  field.each<MutatingWebhook | ValidatingWebhook>('webhooks', webhooks, (one, at) => {
    if (one.name.split('.').length < 3 || !fits(one.name, DNS_SUBDOMAIN))
      at.at('name').must('be a DNS name of at least three parts, such as pods.webhook.example.com', one.name);
    at.at('name').once(names, one.name, () => `repeats ${JSON.stringify(one.name)}`);
    webhook(at, one);
  });
}

function webhook(field: Field, one: MutatingWebhook | ValidatingWebhook): void {
  if (one.sideEffects !== 'None' && one.sideEffects !== 'NoneOnDryRun')
    field.at('sideEffects').must('be "None" or "NoneOnDryRun"', one.sideEffects);
  field.number('timeoutSeconds', one.timeoutSeconds, 1, 30);
  if (!one.admissionReviewVersions.some((version) => version === 'v1' || version === 'v1beta1'))
    field.at('admissionReviewVersions').say('must have "v1"');
  const versions = new Set<string>();
  field.each('admissionReviewVersions', one.admissionReviewVersions, (version, at) =>
    at.once(versions, version, () => `repeats ${JSON.stringify(version)}`),
  );
  selector(field, 'namespaceSelector', one.namespaceSelector);
  selector(field, 'objectSelector', one.objectSelector);
  field.each('rules', one.rules, rule);
  const client = field.at('clientConfig');
  const { url, service } = one.clientConfig;
  client.oneOf(one.clientConfig, ['url', 'service']);
  if (url !== undefined && !isSecure(url)) client.at('url').must('be https:// and a host, without user, query and fragment', url);
  if (!service) return;
  const at = client.at('service');
  at.required('name', service.name);
  at.required('namespace', service.namespace);
  portNumber(at, 'port', service.port);
  if (service.path !== undefined && !service.path.startsWith('/')) at.at('path').must('begin with "/"', service.path);
}

function rule({ operations, apiGroups, apiVersions, resources }: RuleWithOperations, field: Field): void {
  for (const [name, list] of Object.entries({ operations, apiGroups, apiVersions, resources })) {
    const at = field.at(name);
    if (!list?.length) at.say('must have at least one');
    else if (list.length > 1 && list.includes('*') && name !== 'resources') at.say('has "*", must have nothing else then');
    if (name !== 'apiGroups')
      list?.forEach((one, index) => {
        if (one === '') at.at(index).say('is empty');
      });
  }
  if ((resources?.length ?? 0) > 1 && resources?.includes('*/*'))
    field.at('resources').say('has "*/*", must have nothing else then');
}

function isSecure(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password, search, hash } = new URL(url);
  return protocol === 'https:' && host !== '' && [username, password, search, hash].every((part) => part === '');
}
