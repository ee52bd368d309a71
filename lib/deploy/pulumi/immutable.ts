import type { Facts, Manifest, Schemas } from '../../core';
import { children } from '../../core/schemas/pool';
import type { Schema, SchemaSource } from '../../core/schemas/schema';

/**
 * The fields whose change replaces an object; the old one goes first, because both have the same name. Webhooks and controllers keep
 * some, as the facts of a kind have it; a schema says of others `self == oldSelf`.
 */
export class ImmutableFields {
  /** What the schema of a kind says, by `apiVersion/Kind`. */
  private readonly ofSchemas = new Map<string, readonly string[]>();

  constructor(
    private readonly schemas: Schemas,
    private readonly facts: Facts,
  ) {}

  of(object: Manifest): string[] {
    const fields = [...new Set([...this.kept(object), ...this.ofSchema(object)])];
    return fields.filter((field) => !fields.some((other) => field.startsWith(`${other}.`) || field.startsWith(`${other}[`)));
  }

  private kept(object: Manifest): string[] {
    const { kept } = this.facts.of(object);
    if (!kept) return [];
    const { apiVersion, kind, spec } = object;
    const { fields, except = [], exceptSuspended = [] } = kept;
    const isSuspended = (spec as { suspend?: boolean } | undefined)?.suspend === true;
    const open = isSuspended ? [...except, ...exceptSuspended] : except;
    const known = this.schemas.find(apiVersion, kind);
    return fields.flatMap((field) => (known ? [...without(open, field, known.schema, known.source)] : [field]));
  }

  private ofSchema({ apiVersion, kind }: Manifest): readonly string[] {
    const key = `${apiVersion}/${kind}`;
    const known = this.schemas.find(apiVersion, kind);
    if (!known?.definition) return [];
    const fields = this.ofSchemas.get(key) ?? [...unchanging(known.schema, known.source, '')];
    this.ofSchemas.set(key, fields);
    return fields;
  }
}

/** A field, or its parts where some of them are left out. */
function* without(open: readonly string[], field: string, root: Schema, source: SchemaSource): Iterable<string> {
  if (open.includes(field)) return;
  if (!open.some((other) => other.startsWith(`${field}.`))) return yield field;
  const schema = field.split('.').reduce((at, name) => source.resolve(at).properties?.[name] ?? {}, root);
  for (const name of Object.keys(source.resolve(schema).properties ?? {})) yield* without(open, `${field}.${name}`, root, source);
}

/** The fields that a schema wants to stay as they are. */
function* unchanging(schema: Schema, source: SchemaSource, path: string): Iterable<string> {
  const { 'x-kubernetes-validations': rules = [] } = schema;
  const resolved = source.resolve(schema);
  const all = [...rules, ...(resolved === schema ? [] : (resolved['x-kubernetes-validations'] ?? []))];
  if (path && all.some(({ rule }) => rule === 'self == oldSelf')) return yield path;
  for (const [name, child] of children(resolved)) yield* unchanging(child, source, step(path, name));
}

function step(path: string, name: string): string {
  if (name === '[]' || name === '{}') return `${path}[*]`;
  return path ? `${path}.${name}` : name;
}
