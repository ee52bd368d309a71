import { customresourcedefinitions } from '../../../crds-imports/apiextensions.k8s.io';
import { deployments } from '../../../crds-imports/apps';
import { tokenreviews } from '../../../crds-imports/authentication.k8s.io';
import { subjectaccessreviews } from '../../../crds-imports/authorization.k8s.io';
import { horizontalpodautoscalers } from '../../../crds-imports/autoscaling';
import { jobs } from '../../../crds-imports/batch';
import { leases } from '../../../crds-imports/coordination.k8s.io';
import {
  configmaps,
  events,
  namespaces,
  nodes,
  persistentvolumeclaims,
  persistentvolumes,
  pods,
  secrets,
  serviceaccounts,
  services,
} from '../../../crds-imports/core';
import { endpointslices } from '../../../crds-imports/discovery.k8s.io';
import * as inference from '../../../crds-imports/inference.networking.k8s.io';
import * as inferenceExtensions from '../../../crds-imports/inference.networking.x-k8s.io';
import { virtualservices } from '../../../crds-imports/networking.istio.io';
import { ingresses } from '../../../crds-imports/networking.k8s.io';
import { clusterrolebindings, rolebindings, roles } from '../../../crds-imports/rbac.authorization.k8s.io';
import * as knative from '../../../crds-imports/serving.knative.dev';
import {
  clusterservingruntimes,
  clusterstoragecontainers,
  inferencegraphs,
  inferenceservices,
  llminferenceserviceconfigs,
  llminferenceservices,
  localmodelcaches,
  localmodelnamespacecaches,
  localmodelnodegroups,
  localmodelnodes,
  servingruntimes,
  trainedmodels,
} from '../../../crds-imports/serving.kserve.io';
import { allow, type Kind, MANAGE, manage, type Permission, READ, type Resource, resource } from '../../core';

const STATUS = ['get', 'patch', 'update'] as const;

const httproutes = resource('gateway.networking.k8s.io', 'httproutes');
const scaledobjects = 'scaledobjects';
const collectors = 'opentelemetrycollectors';

/** What the metrics endpoints ask the API server before they answer. */
export const METRICS_READERS: readonly Permission[] = [allow('create').on(tokenreviews, subjectaccessreviews)];

/** Kinds that the main controller owns or makes, with status and finalizers. */
function owned(...kinds: Kind[]): Permission[] {
  return [
    allow(...MANAGE).on(...kinds.flatMap((kind) => [kind, kind.sub('finalizers')])),
    allow(...STATUS).on(...kinds.map((kind) => kind.sub('status'))),
  ];
}

/** The same for kinds that the catalogue does not have. */
function ownedResource(group: string, name: string): Permission[] {
  return [
    allow(...MANAGE).on(resource(group, name), resource(group, `${name}/finalizers`)),
    allow(...STATUS).on(resource(group, `${name}/status`)),
  ];
}

/** The controller of InferenceServices, InferenceGraphs and TrainedModels. */
export const CONTROLLER: readonly Permission[] = [
  allow('create', 'get', 'update').on(configmaps),
  manage(events, services),
  allow(...READ).on(namespaces, pods),
  allow('get').on(secrets, serviceaccounts),
  manage(deployments),
  manage(horizontalpodautoscalers),
  manage(ingresses),
  allow(...MANAGE).on(httproutes),
  ...ownedResource('keda.sh', scaledobjects),
  ...ownedResource('opentelemetry.io', collectors),
  ...owned(virtualservices),
  ...owned(knative.services),
  ...owned(clusterservingruntimes, inferencegraphs, inferenceservices, servingruntimes),
  manage(clusterstoragecontainers, trainedmodels),
  allow(...STATUS).on(trainedmodels.sub('status')),
  allow(...READ).on(localmodelcaches, localmodelnamespacecaches),
];

/** Kinds of the inference extension of the Gateway API. `inferencemodels` are of versions before those that are installed. */
const inferenceKinds: readonly Resource[] = [
  inference.inferencepools,
  resource('inference.networking.k8s.io', 'inferencemodels'),
  resource('inference.networking.k8s.io', 'inferenceobjectives'),
  inferenceExtensions.inferencemodelrewrites,
  inferenceExtensions.inferenceobjectives,
  inferenceExtensions.inferencepoolimports,
  inferenceExtensions.inferencepools,
  resource('inference.networking.x-k8s.io', 'inferencemodels'),
];

