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
  const key = (object: Manifest) => {
    const rank = String(RANK.get(object.kind) ?? KINDS.length).padStart(2, '0');
    return [rank, object.kind, object.metadata.namespace ?? '', object.metadata.name, identity(object)].join('\0');
  };
  return objects
    .map((object) => ({ object, key: key(object) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ object }) => object);
}
