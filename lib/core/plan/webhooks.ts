import type { MutatingWebhookConfiguration } from '../../../crds-imports/admissionregistration.k8s.io';
import { groupOf, type Scope, versionOf } from '../kind';
import { type Labels, selects } from '../labels';
import { identityOf, type Manifest } from '../manifest';
import type { ModelIndex } from '../model-index';

type Webhook = NonNullable<MutatingWebhookConfiguration['webhooks']>[number];

/** A webhook of the model that can refuse or change what is created. */
export interface AdmissionWebhook {
  readonly configuration: Manifest;
  readonly webhook: Webhook;
  readonly mutating: boolean;
  /** Creation fails when nobody answers. */
  readonly failsClosed: boolean;
}

/** What is created: a resource in a namespace, with labels. */
export interface Creation {
  /** How messages name it. */
  readonly what: string;
  readonly apiVersion: string;
  readonly plural: string;
  readonly scope: Scope;
  readonly namespace?: string;
  readonly labels: Labels;
}

/** The webhooks of a model, in the order of its objects. */
export function admissionWebhooks(objects: readonly Manifest[]): AdmissionWebhook[] {
  return objects.filter(isWebhookConfiguration).flatMap((configuration) =>
    ((configuration as unknown as MutatingWebhookConfiguration).webhooks ?? []).map((webhook) => ({
      configuration,
      webhook,
      mutating: configuration.kind === 'MutatingWebhookConfiguration',
      failsClosed: webhook.failurePolicy !== 'Ignore',
    })),
  );
}

/** Whether an object configures admission webhooks; the API server never sends such an object to one. */
export function isWebhookConfiguration(object: Manifest): boolean {
  return groupOf(object.apiVersion) === 'admissionregistration.k8s.io' && object.kind.endsWith('WebhookConfiguration');
}

/** Whether a webhook's rules name what is created. Independent of namespace and labels, so the answer holds for a kind. */
export function rulesMatch(webhook: Webhook, { apiVersion, plural, scope }: Creation): boolean {
  const group = groupOf(apiVersion);
  const version = versionOf(apiVersion);
  return (webhook.rules ?? []).some(
    (rule) =>
      has(rule.operations, 'CREATE') &&
      has(rule.apiGroups, group) &&
      // Under the policy Equivalent, the default, any version of the same resource is converted and matched.
      (has(rule.apiVersions, version) || webhook.matchPolicy !== 'Exact') &&
      (has(rule.resources, plural) || rule.resources?.includes('*/*') === true) &&
      (!rule.scope || rule.scope === '*' || rule.scope === scope),
  );
}

/** Whether a webhook's selectors let it see what is created. Conditions in CEL are taken to be true. */
export function selectorsMatch(webhook: Webhook, creation: Creation, index: ModelIndex): boolean {
  if (!selects(webhook.objectSelector, creation.labels)) return false;
  return !creation.namespace || selects(webhook.namespaceSelector, namespaceLabels(creation.namespace, index));
}

/** The labels of a namespace: the model's own, and the one that every namespace has. */
export function namespaceLabels(name: string, index: ModelIndex): Labels {
  const labels = index.get(identityOf('', 'Namespace', undefined, name))?.metadata.labels;
  return { ...labels, 'kubernetes.io/metadata.name': name };
}

function has(list: readonly string[] | undefined, value: string): boolean {
  return list?.includes('*') === true || list?.includes(value) === true;
}
