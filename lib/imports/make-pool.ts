import type { Manifest } from '../core/manifest';
import { mapChildren, mapVersions, type PoolFile } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { type Catalogue, fileOf } from './catalogue';
import { digest, Interner } from './interner';
import { type Declared, SHARED } from './names';
import { Interface, type Type, type Types } from './types';
import { countUses, type Use } from './uses';
import { byPriority, compare } from './versions';
import { typeName } from './words';

/** Length in JSON from which a schema that is used more than once is worth an id. */
const WORTH = 80;

/** The pool of a catalogue, by file name without extension. The definitions read from it are those that went in, key for key. */
export function makePool(catalogue: Catalogue, types: Types, declared: ReadonlyMap<Interface, Declared>): Map<string, PoolFile> {
  const interner = new Interner();
  const custom = catalogue.kinds.filter((kind) => kind.definition !== undefined);
  const refs = refsOf(countUses(custom, interner), types, declared);
  const pooled = (schema: Schema): Schema => {
    const ref = refs.get(schema);
    return ref === undefined ? mapChildren(schema, pooled) : { $ref: ref };
  };

  const files = new Map<string, Parts>();
  const file = (name: string): Parts => {
    const parts = files.get(name) ?? { kinds: new Map(), definitions: new Map(), schemas: new Map() };
    files.set(name, parts);
    return parts;
  };
  for (const { group, version, kind, plural, scope, served, schema, definition } of catalogue.kinds) {
    const listed = {
      plural,
      scope,
      ...(!served && { served }),
      schema: pooled(interner.intern(schema)),
      ...(definition !== undefined && { definition }),
    };
    file(fileOf(group)).kinds.set(`${version}/${kind}`, listed as PoolFile['kinds'][string]);
  }
  for (const [name, definition] of catalogue.definitions) {
    file(name.slice(name.indexOf('.') + 1)).definitions.set(
      name,
      mapVersions(definition, (schema) => pooled(interner.intern(schema))),
    );
  }
  const schemas = [...catalogue.schemas].map(([ref, schema]): [string, Schema] => [ref, interner.intern(schema)]);
  for (const [ref, schema] of [
    ...schemas,
    ...[...refs].map(([schema, ref]): [string, Schema] => [ref, mapChildren(schema, pooled)]),
  ]) {
    const at = ref.indexOf('#');
    file(ref.slice(0, at)).schemas.set(ref.slice(at + 1), schema);
  }
  return sorted(files, ([group, { kinds, definitions, schemas }]) => ({
    group,
    kinds: Object.fromEntries(sorted(kinds, ([, kind]) => kind, byKind)),
    definitions: Object.fromEntries(sorted(definitions, ([, definition]) => definition)),
    schemas: Object.fromEntries(sorted(schemas, ([, schema]) => schema)),
  }));
}

/** What a file consists of, in the order in which it is found. */
interface Parts {
  readonly kinds: Map<string, PoolFile['kinds'][string]>;
  readonly definitions: Map<string, Manifest>;
  readonly schemas: Map<string, Schema>;
}

/** `file#id` of the schemas worth one. */
function refsOf(uses: ReadonlyMap<Schema, Use>, types: Types, declared: ReadonlyMap<Interface, Declared>): Map<Schema, string> {
  const worth = [...uses]
    .filter(([schema, use]) => use.times > 1 && (use.kind !== undefined || JSON.stringify(schema).length > WORTH))
    .map(([schema, use]) => {
      const file = use.groups.size > 1 ? SHARED : fileOf([...use.groups][0] ?? '');
      return { schema, use, ref: `${file}#${idOf(schema, use, types, declared)}` };
    })
    .sort(
      (a, b) =>
        Number(b.use.kind !== undefined) - Number(a.use.kind !== undefined) ||
        b.use.times - a.use.times ||
        compare(digest(a.schema), digest(b.schema)),
    );
  const taken = new Set<string>();
  return new Map(
    worth.map(({ schema, ref }) => {
      // A part of the digest stays the same when other schemas come and go; a number would not.
      const free = taken.has(ref) ? `${ref}~${digest(schema).slice(0, 6)}` : ref;
      taken.add(free);
      return [schema, free];
    }),
  );
}

/** A readable id: the name of the kind or of the interface, with `[]` or `{}` for a list or a record of them. */
function idOf(schema: Schema, { kind, field }: Use, types: Types, declared: ReadonlyMap<Interface, Declared>): string {
  const type = types.of(schema, field);
  if ('text' in type && type.text === 'unknown') return 'Any';
  if ('record' in type && 'text' in type.record && type.record.text === 'unknown') return 'Object';
  return kind ?? nameOf(schema, type, field, declared);
}

function nameOf(schema: Schema, type: Type, field: string, declared: ReadonlyMap<Interface, Declared>): string {
  if (type instanceof Interface) return declared.get(type)?.name ?? typeName(field, false);
  if ('list' in type && schema.items) return `${nameOf(schema.items, type.list, field, declared)}[]`;
  if ('record' in type && typeof schema.additionalProperties === 'object') {
    return `${nameOf(schema.additionalProperties, type.record, field, declared)}{}`;
  }
  if (schema['x-kubernetes-int-or-string']) return schema.pattern === undefined ? 'IntOrString' : 'Quantity';
  return typeName(field, false);
}

function sorted<K extends string, V, T>(
  map: ReadonlyMap<K, V>,
  value: (entry: [K, V]) => T,
  order: (a: K, b: K) => number = compare,
): Map<K, T> {
  return new Map([...map].sort(([a], [b]) => order(a, b)).map((entry) => [entry[0], value(entry)]));
}

/** Order of `version/Kind`: by kind, then the preferred version first. */
function byKind(a: string, b: string): number {
  const [[left = '', leftKind = ''], [right = '', rightKind = '']] = [a.split('/'), b.split('/')];
  return compare(leftKind, rightKind) || byPriority(left, right);
}
