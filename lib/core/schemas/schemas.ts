import { join } from 'node:path';
import type { CustomResourceDefinition } from '../../../crds-imports/apiextensions.k8s.io';
import type { Scope } from '../kind';
import type { Manifest } from '../manifest';
import { isDefinition } from '../pods';
import { Pool } from './pool';
import type { Schema, SchemaSource } from './schema';

/** What is known of a kind without a cluster. */
export interface KnownKind {
  readonly plural: string;
  readonly scope: Scope;
  /** Whether the API server serves this version. */
  readonly served: boolean;
  readonly schema: Schema;
  readonly source: SchemaSource;
  /** Name of the CustomResourceDefinition that a custom kind needs. */
  readonly definition?: string;
}

/** The pool of the release and of the Kubernetes version that the library knows. */
const SHIPPED = join(__dirname, '../../../crds-imports/schemas');

/** A definition in the model holds its schemas whole. */
const WHOLE: SchemaSource = { resolve: (schema) => schema };

/** Schemas of the kinds of a model: those of its own definitions first, then those of pools. */
export class Schemas {
  /** The kinds that the library ships: Kubernetes' own and those of the release. */
  static readonly shipped = new Schemas([], []);

  private readonly pools: readonly Pool[];
  private readonly own = new Map<string, KnownKind>();

  /**
   * @param objects the finished model
   * @param folders pools of the kinds that a user imported
   */
  constructor(objects: readonly Manifest[], folders: readonly string[]) {
    this.pools = [...new Set([...folders, SHIPPED])].map((folder) => Pool.at(folder));
    for (const object of objects) if (isDefinition(object)) this.add(object);
  }

  /** What is known of a kind; undefined for one that nobody describes. */
  find(apiVersion: string, kind: string): KnownKind | undefined {
    const own = this.own.get(`${apiVersion}/${kind}`);
    if (own) return own;
    for (const pool of this.pools) {
      const found = pool.kind(apiVersion, kind);
      if (found) return { ...found, source: pool };
    }
    return undefined;
  }

  /** The served versions of a kind, for messages. */
  versions(group: string, kind: string): string[] {
    return this.kinds(group).flatMap((known) => (known.kind === kind && known.served ? [known.version] : []));
  }

  /** Every kind and version that is known of a group. */
  kinds(group: string): { kind: string; version: string; served: boolean; definition?: string }[] {
    const own = [...this.own].flatMap(([key, { served, definition }]) => {
      const [kind = '', version = '', ...rest] = key.split('/').reverse();
      return (rest[0] ?? '') === group ? [{ kind, version, served, definition }] : [];
    });
    return [...own, ...this.pools.flatMap((pool) => pool.kinds(group))];
  }

  private add(object: Manifest): void {
    const { spec } = object as unknown as CustomResourceDefinition;
    for (const version of spec?.versions ?? []) {
      this.own.set(`${spec.group}/${version.name}/${spec.names.kind}`, {
        plural: spec.names.plural,
        scope: spec.scope as Scope,
        served: version.served,
        schema: (version.schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }) as Schema,
        source: WHOLE,
        definition: object.metadata.name,
      });
    }
  }
}
