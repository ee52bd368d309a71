import type { MutatingWebhookConfiguration } from '../../crds-imports/admissionregistration.k8s.io';
import type { CustomResourceDefinition } from '../../crds-imports/apiextensions.k8s.io';
import type { APIService } from '../../crds-imports/apiregistration.k8s.io';
import type { StatefulSet } from '../../crds-imports/apps';
import type { HorizontalPodAutoscaler } from '../../crds-imports/autoscaling';
import type { Certificate } from '../../crds-imports/cert-manager.io';
import type { ServiceAccount } from '../../crds-imports/core';
import type { Ingress } from '../../crds-imports/networking.k8s.io';
import type { RoleBinding } from '../../crds-imports/rbac.authorization.k8s.io';
import { groupOf } from './kind';
import { local, ofPod } from './local-references';
import { describeOf, identityOf, type Manifest } from './manifest';
import { podSpecs } from './pods';
import { servedModels, trainJob } from './workload-references';

/** That one object names another one, which must be there for it to work. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  /** Undefined for a cluster-scoped object. */
  readonly namespace?: string;
  readonly name: string;
  /** Field path of the name. */
  readonly path: string;
  /** Port of a Service, by number or name. */
  readonly port?: number | string;
  /** The object works without what it names; nothing is missing then. */
  readonly optional?: boolean;
}

/** Identity of what a reference names. */
export function target(reference: Reference): string {
  return identityOf(reference.group, reference.kind, reference.namespace, reference.name);
}

/** How messages name what a reference names. */
export function describeTarget(reference: Reference): string {
  return (
    describeOf(reference.kind, reference.namespace, reference.name) +
    (reference.port === undefined ? '' : ` port ${reference.port}`)
  );
}

/** A reference to the definition of a custom kind. @param path what needs it, as the beginning of a sentence */
export function definitionReference(definition: string, path: string): Reference {
  return { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name: definition, path };
}

type Reader = (object: Manifest) => Reference[];

/** Annotations of cert-manager that name where a CA bundle comes from, as `namespace/name`. */
export const INJECT_CA_FROM = 'cert-manager.io/inject-ca-from';
export const INJECT_CA_FROM_SECRET = 'cert-manager.io/inject-ca-from-secret';

/** What objects of a kind name, by `group|kind`. Pod specs and namespaces are read from every kind. */
const READERS: Readonly<Record<string, Reader>> = {
  '|ServiceAccount': (object) =>
    ((object as unknown as ServiceAccount).secrets ?? []).flatMap(({ name }, index) =>
      name ? [local(object, '', 'Secret', name, `secrets[${index}]`)] : [],
    ),
  'admissionregistration.k8s.io|MutatingWebhookConfiguration': webhookServices,
  'admissionregistration.k8s.io|ValidatingWebhookConfiguration': webhookServices,
  'apiextensions.k8s.io|CustomResourceDefinition': conversionService,
  'apiregistration.k8s.io|APIService': (object) => {
    const { service } = (object as unknown as APIService).spec ?? {};
    return service ? [serviceReference(service, 'spec.service')] : [];
  },
  'apps|StatefulSet': (object) => {
    const { serviceName } = (object as unknown as StatefulSet).spec ?? {};
    return serviceName ? [local(object, '', 'Service', serviceName, 'spec.serviceName')] : [];
  },
  'autoscaling|HorizontalPodAutoscaler': (object) => {
    const scaled = (object as unknown as HorizontalPodAutoscaler).spec?.scaleTargetRef;
    return scaled ? [local(object, groupOf(scaled.apiVersion ?? ''), scaled.kind, scaled.name, 'spec.scaleTargetRef')] : [];
  },
  'cert-manager.io|Certificate': (object) => {
    const issuer = (object as unknown as Certificate).spec?.issuerRef;
    // Other groups are issuers of other products.
    if (!issuer || (issuer.group ?? 'cert-manager.io') !== 'cert-manager.io') return [];
    const kind = issuer.kind ?? 'Issuer';
    const reference = local(object, 'cert-manager.io', kind, issuer.name, 'spec.issuerRef');
    return [kind === 'ClusterIssuer' ? { ...reference, namespace: undefined } : reference];
  },
  'networking.k8s.io|Ingress': ingressBackends,
  'rbac.authorization.k8s.io|ClusterRoleBinding': binding,
  'rbac.authorization.k8s.io|RoleBinding': binding,
  'serving.kserve.io|InferenceService': servedModels,
  'trainer.kubeflow.org|TrainJob': trainJob,
};

/** Everything that a well-formed object names. */
export function references(object: Manifest): Reference[] {
  const { namespace } = object.metadata;
  return [
    ...(namespace ? [{ group: '', kind: 'Namespace', name: namespace, path: 'metadata.namespace' }] : []),
    ...annotated(object),
    ...(READERS[`${groupOf(object.apiVersion)}|${object.kind}`]?.(object) ?? []),
    ...podSpecs(object).flatMap(({ path, spec }) => ofPod(object, spec, path)),
  ];
}

interface ServiceTarget {
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number;
}

function serviceReference({ namespace, name = '', port = 443 }: ServiceTarget, path: string): Reference {
  return { group: '', kind: 'Service', namespace, name, port, path };
}

function annotated(object: Manifest): Reference[] {
  const kinds = [
    [INJECT_CA_FROM, 'cert-manager.io', 'Certificate', false],
    [INJECT_CA_FROM_SECRET, '', 'Secret', true],
  ] as const;
  return kinds.flatMap(([annotation, group, kind, optional]) => {
    const [namespace, name] = object.metadata.annotations?.[annotation]?.split('/') ?? [];
    return namespace && name ? [{ group, kind, namespace, name, path: `metadata.annotations["${annotation}"]`, optional }] : [];
  });
}

function webhookServices(object: Manifest): Reference[] {
  const { webhooks = [] } = object as unknown as MutatingWebhookConfiguration;
  return webhooks.flatMap(({ clientConfig }, index) =>
    clientConfig.service ? [serviceReference(clientConfig.service, `webhooks[${index}].clientConfig.service`)] : [],
  );
}

function conversionService(object: Manifest): Reference[] {
  const service = (object as unknown as CustomResourceDefinition).spec?.conversion?.webhook?.clientConfig?.service;
  return service ? [serviceReference(service, 'spec.conversion.webhook.clientConfig.service')] : [];
}

function ingressBackends(object: Manifest): Reference[] {
  const { defaultBackend, rules = [], tls = [] } = (object as unknown as Ingress).spec ?? {};
  const backends = [
    { backend: defaultBackend, path: 'spec.defaultBackend' },
    ...rules.flatMap(({ http }, rule) =>
      (http?.paths ?? []).map(({ backend }, index) => ({ backend, path: `spec.rules[${rule}].http.paths[${index}].backend` })),
    ),
  ];
  return [
    ...backends.flatMap(({ backend, path }) => {
      const service = backend?.service;
      return service
        ? [{ ...local(object, '', 'Service', service.name, `${path}.service`), port: service.port?.number ?? service.port?.name }]
        : [];
    }),
    // An issuer may be named in an annotation and writes the Secret then.
    ...tls.flatMap(({ secretName }, index) =>
      secretName ? [local(object, '', 'Secret', secretName, `spec.tls[${index}].secretName`, true)] : [],
    ),
  ];
}

function binding(object: Manifest): Reference[] {
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
