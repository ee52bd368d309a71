import {
  mutatingwebhookconfigurations,
  validatingwebhookconfigurations,
} from '../../../crds-imports/admissionregistration.k8s.io';
import { customresourcedefinitions } from '../../../crds-imports/apiextensions.k8s.io';
import { apiservices } from '../../../crds-imports/apiregistration.k8s.io';
import { daemonsets, deployments, statefulsets } from '../../../crds-imports/apps';
import { horizontalpodautoscalers } from '../../../crds-imports/autoscaling';
import { jobs } from '../../../crds-imports/batch';
import { configmaps, persistentvolumeclaims, secrets, serviceaccounts, services } from '../../../crds-imports/core';
import { ingressclasses, ingresses } from '../../../crds-imports/networking.k8s.io';
import { runtimeclasses } from '../../../crds-imports/node.k8s.io';
import { clusterrolebindings, clusterroles, rolebindings } from '../../../crds-imports/rbac.authorization.k8s.io';
import { priorityclasses } from '../../../crds-imports/scheduling.k8s.io';
import { storageclasses } from '../../../crds-imports/storage.k8s.io';
import type { Manifest } from '../manifest';
import { condition, type KindFacts } from './kind-facts';
import {
  accountSecrets,
  apiService,
  binding,
  conversionService,
  governingService,
  ingress,
  scaled,
  webhookServices,
} from './kubernetes-names';

const WEBHOOKS = { names: webhookServices, follows: [services], caBundle: 'webhooks[*].clientConfig.caBundle' };

/** What Kubernetes' own kinds are known for, without any product. */
export const KUBERNETES: readonly KindFacts[] = [
  { kind: mutatingwebhookconfigurations, ...WEBHOOKS },
  { kind: validatingwebhookconfigurations, ...WEBHOOKS },
  {
    kind: customresourcedefinitions,
    names: conversionService,
    ready: condition('Established'),
    caBundle: 'spec.conversion.webhook.clientConfig.caBundle',
    // Without it the API server deletes every object of the kind, also those made by others.
    holdsWork: true,
  },
  {
    kind: apiservices,
    names: apiService,
    follows: [services],
    ready: condition('Available'),
    caBundle: 'spec.caBundle',
  },

  { kind: deployments, ready: condition('Available') },
  {
    kind: statefulsets,
    names: governingService,
    ready: { state: 'Available', condition: (object) => `jsonpath={.status.availableReplicas}=${replicas(object)}` },
  },
  { kind: daemonsets, ready: { state: 'Available', condition: () => 'jsonpath={.status.numberAvailable}' } },
  { kind: horizontalpodautoscalers, names: scaled, scales: 'spec.scaleTargetRef' },
  {
    kind: jobs,
    kept: {
      fields: [
        'completionMode',
        'podFailurePolicy',
        'successPolicy',
        'backoffLimitPerIndex',
        'podReplacementPolicy',
        'managedBy',
      ].map((field) => `spec.${field}`),
    },
  },

  { kind: serviceaccounts, names: accountSecrets },
  { kind: clusterrolebindings, names: binding },
  { kind: rolebindings, names: binding },
  {
    kind: clusterroles,
    written: [
      {
        where: ['aggregationRule'],
        fields: ['rules'],
        writer: 'the controller manager, from the roles that are aggregated',
      },
    ],
  },

  { kind: ingresses, names: ingress },
  { kind: ingressclasses, kept: { fields: ['spec.controller'] } },
  { kind: configmaps, kept: { fields: ['immutable'] } },
  { kind: secrets, kept: { fields: ['immutable'] } },
  {
    kind: persistentvolumeclaims,
    kept: { fields: ['spec.volumeMode', 'spec.dataSource', 'spec.dataSourceRef'] },
    holdsWork: true,
  },
  { kind: storageclasses, kept: { fields: ['reclaimPolicy', 'volumeBindingMode'] } },
  { kind: priorityclasses, kept: { fields: ['value', 'preemptionPolicy'] } },
  { kind: runtimeclasses, kept: { fields: ['handler'] } },
];

function replicas({ spec }: Manifest): number {
  return (spec as { replicas?: number } | undefined)?.replicas ?? 1;
}