const llmDefinitions = [llminferenceserviceconfigs.definition, llminferenceservices.definition];

/** The controller of LLMInferenceServices. */
export const LLM_CONTROLLER: readonly Permission[] = [
  allow(...READ).on(configmaps, pods),
  allow('create', 'patch', 'update').on(events),
  manage(secrets, serviceaccounts, services),
  allow(...READ)
    .on(customresourcedefinitions)
    .named(...llmDefinitions),
  allow('patch', 'update')
    .on(customresourcedefinitions.sub('status'))
    .named(...llmDefinitions),
  manage(deployments),
  allow('create').on(tokenreviews, subjectaccessreviews),
  manage(horizontalpodautoscalers),
  manage(leases),
  allow(...READ).on(endpointslices),
  allow(...MANAGE).on(
    httproutes,
    resource('gateway.networking.k8s.io', 'gatewayclasses'),
    resource('gateway.networking.k8s.io', 'gateways'),
  ),
  allow(...MANAGE).on(...inferenceKinds),
  allow(...MANAGE).on(resource('keda.sh', scaledobjects)),
  allow(...MANAGE).on(resource('leaderworkerset.x-k8s.io', 'leaderworkersets')),
  allow(...MANAGE).on(resource('llmd.ai', 'variantautoscalings')),
  manage(ingresses),
  manage(clusterrolebindings, rolebindings, roles),
  manage(llminferenceserviceconfigs, llminferenceservices).withFinalizers(),
  allow(...STATUS).on(llminferenceservices.sub('status')),
];

/** The controller of models that are kept on nodes. */
export const LOCAL_MODEL_CONTROLLER: readonly Permission[] = [
  allow('get').on(configmaps),
  allow(...READ).on(nodes),
  allow('get', 'watch').on(nodes.sub('status')),
  // When the last server of a namespace goes, so do the volumes that were made for it.
  manage(persistentvolumeclaims, persistentvolumes),
  allow(...READ).on(inferenceservices, localmodelnodegroups),
  manage(localmodelcaches, localmodelnamespacecaches, localmodelnodes),
  allow(...STATUS).on(localmodelcaches.sub('status'), localmodelnamespacecaches.sub('status')),
  allow('get', 'watch').on(localmodelnodes.sub('status')),
];

/** The agent that keeps them, on every node: it follows what all namespaces have, and changes only the state of its node. */
export const LOCAL_MODEL_AGENT: readonly Permission[] = [
  allow(...READ).on(nodes, jobs, clusterstoragecontainers, localmodelnodegroups, localmodelnodes),
  allow(...STATUS).on(localmodelnodes.sub('status')),
];

/** What it may do in the namespace of the Jobs that load models: make them, with the credentials that a cache names. */
export const LOCAL_MODEL_JOBS: readonly Permission[] = [
  allow('create', 'delete').on(jobs),
  allow('get').on(secrets, serviceaccounts),
];

/** Kinds that users have in their namespaces. */
export const OF_USERS: readonly Kind[] = [
  inferenceservices,
  inferencegraphs,
  servingruntimes,
  trainedmodels,
  llminferenceservices,
  llminferenceserviceconfigs,
  localmodelnamespacecaches,
  inference.inferencepools,
  inferenceExtensions.inferencemodelrewrites,
  inferenceExtensions.inferenceobjectives,
  inferenceExtensions.inferencepoolimports,
  inferenceExtensions.inferencepools,
];

const knativeKinds = [knative.services, knative.routes, knative.configurations, knative.revisions];
const withStatus = knativeKinds.flatMap((kind) => [kind, kind.sub('status')]);

/** What editors may do besides. */
export const OF_EDITORS: readonly Permission[] = [allow(...MANAGE, 'deletecollection').on(...withStatus)];

/** What viewers may do besides: look at what is behind a model, and at what the whole cluster shares. */
export const OF_VIEWERS: readonly Permission[] = [
  allow('get', 'list').on(...withStatus),
  allow(...READ).on(clusterservingruntimes, clusterstoragecontainers, localmodelcaches, localmodelnodegroups, localmodelnodes),
];
