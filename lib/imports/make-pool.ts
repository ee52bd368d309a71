import type { Manifest } from '../core/manifest';
import { mapChildren, mapVersions, type PoolFile } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { type Catalogue, fileOf, type ImportedKind } from './catalogue';
import { digest, Interner } from './interner';
import { type Declared, SHARED } from './names';
import { type Interface, Interface as InterfaceType, interfaceIn, type Types } from './types';
import { byPriority, compare } from './versions';
import { typeName } from './words';

/** Length in JSON from which a schema that occurs more than once is worth an id. */
const WORTH = 80;

/** The pool of a catalogue, by file name without extension. Definitions that are read from it are those that went in, key for key. */
export function makePool(catalogue: Catalogue, types: Types, declared: ReadonlyMap<Interface, Declared>): Map<string, PoolFile> {
  const pool = new PoolMaker(types, declared);
  for (const [ref, schema] of catalogue.schemas) pool.keep(ref, schema);
  const custom = catalogue.kinds.filter((kind) => kind.definition !== undefined);
  for (const kind of custom) pool.count(kind);
  pool.name();
  for (const kind of catalogue.kinds) pool.kind(kind);
  for (const [name, definition] of catalogue.definitions) pool.definition(name, definition);
  return pool.files();
}

/** What is known of a schema that custom kinds use. */
interface Use {
  /** How many other schemas, or kinds, hold it. */
  times: number;
  readonly groups: Set<string>;
  readonly field: string;
}

class PoolMaker {
  private readonly interner = new Interner();
  private readonly uses = new Map<Schema, Use>();
  private readonly refs = new Map<Schema, string>();
  private readonly out = new Map<string, { kinds: [string, PoolFile['kinds'][string]][]; definitions: [string, Manifest][]; schemas: [string, Schema][] }>();
  /** The kinds whose objects a schema describes: it gets their name. */
  private readonly roots = new Map<Schema, string>();

  constructor(
    private readonly types: Types,
    private readonly declared: ReadonlyMap<Interface, Declared>,
  ) {}

  /** Keeps a schema of Kubernetes, which has its id already. */
  keep(ref: string, schema: Schema): void {
    const at = ref.indexOf('#');
    this.file(ref.slice(0, at)).schemas.push([ref.slice(at + 1), this.interner.intern(schema)]);
  }

  /** Counts the schemas of a custom kind. */
  count({ group, kind, version, preferred, schema }: ImportedKind): void {
    const root = this.interner.intern(schema);
    if (preferred || !this.roots.has(root)) this.roots.set(root, preferred ? kind : kind + typeName(version, false));
    this.visit(root, group, '');
    // The kind and its definition both hold it.
    this.use(root).times = 2;
  }

  /** Gives ids to the schemas worth one. */
  name(): void {
    const taken = new Set<string>();
    const worth = [...this.uses].filter(([schema, use]) => this.roots.has(schema) || (use.times > 1 && JSON.stringify(schema).length > WORTH));
    const proposed = worth.map(([schema, use]) => ({ schema, use, file: use.groups.size > 1 ? SHARED : [...use.groups][0] ?? '', id: this.idOf(schema, use) }));
    proposed.sort((a, b) => Number(this.roots.has(b.schema)) - Number(this.roots.has(a.schema)) || b.use.times - a.use.times || compare(digest(a.schema), digest(b.schema)));
    for (const { schema, file, id } of proposed) {
      const plain = `${file}#${id}`;
      const ref = taken.has(plain) ? `${plain}~${digest(schema).slice(0, 6)}` : plain;
      taken.add(ref);
      this.refs.set(schema, ref);
    }
    for (const [schema, ref] of this.refs) {
      const at = ref.indexOf('#');
      this.file(ref.slice(0, at)).schemas.push([ref.slice(at + 1), mapChildren(schema, (child) => this.pooled(child))]);
    }
  }

  kind({ group, version, kind, plural, scope, served, schema, definition }: ImportedKind): void {
    this.file(fileOf(group)).kinds.push([
      `${version}/${kind}`,
      {
        plural,
        scope,
        ...(served ? {} : { served: false as const }),
        schema: this.pooled(this.interner.intern(schema)),
        ...(definition !== undefined && { definition }),
      },
    ]);
  }

  definition(name: string, definition: Manifest): void {
    const group = name.slice(name.indexOf('.') + 1);
    this.file(group).definitions.push([name, mapVersions(definition, (schema) => this.pooled(this.interner.intern(schema)))]);
  }

  files(): Map<string, PoolFile> {
    const files = [...this.out].map(([group, { kinds, definitions, schemas }]): [string, PoolFile] => [
      group,
      {
        group,
        kinds: Object.fromEntries(kinds.sort(([a], [b]) => byKind(a, b))),
        definitions: Object.fromEntries(definitions.sort(([a], [b]) => compare(a, b))),
        schemas: Object.fromEntries(schemas.sort(([a], [b]) => compare(a, b))),
      },
    ]);
    return new Map(files.sort(([a], [b]) => compare(a, b)));
  }

  private visit(schema: Schema, group: string, field: string): void {
    const use = this.uses.get(schema);
    if (use) use.times++;
    if (use?.groups.has(group)) return;
    if (use) use.groups.add(group);
    else this.uses.set(schema, { times: 1, groups: new Set([group]), field });
    mapChildren(schema, (child, name) => {
      if (!use) this.visit(child, group, name === '[]' || name === '{}' ? field : name);
      else this.spread(child, group);
      return child;
    });
  }

  /** A further group uses a schema and with it all that it holds. */
  private spread(schema: Schema, group: string): void {
    const { groups } = this.use(schema);
    if (groups.has(group)) return;
    groups.add(group);
    mapChildren(schema, (child) => {
      this.spread(child, group);
      return child;
    });
  }

  private use(schema: Schema): Use {
    const use = this.uses.get(schema);
    if (!use) throw new Error('a schema was not counted');
    return use;
  }

  private pooled(schema: Schema): Schema {
    const ref = this.refs.get(schema);
    return ref === undefined ? mapChildren(schema, (child) => this.pooled(child)) : { $ref: ref };
  }

  /** The name of the interface, of each of its items, or else of the field that holds it. */
  private idOf(schema: Schema, { field }: Use): string {
    const root = this.roots.get(schema);
    if (root !== undefined) return root;
    const type = this.types.of(schema, field);
    const inner = interfaceIn(type);
    const name = (inner && this.declared.get(inner)?.name) ?? typeName(field, false);
    return inner && !(type instanceof InterfaceType) ? `${name}${'list' in type ? '[]' : '{}'}` : name;
  }

  private file(name: string) {
    let file = this.out.get(name);
    if (!file) this.out.set(name, (file = { kinds: [], definitions: [], schemas: [] }));
    return file;
  }
}

/** Order of `version/Kind`: by kind, then the preferred version first. */
function byKind(a: string, b: string): number {
  const [[left = '', leftKind = ''], [right = '', rightKind = '']] = [a.split('/'), b.split('/')];
  return compare(leftKind, rightKind) || byPriority(left, right);
}
