import type { MutatingWebhookConfiguration } from '../../crds-imports/admissionregistration.k8s.io';
import type { CustomResourceDefinition } from '../../crds-imports/apiextensions.k8s.io';
import type { APIService } from '../../crds-imports/apiregistration.k8s.io';
import type { StatefulSet } from '../../crds-imports/apps';
import type { HorizontalPodAutoscaler } from '../../crds-imports/autoscaling';
import type { Certificate } from '../../crds-imports/cert-manager.io';
import type { Container, PodSpec } from '../../crds-imports/core';
import type { Ingress } from '../../crds-imports/networking.k8s.io';
import type { RoleBinding } from '../../crds-imports/rbac.authorization.k8s.io';
import type { TrainJob } from '../../crds-imports/trainer.kubeflow.org';
import { groupOf } from './kind';
import { describeOf, identityOf, type Manifest } from './manifest';
import { podSpecs } from './pods';

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

function local(object: Manifest, group: string, kind: string, name: string, path: string, optional?: boolean): Reference {
  return { group, kind, namespace: object.metadata.namespace, name, path, optional };
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

/** What a TrainJob names: its runtime, and what the runtime's containers and pods get from the job. */
function trainJob(object: Manifest): Reference[] {
  const { runtimeRef, trainer = {}, initializer = {}, runtimePatches = [] } = (object as unknown as Partial<TrainJob>).spec ?? {};
  if (!runtimeRef) return [];
  const { name, kind = 'ClusterTrainingRuntime', apiGroup = 'trainer.kubeflow.org' } = runtimeRef;
  const runtime = local(object, apiGroup, kind, name, 'spec.runtimeRef');
  const named = namesIn(object);
  const pods = runtimePatches.flatMap(({ trainingRuntimeSpec }, patch) =>
    (trainingRuntimeSpec?.template?.spec?.replicatedJobs ?? []).map(({ template }, job) => ({
      path: `spec.runtimePatches[${patch}].trainingRuntimeSpec.template.spec.replicatedJobs[${job}].template.spec.template.spec`,
      spec: template?.spec?.template?.spec ?? {},
    })),
  );
  return [
    kind === 'ClusterTrainingRuntime' ? { ...runtime, namespace: undefined } : runtime,
    ...ofContainer({ name: 'node', env: trainer.env }, 'spec.trainer', named),
    ...Object.entries(initializer).flatMap(([source, { env, secretRef }]) => [
      ...ofContainer({ name: source, env }, `spec.initializer.${source}`, named),
      ...named('Secret', secretRef?.name, `spec.initializer.${source}.secretRef`),
    ]),
    // A patch with containers is found as a pod.
    ...pods
      .filter(({ spec }) => !spec.containers?.length)
      .flatMap(({ spec, path }) => ofPod(object, { ...spec, containers: [] } as PodSpec, path)),
  ];
}

type Names = (kind: string, name: string | undefined, path: string, optional?: boolean) => Reference[];

/** References to what an object names in its own namespace. */
function namesIn(object: Manifest): Names {
  return (kind, name, path, optional) => (name ? [local(object, '', kind, name, path, optional)] : []);
}

function ofPod(object: Manifest, spec: PodSpec, path: string): Reference[] {
  const named: Names = (kind, name, at, optional) => namesIn(object)(kind, name, `${path}.${at}`, optional);
  const priority = spec.priorityClassName;
  return [
    ...named('ServiceAccount', spec.serviceAccountName, 'serviceAccountName'),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }, index) => named('Secret', name, `imagePullSecrets[${index}]`)),
    ...(priority
      ? [{ group: 'scheduling.k8s.io', kind: 'PriorityClass', name: priority, path: `${path}.priorityClassName` }]
      : []),
    ...(spec.volumes ?? []).flatMap((volume, index) => {
      const at = `volumes[${index}]`;
      return [
        ...named('Secret', volume.secret?.secretName, `${at}.secret.secretName`, volume.secret?.optional),
        ...named('ConfigMap', volume.configMap?.name, `${at}.configMap.name`, volume.configMap?.optional),
        ...named('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName, `${at}.persistentVolumeClaim.claimName`),
        ...(volume.projected?.sources ?? []).flatMap(({ secret, configMap }, source) => [
          ...named('Secret', secret?.name, `${at}.projected.sources[${source}].secret.name`, secret?.optional),
          ...named('ConfigMap', configMap?.name, `${at}.projected.sources[${source}].configMap.name`, configMap?.optional),
        ]),
      ];
    }),
    ...(spec.initContainers ?? []).flatMap((container, index) => ofContainer(container, `initContainers[${index}]`, named)),
    ...(spec.containers ?? []).flatMap((container, index) => ofContainer(container, `containers[${index}]`, named)),
  ];
}

function ofContainer(container: Container, path: string, named: Names): Reference[] {
  return [
    ...(container.env ?? []).flatMap(({ valueFrom }, index) => [
      ...named(
        'Secret',
        valueFrom?.secretKeyRef?.name,
        `${path}.env[${index}].valueFrom.secretKeyRef`,
        valueFrom?.secretKeyRef?.optional,
      ),
      ...named(
        'ConfigMap',
        valueFrom?.configMapKeyRef?.name,
        `${path}.env[${index}].valueFrom.configMapKeyRef`,
        valueFrom?.configMapKeyRef?.optional,
      ),
    ]),
    ...(container.envFrom ?? []).flatMap(({ secretRef, configMapRef }, index) => [
      ...named('Secret', secretRef?.name, `${path}.envFrom[${index}].secretRef`, secretRef?.optional),
      ...named('ConfigMap', configMapRef?.name, `${path}.envFrom[${index}].configMapRef`, configMapRef?.optional),
    ]),
  ];
}
