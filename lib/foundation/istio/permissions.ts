import * as admission from '../../../crds-imports/admissionregistration.k8s.io';
import { customresourcedefinitions } from '../../../crds-imports/apiextensions.k8s.io';
import { deployments } from '../../../crds-imports/apps';
import { tokenreviews } from '../../../crds-imports/authentication.k8s.io';
import { subjectaccessreviews } from '../../../crds-imports/authorization.k8s.io';
import { horizontalpodautoscalers } from '../../../crds-imports/autoscaling';
import { leases } from '../../../crds-imports/coordination.k8s.io';
import * as core from '../../../crds-imports/core';
import { endpointslices } from '../../../crds-imports/discovery.k8s.io';
import { gateways, serviceentries, workloadentries } from '../../../crds-imports/networking.istio.io';
import { ingressclasses, ingresses } from '../../../crds-imports/networking.k8s.io';
import { poddisruptionbudgets } from '../../../crds-imports/policy';
import { authorizationpolicies } from '../../../crds-imports/security.istio.io';
import type { NamedPermissions } from '../../blocks/roles/bound-roles';
import { allow, MANAGE, READ, resource } from '../../core';
import { ROOT } from './names';

const { configmaps, endpoints, events, namespaces, nodes, pods, secrets, serviceaccounts, services } = core;

/** Kinds of the mesh's configuration. istiod follows all that the cluster defines, and would wait for those that it may not read. */
const CONFIGURATION = ['security', 'networking', 'telemetry', 'extensions'].map((group) => resource(`${group}.istio.io`, '*'));

const gatewayApi = (name: string) => resource('gateway.networking.k8s.io', name);
const multiCluster = (name: string) => resource('multicluster.x-k8s.io', name);

/** Kinds of the Gateway API of whose objects istiod tells whether they work. */
const ROUTED = [
  'backendtlspolicies',
  'gatewayclasses',
  'gateways',
  'grpcroutes',
  'httproutes',
  'referencegrants',
  'tcproutes',
  'tlsroutes',
  'udproutes',
  'listenersets',
];

const CONTROL: NamedPermissions = {
  name: `istiod-clusterrole-${ROOT}`,
  permissions: [
    allow(...READ, 'update', 'patch').on(admission.mutatingwebhookconfigurations),
    allow(...READ, 'update').on(admission.validatingwebhookconfigurations),
    allow(...READ).on(...CONFIGURATION),
    allow(...MANAGE).on(
      workloadentries,
      workloadentries.sub('status'),
      serviceentries.sub('status'),
      authorizationpolicies.sub('status'),
      services.sub('status'),
    ),
    allow(...READ).on(customresourcedefinitions, pods, nodes, services, namespaces, endpoints, endpointslices),
    allow(...READ).on(ingresses, ingressclasses),
    allow('get', 'update', 'patch').on(ingresses.sub('status')),
    // The root certificate goes into every namespace, for proxies to mount.
    allow(...READ, 'create', 'update').on(configmaps),
    allow('create').on(tokenreviews, subjectaccessreviews),
    allow(...READ).on(gatewayApi('*'), resource('gateway.networking.x-k8s.io', '*')),
    allow('update', 'patch').on(resource('gateway.networking.x-k8s.io', 'xbackendtrafficpolicies/status')),
    allow('update', 'patch').on(...ROUTED.map((kind) => gatewayApi(`${kind}/status`))),
    allow('create', 'update', 'patch', 'delete').on(gatewayApi('gatewayclasses')),
    allow(...READ).on(resource('inference.networking.k8s.io', 'inferencepools')),
    allow('update', 'patch').on(resource('inference.networking.k8s.io', 'inferencepools/status')),
    // Certificates of gateways, which may be in any namespace.
    allow(...READ).on(secrets),
    allow(...READ, 'create', 'delete').on(multiCluster('serviceexports')),
    allow(...READ).on(multiCluster('serviceimports')),
  ],
};

/** What the gateways need that istiod deploys for Gateways of the Gateway API. */
const GATEWAY_DEPLOYER: NamedPermissions = {
  name: `istiod-gateway-controller-${ROOT}`,
  permissions: [allow(...MANAGE).on(deployments, horizontalpodautoscalers, poddisruptionbudgets, services, serviceaccounts)],
};

/** Its own namespace: the CA that it makes, and the Leases by which its replicas elect. */
const OWN: NamedPermissions = {
  name: 'istiod',
  namespace: ROOT,
  permissions: [
    allow('create').on(gateways),
    allow(...READ, 'create', 'update', 'delete').on(secrets),
    allow('delete').on(configmaps),
    allow('get', 'update', 'patch', 'create').on(leases),
  ],
};

/** Roles of istiod. */
export const ISTIOD: readonly NamedPermissions[] = [CONTROL, GATEWAY_DEPLOYER, OWN];

/** Roles of the CNI plugin: it reads pods, and removes those that started before it had redirected their traffic. */
export function cniRoles(ambient: boolean): NamedPermissions[] {
  return [
    {
      name: 'istio-cni',
      permissions: [
        allow(...READ).on(pods, nodes, namespaces),
        ...(ambient ? [allow('patch', 'update').on(pods.sub('status'))] : []),
      ],
    },
    {
      name: 'istio-cni-repair-role',
      binding: 'istio-cni-repair-rolebinding',
      permissions: [allow('create', 'patch').on(events), allow(...READ).on(pods)],
    },
  ];
}
