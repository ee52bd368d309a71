import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The namespace of the chart around a construct, which its objects get unless they name another; undefined when it has none. */
export function namespaceOf(construct: IConstruct): string | undefined {
  return Chart.of(construct).namespace;
}

/** The objects of a tree, and the same by kind and then by name. */
interface Found {
  readonly objects: readonly ApiObject[];
  readonly kinds: ReadonlyMap<string, ReadonlyMap<string, readonly ApiObject[]>>;
}

/** Trees that are finished, with the objects in them. */
const finished = new WeakMap<IConstruct, Found>();

/** Every object that is declared at or below a construct, also those of plain cdk8s, in the order of the tree. */
export function objectsBelow(construct: IConstruct): readonly ApiObject[] {
  return finished.get(construct)?.objects ?? search(construct);
}

/** The objects of a kind at or below a construct by their names; namespaces and API groups are left to the caller. */
export function objectsByName(construct: IConstruct, kind: string): ReadonlyMap<string, readonly ApiObject[]> {
  return (finished.get(construct)?.kinds ?? byKind(search(construct))).get(kind) ?? new Map();
}

/** Does something with a tree that does not grow meanwhile, so that its objects are looked for once. */
export function whileFinished<T>(root: IConstruct, action: () => T): T {
  const objects = search(root);
  finished.set(root, { objects, kinds: byKind(objects) });
  try {
    return action();
  } finally {
    finished.delete(root);
  }
}

function search(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one));
}

function byKind(objects: readonly ApiObject[]): Map<string, Map<string, ApiObject[]>> {
  const kinds = new Map<string, Map<string, ApiObject[]>>();
  for (const object of objects) {
    const names = kinds.get(object.kind) ?? new Map<string, ApiObject[]>();
    const alike = names.get(object.name);
    if (alike) alike.push(object);
    else names.set(object.name, [object]);
    kinds.set(object.kind, names);
  }
  return kinds;
}
