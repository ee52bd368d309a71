import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The namespace of the chart around a construct, which its objects get unless they name another; undefined when it has none. */
export function namespaceOf(construct: IConstruct): string | undefined {
  return Chart.of(construct).namespace;
}

/** Every object that is declared at or below a construct, also those of plain cdk8s, in the order of the tree. */
export function objectsBelow(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one));
}
