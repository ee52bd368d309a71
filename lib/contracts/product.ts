import type { Construct, IConstruct } from 'constructs';
import type { Component } from '../core';

/**
 * What the folder of a component exports besides its class: everything that a platform has to know of it. `platform/products.ts` is a
 * list of these.
 */
export interface Product<Props = never, Existing = Readonly<Record<string, never>>> {
  /** Construct id, and name of the output folder. */
  readonly id: string;
  /** Products that it cannot do without, by their names in the platform's list and with what for; by the options that it is given. */
  readonly needs?: (props: Props) => Readonly<Partial<Record<string, string>>>;
  /** First pass, over all products: what it offers, from its options alone. */
  readonly offer?: (platform: IConstruct, props: Props) => void;
  /** Second pass: its objects. */
  readonly install: (platform: Construct, id: string, props: Props) => Component;
  /** In place of `install` where the cluster has it already: the same offers, and the objects that references may name. */
  readonly existing: (platform: IConstruct, existing: Existing) => void;
}
