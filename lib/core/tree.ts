import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The namespace of the chart around a construct, which its objects get unless they name another; undefined when it has none. */
export function namespaceOf(construct: IConstruct): string | undefined {
  return Chart.of(construct).namespace;
}

/** Trees that are finished, with the objects in them. */
const finished = new WeakMap<IConstruct, readonly ApiObject[]>();

/** Every object that is declared at or below a construct, also those of plain cdk8s, in the order of the tree. */
export function objectsBelow(construct: IConstruct): readonly ApiObject[] {
  return finished.get(construct) ?? search(construct);
}

/** Does something with a tree that does not grow meanwhile, so that its objects are looked for once. */
export function whileFinished<T>(root: IConstruct, action: () => T): T {
  finished.set(root, search(root));
  try {
    return action();
  } finally {
    finished.delete(root);
  }
}

function search(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one));
}
