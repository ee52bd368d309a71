import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { groupOf, type Scope, versionOf } from '../kind';
import type { Manifest } from '../manifest';
import type { Schema, SchemaSource } from './schema';

/** One version of a kind, as a pool file lists it. */
export interface PooledKind {
  readonly plural: string;
  readonly scope: Scope;
  /** False for a version that the definition lists but no API server serves. */
  readonly served: boolean;
  /** Schema of the objects, mostly a `$ref` for `Pool.resolve`. */
  readonly schema: Schema;
  /** Name of the CustomResourceDefinition; Kubernetes' own kinds have none. */
  readonly definition?: string;
}

/** A file of a pool: what is known of one API group, or (`shared.json`) the schemas that several groups use. */
export interface PoolFile {
  readonly group: string;
  /** By `version/Kind`; `served` is only written where it is false. */
  readonly kinds: Readonly<Record<string, Omit<PooledKind, 'served'> & { readonly served?: false }>>;
  /** By name; in each version a pooled schema stands for `openAPIV3Schema`. */
  readonly definitions: Readonly<Record<string, Manifest>>;
  /** By id; a `$ref` to one says `file#id`, also within its own file. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Where the files of a pool are: a folder of them, or their texts in a program, each by its name without extension. */
export type PoolSource = string | Readonly<Record<string, string>>;

/**
 * Schemas, in one JSON file for each API group. A schema that occurs in several places is written once and is a
 * `$ref` elsewhere. Files are read when a kind of their group is first asked for.
 */
export class Pool implements SchemaSource {
  /**
   * The pool of a source; the same object for the same one, whose files are read only once.
   *
   * @throws Error when a folder is missing: compiled files look for theirs next to themselves
   */
  static at(source: PoolSource): Pool {
    const key = typeof source === 'string' ? resolve(source) : source;
    const pool = Pool.opened.get(key) ?? new Pool(key);
    Pool.opened.set(key, pool);
    return pool;
  }

  private static readonly opened = new Map<PoolSource, Pool>();

  private readonly files = new Map<string, PoolFile | undefined>();
  private readonly expanded = new Map<string, Schema>();

  /** A pool that is read anew; `Pool.at` shares one. */
  constructor(private readonly source: PoolSource) {
    if (typeof source === 'string' && !existsSync(source))
      throw new Error(
        `the folder ${source} is missing: the schemas of kinds are in it, and have to be where the compiled files are`,
      );
  }

  /** What the pool knows of a kind; undefined for one that it does not have. */
  kind(apiVersion: string, kind: string): PooledKind | undefined {
    const found = this.file(groupOf(apiVersion) || CORE)?.kinds[`${versionOf(apiVersion)}/${kind}`];
    return found && { ...found, served: found.served ?? true };
  }

  /** Every kind of a group, at every version. */
  kinds(group: string): (PooledKind & { readonly kind: string; readonly version: string })[] {
    return Object.entries(this.file(group || CORE)?.kinds ?? {}).map(([key, found]) => {
      const [version = '', kind = ''] = key.split('/');
      return { ...found, kind, version, served: found.served ?? true };
    });
  }

  /**
   * The whole CustomResourceDefinition of that name, as it was imported; undefined when the pool does not have it.
   * Schemas that occur in several places are the same object there: not to be changed.
   */
  definition(name: string): Manifest | undefined {
    const pooled = this.file(name.slice(name.indexOf('.') + 1))?.definitions[name];
    return pooled && mapVersions(pooled, (schema) => this.expand(schema));
  }

  /** The schema itself, or the one that its `$ref` names. */
  resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const at = schema.$ref.indexOf('#');
    const target = this.file(schema.$ref.slice(0, at))?.schemas[schema.$ref.slice(at + 1)];
    if (!target) throw new Error(`${typeof this.source === 'string' ? this.source : 'the pool'} has no schema ${schema.$ref}`);
    return target;
  }

  /** The parsed file of a group, `core` for the core group; undefined when the pool does not have it. */
  file(name: string): PoolFile | undefined {
    if (!this.files.has(name)) {
      const text = this.text(name);
      this.files.set(name, text === undefined ? undefined : (JSON.parse(text) as PoolFile));
    }
    return this.files.get(name);
  }

  private text(name: string): string | undefined {
    if (typeof this.source !== 'string') return Object.hasOwn(this.source, name) ? this.source[name] : undefined;
    const path = join(this.source, `${name}.json`);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  /** A schema of a definition without references. Each shared one is expanded once, or a definition would take seconds. */
  private expand(schema: Schema): Schema {
    if (schema.$ref === undefined) return mapChildren(schema, (child) => this.expand(child));
    const whole = this.expanded.get(schema.$ref) ?? this.expand(this.resolve(schema));
    this.expanded.set(schema.$ref, whole);
    return whole;
  }
}

/** The file of the core group, whose own name is empty. */
const CORE = 'core';

/** A schema whose direct children, which are called as `children` calls them, are replaced; all else, and the order of keys, stays. */
export function mapChildren(schema: Schema, change: (child: Schema, name: string) => Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  const copy = { ...schema };
  if (properties) {
    copy.properties = Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, change(child, name)]));
  }
  if (items) copy.items = change(items, '[]');
  if (typeof additionalProperties === 'object') copy.additionalProperties = change(additionalProperties, '{}');
  return copy;
}

/** The direct children of a schema, each with the name of its field; those of lists are called `[]`, those of records `{}`. */
export function children(schema: Schema): [name: string, child: Schema][] {
  const { properties = {}, items, additionalProperties } = schema;
  const found = Object.entries(properties);
  if (items) found.push(['[]', items]);
  if (typeof additionalProperties === 'object') found.push(['{}', additionalProperties]);
  return found;
}

/** A definition in which the schema of every version is replaced. */
export function mapVersions(definition: Manifest, change: (schema: Schema, version: string) => Schema): Manifest {
  const spec = definition.spec as DefinitionSpec;
  const versions = spec.versions.map((version) =>
    version.schema?.openAPIV3Schema
      ? { ...version, schema: { ...version.schema, openAPIV3Schema: change(version.schema.openAPIV3Schema, version.name) } }
      : version,
  );
  return { ...definition, spec: { ...spec, versions } };
}

interface DefinitionSpec {
  readonly versions: readonly { readonly name: string; readonly schema?: { readonly openAPIV3Schema?: Schema } }[];
}
