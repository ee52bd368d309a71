import type { Facts } from '../facts/facts';
import { identity, type Manifest } from '../manifest';

/**
 * Kinds in the order in which they are applied inside a wave. Others come last, and of these first what objects of further kinds follow.
 */
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
];

const RANK = new Map(KINDS.map((kind, rank) => [kind, rank]));

/** Sorts by install order, then by namespace, name and group: the same for every order of the input. */
export function byInstallOrder(objects: readonly Manifest[], facts: Facts): Manifest[] {
  const rank = (object: Manifest) => RANK.get(object.kind) ?? KINDS.length + (facts.isFollowed(object) ? 0 : 1);
  return [...objects].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compare(a.kind, b.kind) ||
      compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
      compare(a.metadata.name, b.metadata.name) ||
      compare(identity(a), identity(b)),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
