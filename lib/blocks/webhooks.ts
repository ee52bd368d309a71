import type { MutatingWebhook, ValidatingWebhook } from '../../crds-imports/admissionregistration.k8s.io';
import { mutatingwebhookconfigurations, validatingwebhookconfigurations } from '../../crds-imports/admissionregistration.k8s.io';
import { type Volume, type VolumeMount, secrets } from '../../crds-imports/core';
import { networkpolicies } from '../../crds-imports/networking.k8s.io';
import type { Construct } from 'constructs';
import { declare, type Kind, type Resource } from '../core';
import { INJECT_CA_FROM_SECRET } from '../core/references';
import { admit, having } from './network-policy';
import { type Port, servicePort } from './port';

type Rule = NonNullable<ValidatingWebhook['rules']>[number];
type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What a webhook is asked about. */
export function on(operations: readonly Operation[], ...resources: readonly (Kind | (Resource & { readonly version: string }))[]): Rule[] {
  const rules = new Map<string, { group: string; version: string; resources: string[] }>();
  for (const { group, version, resource } of resources) {
    const rule = rules.get(`${group}/${version}`) ?? { group, version, resources: [] };
    rule.resources.push(resource);
    rules.set(`${group}/${version}`, rule);
  }
  return [...rules.values()].map((rule) => ({ apiGroups: [rule.group], apiVersions: [rule.version], resources: rule.resources, operations: [...operations] }));
}

/** Where the certificate of a webhook server comes from. */
export class WebhookCertificate {
  private constructor(
    /** Secret that the program fills; it has to exist before. */
    readonly emptySecret: string | undefined,
    /** Folder in which the program expects the certificate. */
    readonly mountPath: string | undefined,
    /** Secret from which cert-manager's CA injector reads the CA. */
    readonly caSecret: string | undefined,
  ) {}

  /** The program makes its own certificate, keeps it in a Secret that it mounts, and writes the CA bundles itself. */
  static writtenByController(secret: string, mountPath = '/tmp/k8s-webhook-server/serving-certs'): WebhookCertificate {
    return new WebhookCertificate(secret, mountPath, undefined);
  }

  /** The program makes its own CA in a Secret; cert-manager's CA injector copies it into the CA bundles. */
  static injectedFromSecret(secret: string): WebhookCertificate {
    return new WebhookCertificate(undefined, undefined, secret);
  }
}

/** One webhook of a server. Versions, side effects and the failure policy have the values that all of Kubeflow's have, unless given. */
export interface WebhookOptions {
  /** Fully qualified name: `validator.pytorchjob.training-operator.kubeflow.org`. */
  readonly name: string;
  /** Path on the server, with a leading `/`. */
  readonly path: string;
  /** What it is asked about. @see on */
  readonly rules: readonly Rule[];
  /** @default - what Kubernetes assumes for the fields that are not given */
  readonly options?: Partial<Pick<ValidatingWebhook & MutatingWebhook, 'matchPolicy' | 'timeoutSeconds' | 'namespaceSelector' | 'objectSelector' | 'failurePolicy' | 'reinvocationPolicy'>>;
}

/** The webhooks of one server. Service, certificate, configurations and network policy come from this. */
export interface Webhooks {
  /** Port of the server. */
  readonly port: Port;
  readonly certificate: WebhookCertificate;
  /**
   * Name of the webhook configurations.
   *
   * @default - the workload's name
   */
  readonly configuration?: string;
  /** @default - none */
  readonly validating?: readonly WebhookOptions[];
  /** @default - none */
  readonly mutating?: readonly WebhookOptions[];
  /**
   * Name of the NetworkPolicy that admits the API server.
   *
   * @default - the workload's name and `-webhook`
   */
  readonly policy?: string;
}

/** The workload that a webhook server runs in. */
export interface WebhookServer {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
}

/** Declares what belongs to a webhook server beside its workload and its Service. */
export function declareWebhooks(scope: Construct, server: WebhookServer, webhooks: Webhooks): void {
  const { name, namespace, labels, selector } = server;
  const { certificate, port, configuration = name, validating = [], mutating = [], policy = `${name}-webhook` } = webhooks;
  const metadata = {
    name: configuration,
    labels,
    ...(certificate.caSecret && { annotations: { [INJECT_CA_FROM_SECRET]: `${namespace}/${certificate.caSecret}` } }),
  };
  const served = servicePort(port).port;
  const webhook = ({ name: webhookName, path, rules, options }: WebhookOptions) => ({
    name: webhookName,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: port.served?.service ?? name, namespace, path, ...(served !== 443 && { port: served }) } },
    failurePolicy: 'Fail' as const,
    sideEffects: 'None' as const,
    rules,
    ...options,
  });
  if (certificate.emptySecret) declare(scope, secrets, { metadata: { name: certificate.emptySecret, namespace, labels }, type: 'Opaque' });
  if (mutating.length > 0) declare(scope, mutatingwebhookconfigurations, { metadata, webhooks: mutating.map(webhook) });
  if (validating.length > 0) declare(scope, validatingwebhookconfigurations, { metadata, webhooks: validating.map(webhook) });
  declare(scope, networkpolicies, { metadata: { name: policy, namespace, labels }, spec: admit(having(selector), [], [port.port]) });
}

/** How the workload mounts the certificate that its webhook server uses. */
export function certificateMount({ certificate }: Webhooks): { volume: Volume; mount: VolumeMount } | undefined {
  const { emptySecret, mountPath } = certificate;
  if (!emptySecret || !mountPath) return undefined;
  return {
    volume: { name: 'cert', secret: { secretName: emptySecret, defaultMode: 420 } },
    mount: { name: 'cert', mountPath, readOnly: true },
  };
}
