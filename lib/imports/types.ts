import { createHash } from 'node:crypto';
import type { Schema } from '../core/schemas/schema';
import type { Catalogue, ImportedKind } from './catalogue';
import { remember } from './remember';
import { compare } from './versions';
import { meaning, quoted, typeName } from './words';

/** A TypeScript type: its text, a list, a record, or an interface that has a name of its own. */
export type Type = { readonly text: string } | { readonly list: Type } | { readonly record: Type } | Interface;

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: Type;
}

/** An interface to be printed. Two of the same structure are one, except among Kubernetes' own, which keep their names. */
export class Interface {
  private built?: readonly Field[];

  constructor(
    private readonly build: () => readonly Field[],
    /** Whether fields that are not listed are allowed. */
    readonly open: boolean,
    /** `file#id` of a schema of Kubernetes. */
    readonly ref?: string,
  ) {}

  /** Name of a schema of Kubernetes, without file and version. */
  get name(): string {
    return this.ref?.slice(this.ref.lastIndexOf('.') + 1) ?? '';
  }

  get fields(): readonly Field[] {
    this.built ??= [...this.build()].sort((a, b) => compare(a.name, b.name));
    return this.built;
  }
}

/** The interface that a type is, lists or records. */
export function interfaceIn(type: Type): Interface | undefined {
  if (type instanceof Interface) return type;
  if ('list' in type) return interfaceIn(type.list);
  return 'record' in type ? interfaceIn(type.record) : undefined;
}

const UNKNOWN: Type = { text: 'unknown' };

/** The text of a type that is a choice among texts. */
const CHOICE = /^'/;
const META = 'meta#v1.ObjectMeta';

/** Fields up to which two interfaces must also be held by fields of the same name to be one: `{ name }` alone says nothing. */
const SMALL = 2;

/** The types of a catalogue's kinds. */
export class Types {
  private readonly roots: ReadonlySet<string>;
  private readonly raw = new Map<Schema, Type>();
  private readonly named = new Map<string, Type>();
  private readonly custom = new Map<string, Interface>();
  private readonly keys = new Map<Interface, string>();
  private readonly looseKeys = new Map<Interface, string>();
  private readonly own = new Own();

  constructor(private readonly catalogue: Catalogue) {
    const builtIn = catalogue.kinds.filter((kind) => kind.schema.$ref !== undefined);
    this.roots = new Set(builtIn.map((kind) => kind.schema.$ref as string));
    const seen = new Set<Interface>();
    const learn = (type: Interface): void => {
      if (seen.has(type)) return;
      seen.add(type);
      for (const field of type.fields) {
        const inner = interfaceIn(field.type);
        if (!inner) continue;
        if (!this.roots.has(inner.ref ?? '')) this.own.add(inner, this.key(inner, true), field.name);
        learn(inner);
      }
    };
    for (const kind of builtIn) learn(this.root(kind));
  }

  /** The interface of a kind's objects: what an author writes, so neither apiVersion and kind nor status. */
  root(kind: ImportedKind): Interface {
    if (kind.schema.$ref !== undefined) return this.ofRef(kind.schema.$ref) as Interface;
    const made = this.object(kind.schema, true);
    return this.unique(made, `kind ${kind.group}/${kind.kind} ${this.key(made)}`);
  }

  /** What an author does not write: the type of a kind's status. */
  status(kind: ImportedKind): Type | undefined {
    const status = kind.schema.properties?.status;
    return status && this.of(status, 'status');
  }

  /** The type of what a field of that name holds. */
  of(schema: Schema, field: string): Type {
    // The API server knows the metadata of a nested object although its schema does not list the fields.
    if (field === 'metadata' && isBare(schema)) return this.ofRef(META);
    return this.place(this.rawOf(schema), field);
  }

  /**
   * Text that is the same for types of the same structure.
   *
   * @param isLoose whether a choice among texts is as good as any text: definitions of custom kinds leave out which ones
   * Kubernetes allows
   */
  key(type: Type, isLoose = false): string {
    if (!(type instanceof Interface)) {
      if ('text' in type) return isLoose && CHOICE.test(type.text) ? 'string' : type.text;
      return 'list' in type ? `[${this.key(type.list, isLoose)}]` : `{${this.key(type.record, isLoose)}}`;
    }
    const keys = isLoose ? this.looseKeys : this.keys;
    const known = keys.get(type);
    if (known !== undefined) return known;
    // Only Kubernetes' own types contain themselves (JSONSchemaProps); inside themselves they go by name.
    if (type.ref !== undefined) keys.set(type, type.ref);
    const fields = type.fields.map((field) => `${field.name}${field.required ? '' : '?'}:${this.key(field.type, isLoose)}`);
    const key = createHash('sha256')
      .update(JSON.stringify([fields, type.open]))
      .digest('hex');
    keys.set(type, key);
    return key;
  }

