import type { MutatingWebhook } from '../../crds-imports/admissionregistration.k8s.io';
import type { CustomResourceDefinition } from '../../crds-imports/apiextensions.k8s.io';
import type { ServicePort } from '../../crds-imports/core';
import type { Manifest } from '../../lib/core';

// Finished objects as anybody writes them, in the namespace `team` where nothing else is said.

type Labels = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, unknown>>;

const NAMESPACE = 'team';

export function manifest(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | undefined,
  fields: Fields = {},
): Manifest {
  return { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) }, ...fields };
}

/** The same object with labels. */
export function labelled(object: Manifest, labels: Labels): Manifest {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...labels } } };
}

/** The same object with annotations. */
export function annotated(object: Manifest, annotations: Labels): Manifest {
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } } };
}

export const namespace = (name = NAMESPACE, labels?: Labels): Manifest => {
  const object = manifest('v1', 'Namespace', name, undefined);
  return labels ? labelled(object, labels) : object;
};

export const configMap = (name: string, inside = NAMESPACE, data: Labels = {}): Manifest =>
  manifest('v1', 'ConfigMap', name, inside, { data });

export const secret = (name: string, inside = NAMESPACE): Manifest => manifest('v1', 'Secret', name, inside);

export const serviceAccount = (name: string, inside = NAMESPACE): Manifest => manifest('v1', 'ServiceAccount', name, inside);

export const service = (
  name: string,
  options: { namespace?: string; selector?: Labels; ports?: readonly ServicePort[] } = {},
): Manifest => {
  const { namespace: inside = NAMESPACE, selector = { app: name }, ports = [{ port: 443 }] } = options;
  return manifest('v1', 'Service', name, inside, { spec: { selector, ports } });
};

export interface WorkloadOptions {
  readonly namespace?: string;
  /** Labels of the pods, besides `app`. */
  readonly labels?: Labels;
  /** Further fields of the pod. */
  readonly pod?: Fields;
  /** Further fields of the container. */
  readonly container?: Fields;
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly spec?: Fields;
}

/** A Deployment whose pods have the label `app` with its name. */
export const workload = (name: string, options: WorkloadOptions = {}): Manifest => {
  const { namespace: inside = NAMESPACE, labels, pod, container, kind = 'Deployment', spec } = options;
  return manifest('apps/v1', kind, name, inside, {
    spec: {
      ...spec,
      selector: { matchLabels: { app: name } },
      template: podTemplate(name, { labels, pod, container }),
    },
  });
};

export const podTemplate = (
  app: string,
  { labels, pod, container }: Pick<WorkloadOptions, 'labels' | 'pod' | 'container'> = {},
): Fields => ({
  metadata: { labels: { app, ...labels } },
  spec: { ...pod, containers: [{ name: 'main', image: 'example.com/image:1', ...container }] },
});

export interface DefinitionOptions {
  readonly group?: string;
  /** The first one is stored. */
  readonly versions?: readonly string[];
  readonly scope?: 'Namespaced' | 'Cluster';
  readonly plural?: string;
  readonly conversion?: CustomResourceDefinition['spec']['conversion'];
  readonly schema?: Fields;
}

/** A definition that accepts anything. */
export const definition = (kind: string, options: DefinitionOptions = {}): Manifest => {
  const {
    group = 'example.com',
    versions = ['v1'],
    scope = 'Namespaced',
    plural = `${kind.toLowerCase()}s`,
    conversion,
    schema,
  } = options;
  const openAPIV3Schema = schema ?? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, undefined, {
    spec: {
      group,
      names: { kind, plural },
      scope,
      versions: versions.map((name, index) => ({ name, served: true, storage: index === 0, schema: { openAPIV3Schema } })),
      ...(conversion && { conversion }),
    },
  });
};

/** An object of a kind that `definition` defines. */
export const custom = (kind: string, name: string, inside: string | undefined = NAMESPACE, version = 'v1'): Manifest =>
  manifest(`example.com/${version}`, kind, name, inside);

/** A conversion by a Service. */
export const converted = (name: string, caBundle?: string): CustomResourceDefinition['spec']['conversion'] => ({
  strategy: 'Webhook',
  webhook: {
    conversionReviewVersions: ['v1'],
    clientConfig: { service: { name, namespace: NAMESPACE }, ...(caBundle && { caBundle }) },
  },
});

type Rule = NonNullable<MutatingWebhook['rules']>[number];

/** What a webhook is asked about when something is created. */
export const creating = (group: string, ...resources: string[]): Rule => ({
  apiGroups: [group],
  apiVersions: ['*'],
  operations: ['CREATE'],
  resources,
});

/** A webhook that a Service answers. */
export const webhook = (server: string, rules: readonly Rule[], fields: Partial<MutatingWebhook> = {}): MutatingWebhook => ({
  name: `${server}.example.com`,
  admissionReviewVersions: ['v1'],
  clientConfig: { service: { name: server, namespace: NAMESPACE } },
  sideEffects: 'None',
  rules,
  ...fields,
});

export const validating = (name: string, ...webhooks: readonly MutatingWebhook[]): Manifest =>
  manifest('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', name, undefined, { webhooks });

export const mutating = (name: string, ...webhooks: readonly MutatingWebhook[]): Manifest =>
  manifest('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', name, undefined, { webhooks });

/** A Certificate that writes a Secret. */
export const certificate = (
  name: string,
  secretName = `${name}-secret`,
  issuerRef: Fields = { name: 'issuer' },
  inside = NAMESPACE,
): Manifest => manifest('cert-manager.io/v1', 'Certificate', name, inside, { spec: { secretName, issuerRef } });

export const issuer = (name = 'issuer', inside = NAMESPACE): Manifest =>
  manifest('cert-manager.io/v1', 'Issuer', name, inside, { spec: { selfSigned: {} } });

export const clusterIssuer = (name = 'issuer'): Manifest =>
  manifest('cert-manager.io/v1', 'ClusterIssuer', name, undefined, { spec: { selfSigned: {} } });

/** A Profile, which makes a namespace of its name. */
export const profile = (name: string): Manifest =>
  manifest('kubeflow.org/v1', 'Profile', name, undefined, { spec: { owner: { kind: 'User', name: 'user@example.com' } } });

export const apiService = (group: string, version: string, server: string): Manifest =>
  manifest('apiregistration.k8s.io/v1', 'APIService', `${version}.${group}`, undefined, {
    spec: { group, version, groupPriorityMinimum: 100, versionPriority: 10, service: { name: server, namespace: NAMESPACE } },
  });

export const clusterRole = (name: string): Manifest =>
  manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', name, undefined, { rules: [] });

export const role = (name: string, inside = NAMESPACE): Manifest =>
  manifest('rbac.authorization.k8s.io/v1', 'Role', name, inside, { rules: [] });

/** Binds a role to a ServiceAccount. */
export const binding = (
  name: string,
  to: { kind: 'Role' | 'ClusterRole'; name: string },
  account: string,
  inside: string | undefined = NAMESPACE,
): Manifest =>
  manifest('rbac.authorization.k8s.io/v1', inside ? 'RoleBinding' : 'ClusterRoleBinding', name, inside, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...to },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: NAMESPACE }],
  });
