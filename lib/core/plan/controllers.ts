import type { ClusterRole } from '../../../crds-imports/rbac.authorization.k8s.io';
import { groupOf } from '../kind';
import { identityOf, type Manifest } from '../manifest';
import { isWorkload, type ModelIndex } from '../model-index';
import { podSpecs } from '../pods';
import { target } from '../references';
import type { Schemas } from '../schemas/schemas';

/** Each custom resource with the workloads that control its kind, as far as the model has them. */
export function* controllersOf(
  objects: readonly Manifest[],
  index: ModelIndex,
  schemas: Schemas,
): Iterable<[resource: Manifest, controller: Manifest]> {
  const controllers = new Map<string, Set<Manifest>>();
  for (const workload of objects.filter(isWorkload)) {
    for (const kind of controlledBy(workload, index)) {
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
function controlledBy(workload: Manifest, index: ModelIndex): string[] {
  const account = podSpecs(workload)[0]?.spec.serviceAccountName ?? 'default';
  const bindings = index.bindingsOf(identityOf('', 'ServiceAccount', workload.metadata.namespace, account));
  return bindings
    .flatMap((binding) => index.references(binding).filter(({ path }) => path === 'roleRef'))
    .flatMap((role) => (index.get(target(role)) as unknown as ClusterRole | undefined)?.rules ?? [])
    .filter(({ verbs }) => verbs.some((verb) => CHANGES.has(verb)))
    .flatMap(({ apiGroups = [], resources = [] }) =>
      resources
        .flatMap((resource) => /^(.+)\/(?:finalizers|status)$/.exec(resource)?.[1] ?? [])
        .flatMap((plural) => apiGroups.map((group) => `${plural}.${group}`)),
    );
}

const CHANGES = new Set(['update', 'patch', '*']);
