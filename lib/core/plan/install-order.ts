import { identity, type Manifest } from '../manifest';

/** Kinds in the order in which they are applied inside a wave; kinds that are not named come last. */
const KINDS = [
  'Namespace',
  'PriorityClass',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'HorizontalPodAutoscaler',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  // Of the others, those that sign the Certificates.
  'ClusterIssuer',
  'Issuer',
];

const RANK = new Map(KINDS.map((kind, rank) => [kind, rank]));

/** Sorts by install order, then by namespace, name and group: the same for every order of the input. */
export function byInstallOrder(objects: readonly Manifest[]): Manifest[] {
  return [...objects].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compare(a.kind, b.kind) ||
      compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
      compare(a.metadata.name, b.metadata.name) ||
      compare(identity(a), identity(b)),
  );
}

function rank({ kind }: Manifest): number {
  return RANK.get(kind) ?? KINDS.length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
