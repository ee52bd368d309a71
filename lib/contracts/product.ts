import type { Construct, IConstruct } from 'constructs';
import type { Component, Kind } from '../core';

/** What a cluster may have: the objects of a product that references may name, and what it offers to others. */
export interface ExistingProduct<Existing = never> {
  /** Construct id, and name of the output folder. */
  readonly id: string;
  /** Kinds that are defined where it is. @default - none */
  readonly defines?: readonly Kind[];
  /** Says that the cluster has it, to everything below a construct: the objects that references may name, and the same offers. */
  readonly existing: (scope: IConstruct, existing: Existing) => void;
}

/**
 * What the folder of a component exports besides its class: everything that a platform has to know of it. `platform/products.ts` is a
 * list of these.
 */
export interface Product<Props = never, Existing = never> extends ExistingProduct<Existing> {
  /** Products that it cannot do without, by their names in the platform's list and with what for; by the options that it is given. */
  readonly needs?: (props: Props) => Readonly<Partial<Record<string, string>>>;
  /** First pass, over all products: what it offers, from its options alone. Products that stand before it in the list have offered. */
  readonly offer?: (platform: IConstruct, props: Props) => void;
  /** Second pass: its objects. */
  readonly install: (platform: Construct, id: string, props: Props) => Component;
}

/** Options of a product that have none. */
export type NoOptions = Readonly<Record<string, never>>;
