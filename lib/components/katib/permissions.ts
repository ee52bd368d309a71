import { deployments, replicasets } from '../../../crds-imports/apps';
import { subjectaccessreviews } from '../../../crds-imports/authorization.k8s.io';
import {
  configmaps,
  events,
  namespaces,
  persistentvolumeclaims,
  persistentvolumes,
  pods,
  secrets,
  serviceaccounts,
  services,
} from '../../../crds-imports/core';
import { experiments, jaxjobs, paddlejobs, suggestions, trials } from '../../../crds-imports/kubeflow.org';
import { rolebindings, roles } from '../../../crds-imports/rbac.authorization.k8s.io';
import { allow, manage, type Permission, READ } from '../../core';
import type { TrialResource } from './trial-resource';

/** Kinds that Katib defines. */
export const KINDS = [experiments, suggestions, trials] as const;

/** What the controller may do, whatever trials are made of. */
const CONTROLLER: readonly Permission[] = [
  manage(...KINDS)
    .withStatus()
    .withFinalizers(),
  // The services that suggest parameters, in the users' namespaces.
  allow(...READ, 'create', 'delete').on(services, deployments),
  allow(...READ, 'create').on(serviceaccounts, persistentvolumes, persistentvolumeclaims, roles, rolebindings),
  allow(...READ).on(namespaces, configmaps),
  allow('get').on(pods, pods.sub('status')),
  // Owners of the pods of a namespace: it looks whether there is a trial among them.
  allow('get').on(replicasets, jaxjobs, paddlejobs),
  // Pull secrets of a trial's pod: it looks up the entry point of an image where the pod gives no command.
  allow('get').on(secrets),
  allow('create', 'patch', 'update').on(events),
];

/** Early stopping services get a role that the controller writes, with every verb; nobody can pass on what he does not have. */
const PASSED_ON = allow('*').on(trials, trials.sub('status'));

/** What the controller may do. */
export function controllerPermissions(trialResources: readonly TrialResource[], earlyStopping: boolean): Permission[] {
  return [...CONTROLLER, ...(earlyStopping ? [PASSED_ON] : []), ...trialResources.flatMap(({ permissions }) => permissions)];
}

/** What the UI may do; it asks the API server whether its user may, too. */
export const UI: readonly Permission[] = [
  allow('get', 'list', 'create', 'delete').on(experiments),
  allow('get', 'list').on(trials),
  allow('get').on(suggestions),
  // Trial templates of all namespaces, which it edits.
  allow('get', 'list', 'create', 'update', 'delete').on(configmaps),
  allow('list').on(namespaces, pods),
  allow('get').on(pods.sub('log')),
  allow('create').on(subjectaccessreviews),
];