  /** The interface that stands for a structure in a field of that name. */
  private place(type: Type, field: string): Type {
    if (!(type instanceof Interface)) {
      if ('list' in type) return { list: this.place(type.list, field) };
      return 'record' in type ? { record: this.place(type.record, field) } : type;
    }
    if (type.ref !== undefined) return type;
    const key = this.key(type);
    const identity = type.fields.length > SMALL ? key : `${key} ${meaning(typeName(field, true))}`;
    return this.own.find(this.key(type, true), field, type) ?? this.unique(type, identity);
  }

  private unique(made: Interface, key: string): Interface {
    return remember(this.custom, key, () => new Interface(() => made.fields, made.open));
  }

  private ofRef(ref: string): Type {
    return remember(this.named, ref, () => {
      const schema = this.catalogue.schemas.get(ref);
      if (!schema) throw new Error(`Kubernetes' schema ${ref} is missing`);
      return schema.properties ? this.object(schema, this.roots.has(ref), ref) : this.make(schema);
    });
  }

  private rawOf(schema: Schema): Type {
    if (schema.$ref !== undefined) return this.ofRef(schema.$ref);
    return remember(this.raw, schema, () => this.make(schema));
  }

  private make(schema: Schema): Type {
    if (schema['x-kubernetes-int-or-string']) return { text: 'number | string' };
    if (schema.enum) return { text: [...new Set(schema.enum.map(literal))].join(' | ') || 'never' };
    switch (schema.type) {
      case 'string':
        return { text: 'string' };
      case 'integer':
      case 'number':
        return { text: 'number' };
      case 'boolean':
        return { text: 'boolean' };
      case 'array':
        return { list: schema.items ? this.rawOf(schema.items) : UNKNOWN };
      default:
    }
    if (schema.properties && Object.keys(schema.properties).length > 0) return this.object(schema, false);
    if (typeof schema.additionalProperties === 'object') return { record: this.rawOf(schema.additionalProperties) };
    if (schema.type !== 'object') return UNKNOWN;
    return { record: isBare(schema) && !schema['x-kubernetes-preserve-unknown-fields'] ? { text: 'never' } : UNKNOWN };
  }

  private object(schema: Schema, root: boolean, ref?: string): Interface {
    const required = new Set(schema.required);
    const fields = (): Field[] => {
      const members = Object.entries(schema.properties ?? {})
        .filter(([name]) => !(root && NOT_WRITTEN.has(name)))
        .map(([name, child]) => ({
          name,
          required: required.has(name) && child.default === undefined,
          type: this.of(child, name),
        }));
      return root ? [{ name: 'metadata', required: true, type: this.ofRef(META) }, ...members] : members;
    };
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true || Boolean(schema.additionalProperties);
    return new Interface(fields, open, ref);
  }
}

/** Kubernetes' own interfaces by structure, and the fields that hold them. */
class Own {
  private readonly byKey = new Map<string, Map<Interface, string[]>>();

  add(type: Interface, key: string, field: string): void {
    const found = remember(this.byKey, key, () => new Map<Interface, string[]>());
    remember(found, type, () => []).push(field);
  }

  /** The one of that structure which such a field holds in Kubernetes too, or whose name it has; of a larger structure any. */
  find(key: string, field: string, type: Interface): Interface | undefined {
    const candidates = [...(this.byKey.get(key) ?? [])].flatMap(([found, fields]) => {
      if (!allows(type, found)) return [];
      const fit = fields.filter((one) => one === field).length + (found.name === typeName(field, true) ? 1 : 0);
      return { found, fit };
    });
    const [best] = candidates.sort((a, b) => b.fit - a.fit || byName(a.found, b.found));
    return best && (best.fit > 0 || type.fields.length > SMALL) ? best.found : undefined;
  }
}

/** Whether the choices among texts that a type has are those of a type of the same structure; any text may become a choice. */
function allows(type: Type, own: Type): boolean {
  // One of Kubernetes' own has its choices from there, not from the definition.
  if (type instanceof Interface && type.ref !== undefined) return true;
  if (type instanceof Interface && own instanceof Interface)
    return type.fields.every((field, index) => allows(field.type, own.fields[index]?.type ?? UNKNOWN));
  if ('list' in type && 'list' in own) return allows(type.list, own.list);
  if ('record' in type && 'record' in own) return allows(type.record, own.record);
  return !('text' in type && CHOICE.test(type.text)) || ('text' in own && own.text === type.text);
}

/** Order of names, the shorter one first. */
function byName(a: Interface, b: Interface): number {
  return a.name.length - b.name.length || compare(a.name, b.name);
}

/** Fields of an object that its author leaves to the kind or to the cluster. */
const NOT_WRITTEN = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function isBare(schema: Schema): boolean {
  return schema.type === 'object' && Object.keys(schema.properties ?? {}).length === 0 && !schema.additionalProperties;
}

/** The type of one value; of an object or a list that of any. */
function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'number';
  return typeof value === 'object' && value !== null ? 'unknown' : String(value);
}
