import type { Manifest } from '../core/manifest';
import { mapChildren, mapVersions, type PoolFile } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { type Catalogue, fileOf } from './catalogue';
import { Interner } from './interner';
import { type Declared, SHARED } from './names';
import { remember } from './remember';
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
  const refs = refsOf(countUses(custom, interner), interner, (schema, use) => idOf(schema, use, types, declared));
  const pooled = (schema: Schema): Schema => {
    const ref = refs.get(schema);
    return ref === undefined ? mapChildren(schema, pooled) : { $ref: ref };
  };

  const files = new Map<string, Parts>();
  const file = (name: string): Parts =>
    remember(files, name, () => ({ kinds: new Map(), definitions: new Map(), schemas: new Map() }));
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
    const whole = mapVersions(definition, (schema) => pooled(interner.intern(schema)));
    file(name.slice(name.indexOf('.') + 1)).definitions.set(name, whole);
  }
  const put = (ref: string, schema: Schema): void => {
    const at = ref.indexOf('#');
    file(ref.slice(0, at)).schemas.set(ref.slice(at + 1), schema);
  };
  for (const [ref, schema] of catalogue.schemas) put(ref, interner.intern(schema));
  for (const [schema, ref] of refs) put(ref, mapChildren(schema, pooled));
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
function refsOf(
  uses: ReadonlyMap<Schema, Use>,
  interner: Interner,
  id: (schema: Schema, use: Use) => string,
): Map<Schema, string> {
  const worth = [...uses]
    .filter(([schema, use]) => use.times > 1 && (use.kind !== undefined || interner.content(schema).size > WORTH))
    .map(([schema, use]) => ({ schema, use, digest: interner.content(schema).digest }))
    .sort((a, b) => byUse(a.use, b.use) || compare(a.digest, b.digest));
  const taken = new Set<string>();
  const refs = new Map<Schema, string>();
  for (const { schema, use, digest } of worth) {
    const file = use.groups.size > 1 ? SHARED : fileOf([...use.groups][0] ?? '');
    const plain = `${file}#${id(schema, use)}`;
    // A part of the digest stays the same when other schemas come and go; a number would not.
    const ref = taken.has(plain) ? `${plain}~${digest.slice(0, 6)}` : plain;
    taken.add(ref);
    refs.set(schema, ref);
  }
  return refs;
}

/** Kinds first, then what is used most: they get the plain names. */
function byUse(a: Use, b: Use): number {
  return Number(b.kind !== undefined) - Number(a.kind !== undefined) || b.times - a.times;
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
