import * as apps from '../../../crds-imports/apps';
import * as autoscaling from '../../../crds-imports/autoscaling';
import * as batch from '../../../crds-imports/batch';
import * as core from '../../../crds-imports/core';
import * as networking from '../../../crds-imports/networking.k8s.io';
import * as policy from '../../../crds-imports/policy';
import * as rbac from '../../../crds-imports/rbac.authorization.k8s.io';
import { allow, type Kind, READ, resource, type Verb } from '../../core';

/** The group `extensions` is gone from Kubernetes; clusters that still have rules for it in their own roles expect it here. */
const extensions = (...names: string[]) => names.map((name) => resource('extensions', name));

const WRITE: readonly Verb[] = ['create', 'delete', 'deletecollection', 'patch', 'update'];

const sub = (name: string, ...kinds: Kind[]) => kinds.flatMap((kind) => [kind, kind.sub(name)]);
const rollback = (kind: Kind) => kind.sub('rollback');
const { pods, services } = core;

/** What an admin of a namespace may do with Kubernetes' own objects, beside what an editor may. */
export const KUBERNETES_ADMIN = [
  allow('create').on(resource('authorization.k8s.io', 'localsubjectaccessreviews')),
  allow('create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch').on(rbac.rolebindings, rbac.roles),
];

const INTO_PODS = ['attach', 'exec', 'portforward', 'proxy'].map((name) => pods.sub(name));

/** What an editor may do, beside what a viewer may. */
export const KUBERNETES_EDIT = [
  allow('get', 'list', 'watch').on(...INTO_PODS, core.secrets, services.sub('proxy')),
  allow(...WRITE).on(pods, ...INTO_PODS),
  allow(...WRITE).on(
    core.configmaps,
    core.endpoints,
    core.persistentvolumeclaims,
    ...sub('scale', core.replicationcontrollers),
    core.secrets,
    core.serviceaccounts,
    ...sub('proxy', services),
  ),
  allow(...WRITE).on(
    apps.daemonsets,
    ...sub('scale', apps.deployments, apps.replicasets, apps.statefulsets),
    rollback(apps.deployments),
  ),
  allow(...WRITE).on(autoscaling.horizontalpodautoscalers),
  allow(...WRITE).on(batch.cronjobs, batch.jobs),
  allow(...WRITE).on(
    ...extensions(
      'daemonsets',
      'deployments',
      'deployments/rollback',
      'deployments/scale',
      'ingresses',
      'networkpolicies',
      'replicasets',
      'replicasets/scale',
      'replicationcontrollers/scale',
    ),
  ),
  allow(...WRITE).on(policy.poddisruptionbudgets),
  allow(...WRITE).on(networking.ingresses, networking.networkpolicies),
];

/** What a viewer may read: everything but Secrets and roles. */
export const KUBERNETES_VIEW = [
  allow(...READ).on(
    core.configmaps,
    core.endpoints,
    ...sub('status', core.persistentvolumeclaims),
    pods,
    ...sub('scale', core.replicationcontrollers),
    core.serviceaccounts,
    ...sub('status', services),
  ),
  allow(...READ).on(
    resource('', 'bindings'),
    core.events,
    core.limitranges,
    core.namespaces.sub('status'),
    pods.sub('log'),
    pods.sub('status'),
    core.replicationcontrollers.sub('status'),
    ...sub('status', core.resourcequotas),
  ),
  allow(...READ).on(core.namespaces),
  allow(...READ).on(
    apps.controllerrevisions,
    ...sub('status', apps.daemonsets),
    ...sub('status', apps.deployments, apps.replicasets, apps.statefulsets),
    ...[apps.deployments, apps.replicasets, apps.statefulsets].map((kind) => kind.sub('scale')),
  ),
  allow(...READ).on(...sub('status', autoscaling.horizontalpodautoscalers)),
  allow(...READ).on(...sub('status', batch.cronjobs, batch.jobs)),
  allow(...READ).on(
    ...extensions(
      'daemonsets',
      'daemonsets/status',
      'deployments',
      'deployments/scale',
      'deployments/status',
      'ingresses',
      'ingresses/status',
      'networkpolicies',
      'replicasets',
      'replicasets/scale',
      'replicasets/status',
      'replicationcontrollers/scale',
    ),
  ),
  allow(...READ).on(...sub('status', policy.poddisruptionbudgets)),
  allow(...READ).on(...sub('status', networking.ingresses), networking.networkpolicies),
];
