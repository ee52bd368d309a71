import type { ClusterRole, RoleBinding } from '../../../crds-imports/rbac.authorization.k8s.io';
import { groupOf } from '../kind';
import { identityOf, type Manifest } from '../manifest';
import { isWorkload, type ModelIndex } from '../model-index';
import { podSpecs } from '../pods';
import type { Schemas } from '../schemas/schemas';

/** Each custom resource with the workloads that control its kind, as far as the model has them. */
export function* controllersOf(
  objects: readonly Manifest[],
  index: ModelIndex,
  schemas: Schemas,
): Iterable<[resource: Manifest, controller: Manifest]> {
  const controllers = new Map<string, Set<Manifest>>();
  for (const workload of objects.filter(isWorkload)) {
    for (const kind of controlledBy(workload, objects, index)) {
      const others = controllers.get(kind) ?? new Set();
      controllers.set(kind, others.add(workload));
    }
  }
  for (const object of objects) {
    const known = schemas.find(object.apiVersion, object.kind);
    if (!known?.definition) continue;
    for (const controller of controllers.get(`${known.plural}.${groupOf(object.apiVersion)}`) ?? []) yield [object, controller];
  }
}

/** The resources whose finalizers or status a workload may change: those that it controls. */
function controlledBy(workload: Manifest, objects: readonly Manifest[], index: ModelIndex): string[] {
  const { namespace } = workload.metadata;
  const account = podSpecs(workload)[0]?.spec.serviceAccountName ?? 'default';
  return objects
    .filter((object) => isBindingOf(object, account, namespace))
    .flatMap((object) => {
      const { roleRef, metadata } = object as unknown as RoleBinding & Manifest;
      const role = index.get(
        identityOf(
          'rbac.authorization.k8s.io',
          roleRef.kind,
          roleRef.kind === 'Role' ? metadata.namespace : undefined,
          roleRef.name,
        ),
      );
      return ((role as unknown as ClusterRole | undefined)?.rules ?? []).flatMap(({ apiGroups = [], resources = [], verbs }) =>
        verbs.some((verb) => verb === 'update' || verb === 'patch' || verb === '*')
          ? resources
              .flatMap((resource) => /^(.+)\/(?:finalizers|status)$/.exec(resource)?.[1] ?? [])
              .flatMap((plural) => apiGroups.map((group) => `${plural}.${group}`))
          : [],
      );
    });
}

function isBindingOf(object: Manifest, account: string, namespace: string | undefined): boolean {
  if (object.kind !== 'ClusterRoleBinding' && object.kind !== 'RoleBinding') return false;
  const { subjects = [] } = object as unknown as RoleBinding;
  return subjects.some(
    (subject) =>
      subject.kind === 'ServiceAccount' &&
      subject.name === account &&
      (subject.namespace ?? object.metadata.namespace) === namespace,
  );
}
