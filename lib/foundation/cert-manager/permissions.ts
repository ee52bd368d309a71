import * as acme from '../../../crds-imports/acme.cert-manager.io';
import * as admission from '../../../crds-imports/admissionregistration.k8s.io';
import * as apiextensions from '../../../crds-imports/apiextensions.k8s.io';
import * as apiregistration from '../../../crds-imports/apiregistration.k8s.io';
import * as certManager from '../../../crds-imports/cert-manager.io';
import * as certificates from '../../../crds-imports/certificates.k8s.io';
import * as core from '../../../crds-imports/core';
import * as networking from '../../../crds-imports/networking.k8s.io';
import type { NamedPermissions } from '../../blocks/roles/bound-roles';
import { allow, type Kind, READ, resource } from '../../core';

const { certificaterequests, clusterissuers, issuers } = certManager;
const { challenges, orders } = acme;
const { secrets, events, pods, services } = core;
const { ingresses } = networking;

const gateway = (name: string) => resource('gateway.networking.k8s.io', name);
const signers = (group: string) => resource(group, 'signers');
const subjectaccessreviews = resource('authorization.k8s.io', 'subjectaccessreviews');

const status = (kind: Kind) => [kind, kind.sub('status')];
const finalizers = (kind: Kind) => kind.sub('finalizers');
const recordEvents = allow('create', 'patch').on(events);

/** Every signer of cert-manager's own issuers. */
const OWN_SIGNERS = ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'];

/** ClusterRoles of the controller, one for each of its control loops. */
export const CONTROLLER: readonly NamedPermissions[] = [
  {
    name: 'cert-manager-controller-approve:cert-manager-io',
    permissions: [
      allow('approve')
        .on(signers('cert-manager.io'))
        .named(...OWN_SIGNERS),
    ],
  },
  {
    name: 'cert-manager-controller-certificates',
    permissions: [
      allow('update', 'patch').on(...status(certManager.certificates), ...status(certificaterequests)),
      allow(...READ).on(certManager.certificates, certificaterequests, clusterissuers, issuers),
      allow('update').on(finalizers(certManager.certificates), finalizers(certificaterequests)),
      allow('create', 'delete', ...READ).on(orders),
      allow(...READ, 'create', 'update', 'delete', 'patch').on(secrets),
      recordEvents,
    ],
  },
  {
    name: 'cert-manager-controller-certificatesigningrequests',
    permissions: [
      allow(...READ, 'update').on(certificates.certificatesigningrequests),
      allow('update', 'patch').on(certificates.certificatesigningrequests.sub('status')),
      allow('sign')
        .on(signers('certificates.k8s.io'))
        .named(...OWN_SIGNERS),
      allow('create').on(subjectaccessreviews),
    ],
  },
  {
    name: 'cert-manager-controller-challenges',
    permissions: [
      allow('update', 'patch').on(...status(challenges)),
      allow(...READ).on(challenges),
      allow(...READ).on(issuers, clusterissuers),
      allow(...READ).on(secrets),
      recordEvents,
      allow(...READ, 'create', 'delete').on(pods, services),
      allow(...READ, 'create', 'delete', 'update').on(ingresses),
      allow(...READ, 'create', 'delete', 'update').on(gateway('httproutes')),
      allow('create').on(resource('route.openshift.io', 'routes/custom-host')),
      allow('update').on(finalizers(challenges)),
    ],
  },
  {
    name: 'cert-manager-controller-clusterissuers',
    permissions: [
      allow('update', 'patch').on(...status(clusterissuers)),
      allow(...READ).on(clusterissuers),
      allow(...READ, 'create', 'update', 'delete').on(secrets),
      recordEvents,
    ],
  },
  {
    name: 'cert-manager-controller-ingress-shim',
    permissions: [
      allow('create', 'update', 'delete').on(certManager.certificates, certificaterequests),
      allow(...READ).on(certManager.certificates, certificaterequests, issuers, clusterissuers),
      allow(...READ).on(ingresses),
      allow('update').on(finalizers(ingresses)),
      allow(...READ).on(gateway('gateways'), gateway('httproutes'), gateway('listenersets')),
      allow('update').on(gateway('gateways/finalizers'), gateway('httproutes/finalizers'), gateway('listenersets/finalizers')),
      recordEvents,
    ],
  },
  {
    name: 'cert-manager-controller-issuers',
    permissions: [
      allow('update', 'patch').on(...status(issuers)),
      allow(...READ).on(issuers),
      allow(...READ, 'create', 'update', 'delete').on(secrets),
      recordEvents,
    ],
  },
  {
    name: 'cert-manager-controller-orders',
    permissions: [
      allow('update', 'patch').on(...status(orders)),
      allow(...READ).on(orders, challenges),
      allow(...READ).on(clusterissuers, issuers),
      allow('create', 'delete').on(challenges),
      allow('update').on(finalizers(orders)),
      allow('update').on(finalizers(clusterissuers), finalizers(issuers)),
      allow(...READ).on(secrets),
      recordEvents,
    ],
  },
];

/** What the CA injector may do: it writes CA bundles into everything that has one. */
export const CAINJECTOR = [
  allow(...READ).on(certManager.certificates),
  allow(...READ).on(secrets),
  allow('get', 'create', 'update', 'patch').on(events),
  allow(...READ, 'update', 'patch').on(admission.validatingwebhookconfigurations, admission.mutatingwebhookconfigurations),
  allow(...READ, 'update', 'patch').on(apiregistration.apiservices),
  allow(...READ, 'update', 'patch').on(apiextensions.customresourcedefinitions),
];

/** The webhook asks whether the requester may approve. */
export const WEBHOOK = [allow('create').on(subjectaccessreviews)];

/** ClusterRoles for people, which become part of the cluster's own roles. */
export const USER_ROLES = [
  {
    name: 'cert-manager-cluster-view',
    aggregateTo: ['cluster-reader'],
    permissions: [allow(...READ).on(clusterissuers)],
  },
  {
    name: 'cert-manager-edit',
    aggregateTo: ['admin', 'edit'],
    permissions: [
      allow('create', 'delete', 'deletecollection', 'patch', 'update').on(certManager.certificates, certificaterequests, issuers),
      allow('update').on(certManager.certificates.sub('status')),
      allow('create', 'delete', 'deletecollection', 'patch', 'update').on(challenges, orders),
    ],
  },
  {
    name: 'cert-manager-view',
    aggregateTo: ['admin', 'cluster-reader', 'edit', 'view'],
    permissions: [
      allow(...READ).on(certManager.certificates, certificaterequests, issuers),
      allow(...READ).on(challenges, orders),
    ],
  },
];
