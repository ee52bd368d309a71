import { createHash } from 'node:crypto';
import { children, mapChildren } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { compare } from './versions';

/** What is known of a schema with all that it holds. */
interface Content {
  /** Depends on nothing but the content. */
  readonly digest: string;
  /** Length in JSON, roughly. */
  readonly size: number;
}

/** Makes schemas of the same content the same object, whatever the order of their keys. */
export class Interner {
  private readonly schemas = new Map<string, Schema>();
  private readonly contents = new Map<Schema, Content>();
  private readonly met = new WeakMap<Schema, Schema>();

  /** The object that stands for all schemas of that content; so do its children. */
  intern(schema: Schema): Schema {
    const known = this.met.get(schema) ?? this.find(schema);
    this.met.set(schema, known);
    return known;
  }

  /** Digest and size of a schema that was interned. */
  content(schema: Schema): Content {
    const content = this.contents.get(schema);
    if (!content) throw new Error('the schema was not interned');
    return content;
  }

  private find(schema: Schema): Schema {
    const canonical = sorted(mapChildren(schema, (child) => this.intern(child)));
    const held = children(canonical).map(([name, child]) => ({ name, ...this.content(child) }));
    const own = JSON.stringify(keywords(canonical));
    const digest = createHash('sha256')
      .update(JSON.stringify([own, held.map((child) => [child.name, child.digest])]))
      .digest('hex');
    const known = this.schemas.get(digest);
    if (known) return known;
    this.schemas.set(digest, canonical);
    this.met.set(canonical, canonical);
    this.contents.set(canonical, { digest, size: held.reduce((sum, child) => sum + child.name.length + child.size, own.length) });
    return canonical;
  }
}

/** What a schema says besides its children, and of which sorts it has them. */
function keywords({ properties, items, additionalProperties, ...rest }: Schema): unknown {
  const others = typeof additionalProperties === 'object' ? 'schema' : additionalProperties;
  return { ...rest, children: [Boolean(properties), Boolean(items), others] };
}

function sorted(schema: Schema): Schema {
  const copy = sortKeys(schema);
  if (copy.properties) copy.properties = sortKeys(copy.properties);
  return copy;
}

function sortKeys<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => compare(a, b))) as T;
}
