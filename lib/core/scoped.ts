import type { IConstruct } from 'constructs';

/**
 * Values that a construct carries for everything below it: image settings, patches, what the cluster already has.
 * They live on the construct itself, under a symbol that two installed copies of the library have in common, so that both see the
 * same ones; to find them takes the same time however many there are of other sorts.
 */
export class Scoped<T> {
  private readonly symbol: symbol;

  /** @param key what the values are called; nothing else has the same */
  constructor(key: string) {
    this.symbol = Symbol.for(key);
  }

  /** Attaches a value to a construct. */
  add(scope: IConstruct, value: T): void {
    const values = valuesOf<T>(scope, this.symbol);
    if (values) values.push(value);
    else Object.defineProperty(scope, this.symbol, { value: [value] });
  }

  /** The values attached to a construct itself, in the order in which they came. */
  at(construct: IConstruct): readonly T[] {
    return valuesOf<T>(construct, this.symbol) ?? [];
  }

  /** The values that reach a construct, the nearest scope's first. */
  reaching(construct: IConstruct): T[] {
    const values: T[] = [];
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope)
      for (const value of this.at(scope)) values.push(value);
    return values;
  }
}

function valuesOf<T>(construct: IConstruct, symbol: symbol): T[] | undefined {
  return (construct as unknown as Partial<Record<symbol, T[]>>)[symbol];
}
