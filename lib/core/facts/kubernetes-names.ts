import type { MutatingWebhookConfiguration } from '../../../crds-imports/admissionregistration.k8s.io';
import type { CustomResourceDefinition } from '../../../crds-imports/apiextensions.k8s.io';
import type { APIService } from '../../../crds-imports/apiregistration.k8s.io';
import type { StatefulSet } from '../../../crds-imports/apps';
import type { HorizontalPodAutoscaler } from '../../../crds-imports/autoscaling';
import type { ServiceAccount } from '../../../crds-imports/core';
import type { Ingress } from '../../../crds-imports/networking.k8s.io';
import type { RoleBinding } from '../../../crds-imports/rbac.authorization.k8s.io';
import { groupOf } from '../kind';
import type { Manifest } from '../manifest';
import { local, type Reference } from '../references';

interface ServiceTarget {
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number;
}

function service({ namespace, name = '', port = 443 }: ServiceTarget, path: string): Reference {
  return { group: '', kind: 'Service', namespace, name, port, path };
}

/** The Secrets of a ServiceAccount. */
export function accountSecrets(object: Manifest): Reference[] {
  const { secrets } = object as unknown as ServiceAccount;
  return (secrets ?? []).flatMap(({ name }, index) => (name ? [local(object, '', 'Secret', name, `secrets[${index}]`)] : []));
}

/** The Services through which webhooks are called. */
export function webhookServices(object: Manifest): Reference[] {
  const { webhooks = [] } = object as unknown as MutatingWebhookConfiguration;
  return webhooks.flatMap(({ clientConfig }, index) =>
    clientConfig.service ? [service(clientConfig.service, `webhooks[${index}].clientConfig.service`)] : [],
  );
}

/** The Service of the webhook that converts between the versions of a kind. */
export function conversionService(object: Manifest): Reference[] {
  const called = (object as unknown as CustomResourceDefinition).spec?.conversion?.webhook?.clientConfig?.service;
  return called ? [service(called, 'spec.conversion.webhook.clientConfig.service')] : [];
}

/** The Service of an aggregated API server. */
export function apiService(object: Manifest): Reference[] {
  const { service: serving } = (object as unknown as APIService).spec ?? {};
  return serving ? [service(serving, 'spec.service')] : [];
}

/** The Service that gives the pods of a StatefulSet their names. */
export function governingService(object: Manifest): Reference[] {
  const { serviceName } = (object as unknown as StatefulSet).spec ?? {};
  return serviceName ? [local(object, '', 'Service', serviceName, 'spec.serviceName')] : [];
}

/** What an autoscaler scales. */
export function scaled(object: Manifest): Reference[] {
  const target = (object as unknown as HorizontalPodAutoscaler).spec?.scaleTargetRef;
  return target ? [local(object, groupOf(target.apiVersion ?? ''), target.kind, target.name, 'spec.scaleTargetRef')] : [];
}

/** The Services that an Ingress leads to, and the Secrets of its hosts. */
export function ingress(object: Manifest): Reference[] {
  const { defaultBackend, rules = [], tls = [] } = (object as unknown as Ingress).spec ?? {};
  const backends = [
    { backend: defaultBackend, path: 'spec.defaultBackend' },
    ...rules.flatMap(({ http }, rule) =>
      (http?.paths ?? []).map(({ backend }, index) => ({ backend, path: `spec.rules[${rule}].http.paths[${index}].backend` })),
    ),
  ];
  return [
    ...backends.flatMap(({ backend, path }) => {
      const named = backend?.service;
      return named
        ? [{ ...local(object, '', 'Service', named.name, `${path}.service`), port: named.port?.number ?? named.port?.name }]
        : [];
    }),
    // An issuer may be named in an annotation and writes the Secret then.
    ...tls.flatMap(({ secretName }, index) =>
      secretName ? [local(object, '', 'Secret', secretName, `spec.tls[${index}].secretName`, true)] : [],
    ),
  ];
}

/** The role of a binding, and its ServiceAccounts. */
export function binding(object: Manifest): Reference[] {
  const { roleRef, subjects = [] } = object as unknown as RoleBinding;
  const role = local(object, 'rbac.authorization.k8s.io', roleRef.kind, roleRef.name, 'roleRef');
  return [
    roleRef.kind === 'ClusterRole' ? { ...role, namespace: undefined } : role,
    ...subjects.flatMap(({ kind, name, namespace }, index) =>
      kind === 'ServiceAccount'
        ? [{ group: '', kind, namespace: namespace ?? object.metadata.namespace, name, path: `subjects[${index}]` }]
        : [],
    ),
  ];
}
