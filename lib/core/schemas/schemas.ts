import { join } from 'node:path';
import type { CustomResourceDefinition } from '../../../crds-imports/apiextensions.k8s.io';
import { groupOf, type Scope, versionOf } from '../kind';
import type { Manifest } from '../manifest';
import { isDefinition } from '../pods';
import { Pool, type PoolSource } from './pool';
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

/** Schemas of the kinds of a model. A definition in the model is all that there is of its kind; pools describe the others. */
export class Schemas {
  /** The kinds that the library ships: Kubernetes' own and those of the release. */
  static readonly shipped = new Schemas([], []);

  /** What the metadata of every object is. */
  static get metadata(): { readonly schema: Schema; readonly source: SchemaSource } {
    return { schema: { $ref: 'meta#v1.ObjectMeta' }, source: Pool.at(SHIPPED) };
  }

  /** What a pod is, wherever it stands. */
  static get podSpec(): { readonly schema: Schema; readonly source: SchemaSource } {
    return { schema: { $ref: 'core#v1.PodSpec' }, source: Pool.at(SHIPPED) };
  }

  private readonly pools: readonly Pool[];
  /** By `group|kind`, then by version. */
  private readonly own = new Map<string, Map<string, KnownKind>>();

  /**
   * @param objects the finished model
   * @param sources pools of the kinds that a user imported
   */
  constructor(objects: readonly Manifest[], sources: readonly PoolSource[]) {
    this.pools = [...new Set([...sources, SHIPPED])].map((source) => Pool.at(source));
    for (const object of objects) if (isDefinition(object)) this.add(object);
  }

  /** What is known of a kind; undefined for one that nobody describes. */
  find(apiVersion: string, kind: string): KnownKind | undefined {
    const own = this.own.get(`${groupOf(apiVersion)}|${kind}`);
    if (own) return own.get(versionOf(apiVersion));
    for (const pool of this.pools) {
      const found = pool.kind(apiVersion, kind);
      if (found) return { ...found, source: pool };
    }
    return undefined;
  }

  /** The served versions of a kind, for messages. */
  versions(group: string, kind: string): string[] {
    const served = this.kinds(group).filter((known) => known.kind === kind && known.served);
    return [...new Set(served.map(({ version }) => version))];
  }

  /** Every kind and version that is known of a group. */
  kinds(group: string): { kind: string; version: string; served: boolean; definition?: string }[] {
    const own = [...this.own].flatMap(([key, versions]) => {
      const [ofGroup, kind = ''] = key.split('|');
      return ofGroup === group ? [...versions].map(([version, known]) => ({ ...known, kind, version })) : [];
    });
    const pooled = this.pools.flatMap((pool) => pool.kinds(group));
    return [...own, ...pooled.filter(({ kind }) => !this.own.has(`${group}|${kind}`))];
  }

  /** Reads a definition, as far as it can be read: what is wrong with it, the structural check tells. */
  private add(object: Manifest): void {
    const { group, names, scope, versions } = (object as unknown as CustomResourceDefinition).spec ?? {};
    if (!group || !names?.kind || !Array.isArray(versions)) return;
    const known = new Map<string, KnownKind>();
    for (const version of versions as CustomResourceDefinition['spec']['versions']) {
      if (!version?.name) continue;
      known.set(version.name, {
        plural: names.plural,
        scope: scope as Scope,
        served: version.served,
        schema: (version.schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }) as Schema,
        source: WHOLE,
        definition: object.metadata.name,
      });
    }
    this.own.set(`${group}|${names.kind}`, known);
  }
}
