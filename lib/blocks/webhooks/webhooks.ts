import type { Construct } from 'constructs';
import {
  type MutatingWebhook,
  mutatingwebhookconfigurations,
  type ValidatingWebhook,
  validatingwebhookconfigurations,
} from '../../../crds-imports/admissionregistration.k8s.io';
import type { Port } from '../../contracts';
import { type DefinitionOptions, declare, type Kind, type Labels, type Resource } from '../../core';
import { servedAt, servicePort } from '../server/port';
import type { WebhookCertificate } from './webhook-certificate';

type WebhookRule = NonNullable<ValidatingWebhook['rules']>[number];
type WebhookOperation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What a webhook is asked about: some operations on some kinds. */
export function on(
  operations: readonly WebhookOperation[],
  ...kinds: readonly (Kind | (Resource & { readonly version: string }))[]
): WebhookRule[] {
  const rules = new Map<string, { group: string; version: string; resources: string[] }>();
  for (const { group, version, resource } of kinds) {
    const rule = rules.get(`${group}/${version}`) ?? { group, version, resources: [] };
    rule.resources.push(resource);
    rules.set(`${group}/${version}`, rule);
  }
  return [...rules.values()].map((rule) => ({
    apiGroups: [rule.group],
    apiVersions: [rule.version],
    resources: rule.resources,
    operations: [...operations],
  }));
}

/** One webhook of a server. Versions, side effects and failure policy are those that nearly all have; other fields as Kubernetes assumes. */
export interface Webhook extends Partial<Omit<MutatingWebhook & ValidatingWebhook, 'name' | 'clientConfig' | 'rules'>> {
  /** Fully qualified name: `validator.pytorchjob.training-operator.kubeflow.org`. */
  readonly name: string;
  /** Path on the server, with a leading `/`. */
  readonly path: string;
  /** What it is asked about. @see on */
  readonly rules: readonly WebhookRule[];
}

/** The webhooks of one configuration object. */
export interface WebhookConfiguration {
  readonly name: string;
  readonly webhooks: readonly Webhook[];
}

/** The webhooks of one server. Service, certificate and configurations come from this. */
export interface Webhooks {
  /** Port of the server. */
  readonly port: Port;
  readonly certificate: WebhookCertificate;
  /** @default - none */
  readonly validating?: readonly WebhookConfiguration[];
  /** @default - none */
  readonly mutating?: readonly WebhookConfiguration[];
}

/** The workload that a webhook server runs in. */
export interface WebhookServer {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

/** The Service that leads to a webhook server. */
export function webhookService({ port }: Webhooks, server: Pick<WebhookServer, 'name' | 'namespace'>) {
  const [at] = servedAt(port, server.name);
  return { name: at?.service ?? server.name, namespace: server.namespace, port: servicePort(port, at?.served).port };
}

/**
 * How objects get from one version of a definition to another: by the server of these webhooks.
 *
 * @param path on the server
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion
 */
export function convertedBy(
  webhooks: Webhooks,
  server: Pick<WebhookServer, 'name' | 'namespace'>,
  path = '/convert',
): DefinitionOptions {
  return {
    annotations: webhooks.certificate.annotations(server.namespace),
    conversion: {
      strategy: 'Webhook',
      webhook: { clientConfig: { service: { ...webhookService(webhooks, server), path } }, conversionReviewVersions: ['v1'] },
    },
  };
}

/** Declares what belongs to a webhook server beside its workload and its Service. */
export function declareWebhooks(scope: Construct, server: WebhookServer, webhooks: Webhooks): void {
  const { namespace, labels } = server;
  const { certificate, validating = [], mutating = [] } = webhooks;
  const service = webhookService(webhooks, server);
  const clientConfig = (path: string) => ({
    service: { name: service.name, namespace, path, ...(service.port !== 443 && { port: service.port }) },
  });
  const configuration = (of: WebhookConfiguration) => ({
    metadata: { name: of.name, labels, annotations: certificate.annotations(namespace) },
    webhooks: of.webhooks.map(({ name: webhookName, path, rules, ...rest }) => ({
      name: webhookName,
      admissionReviewVersions: ['v1'],
      clientConfig: clientConfig(path),
      failurePolicy: 'Fail' as const,
      sideEffects: 'None' as const,
      rules,
      ...rest,
    })),
  });
  certificate.declare(scope, { namespace, labels, service: service.name });
  for (const of of mutating) declare(scope, mutatingwebhookconfigurations, configuration(of));
  for (const of of validating) declare(scope, validatingwebhookconfigurations, configuration(of));
}
