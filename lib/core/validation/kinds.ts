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
import type { ValidatedSubject } from './subjects';
import { webhookConfiguration } from './webhooks';
import { daemonSet, deployment, replicaSet, statefulSet } from './workloads';

/** Validates a whole object of a kind of Kubernetes, whose structure is that of its schema. */
export type Validation = (field: Field, object: never) => void;

/** By `apiVersion kind`, with what it is about but for its parts. */
export const VALIDATIONS: Readonly<Record<string, readonly [subject: ValidatedSubject, validation: Validation]>> = {
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': ['webhook', webhookConfiguration],
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': ['webhook', webhookConfiguration],
  'apps/v1 DaemonSet': ['workload', daemonSet],
  'apps/v1 Deployment': ['workload', deployment],
  'apps/v1 ReplicaSet': ['workload', replicaSet],
  'apps/v1 StatefulSet': ['workload', statefulSet],
  'autoscaling/v2 HorizontalPodAutoscaler': ['autoscaler', horizontalPodAutoscaler],
  'batch/v1 CronJob': ['job', cronJob],
  'batch/v1 Job': ['job', job],
  'networking.k8s.io/v1 Ingress': ['ingress', ingress],
  'networking.k8s.io/v1 NetworkPolicy': ['network-policy', networkPolicy],
  'policy/v1 PodDisruptionBudget': ['disruption-budget', podDisruptionBudget],
  'rbac.authorization.k8s.io/v1 ClusterRole': ['role', clusterRole],
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': ['role', clusterRoleBinding],
  'rbac.authorization.k8s.io/v1 Role': ['role', role],
  'rbac.authorization.k8s.io/v1 RoleBinding': ['role', roleBinding],
  'scheduling.k8s.io/v1 PriorityClass': ['priority', priorityClass],
  'storage.k8s.io/v1 StorageClass': ['claim', storageClass],
  'v1 ConfigMap': ['data', configMap],
  'v1 LimitRange': ['quota', limitRange],
  'v1 PersistentVolume': ['claim', persistentVolume],
  'v1 PersistentVolumeClaim': ['claim', claim],
  'v1 Pod': [
    'pod',
    (field, { spec }: Pod) => {
      if (spec) pod(field.at('spec'), spec);
      else field.at('spec').say('is required');
    },
  ],
  'v1 PodTemplate': [
    'pod',
    (field, { template }: PodTemplate) => {
      if (template?.spec) pod(field.at('template').at('spec'), template.spec);
      else field.at('template').at('spec').say('is required');
    },
  ],
  'v1 ResourceQuota': ['quota', resourceQuota],
  'v1 Secret': ['data', secret],
  'v1 Service': ['service', service],
};
