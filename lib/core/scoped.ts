import type { IConstruct } from 'constructs';

/**
 * Values that a construct carries for everything below it: image settings, patches, what the cluster already has.
 * They live in the construct's own metadata, so two installed copies of the library see the same ones.
 */
export class Scoped<T> {
  /** @param key metadata type under which the values are kept */
  constructor(private readonly key: string) {}

  /** Attaches a value to a construct. */
  add(scope: IConstruct, value: T): void {
    scope.node.addMetadata(this.key, value);
  }

  /** The values attached to a construct itself, in the order in which they came. */
  at(construct: IConstruct): T[] {
    return construct.node.metadata.filter((entry) => entry.type === this.key).map((entry) => entry.data as T);
  }

  /** The values that reach a construct, the nearest scope's first. */
  reaching(construct: IConstruct): T[] {
    const values: T[] = [];
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) values.push(...this.at(scope));
    return values;
  }
}
