import type { Pod, PodTemplate } from '../../../crds-imports/core';
import { horizontalPodAutoscaler } from './autoscaling';
import { claim, persistentVolume, storageClass } from './claims';
import { configMap, limitRange, priorityClass, resourceQuota, secret } from './configuration';
import { podDisruptionBudget } from './disruption-budgets';
import type { Field } from './field';
import { ingress } from './ingress';
import { cronJob, job } from './jobs';
import { networkPolicy } from './network-policies';
import { pod } from './pods';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './rbac';
import { service } from './services';
import { webhookConfiguration } from './webhooks';
import { daemonSet, deployment, replicaSet, statefulSet } from './workloads';

/** Validates a whole object of a kind of Kubernetes, whose structure is that of its schema. */
export type Validation = (field: Field, object: never) => void;

/** By `apiVersion kind`. */
export const VALIDATIONS: Readonly<Record<string, Validation>> = {
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': webhookConfiguration,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': webhookConfiguration,
  'apps/v1 DaemonSet': daemonSet,
  'apps/v1 Deployment': deployment,
  'apps/v1 ReplicaSet': replicaSet,
  'apps/v1 StatefulSet': statefulSet,
  'autoscaling/v2 HorizontalPodAutoscaler': horizontalPodAutoscaler,
  'batch/v1 CronJob': cronJob,
  'batch/v1 Job': job,
  'networking.k8s.io/v1 Ingress': ingress,
  'networking.k8s.io/v1 NetworkPolicy': networkPolicy,
  'policy/v1 PodDisruptionBudget': podDisruptionBudget,
  'rbac.authorization.k8s.io/v1 ClusterRole': clusterRole,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': clusterRoleBinding,
  'rbac.authorization.k8s.io/v1 Role': role,
  'rbac.authorization.k8s.io/v1 RoleBinding': roleBinding,
  'scheduling.k8s.io/v1 PriorityClass': priorityClass,
  'storage.k8s.io/v1 StorageClass': storageClass,
  'v1 ConfigMap': configMap,
  'v1 LimitRange': limitRange,
  'v1 PersistentVolume': persistentVolume,
  'v1 PersistentVolumeClaim': claim,
  'v1 Pod': (field, { spec }: Pod) => {
    if (spec) pod(field.at('spec'), spec);
    else field.at('spec').say('is required');
  },
  'v1 PodTemplate': (field, { template }: PodTemplate) => {
    if (template?.spec) pod(field.at('template').at('spec'), template.spec);
    else field.at('template').at('spec').say('is required');
  },
  'v1 ResourceQuota': resourceQuota,
  'v1 Secret': secret,
  'v1 Service': service,
};
