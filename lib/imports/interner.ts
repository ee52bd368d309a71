import { createHash } from 'node:crypto';
import { mapChildren } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { compare } from './versions';

/** Makes schemas of the same content the same object, whatever the order of their keys. */
export class Interner {
  private readonly schemas = new Map<string, Schema>();
  private readonly ids = new Map<Schema, number>();

  /** The object that stands for all schemas of that content; so do its children. */
  intern(schema: Schema): Schema {
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
      throw new Error(`a schema must be an object, not ${JSON.stringify(schema)}`);
    }
    if (this.ids.has(schema)) return schema;
    const children: string[] = [];
    const canonical = sorted(
      mapChildren(schema, (child, name) => {
        const interned = this.intern(child);
        children.push(JSON.stringify([name, this.ids.get(interned)]));
        return interned;
      }),
    );
    const key = JSON.stringify([own(canonical), children.sort(compare)]);
    const known = this.schemas.get(key);
    if (known) return known;
    this.schemas.set(key, canonical);
    this.ids.set(canonical, this.ids.size);
    return canonical;
  }
}

/** A digest of a schema's content, which does not change with anything else. */
export function digest(schema: Schema): string {
  return createHash('sha256').update(JSON.stringify(schema)).digest('hex');
}

/** The keywords of a schema that are not children. */
function own(schema: Schema): unknown {
  const { properties, items, additionalProperties, ...rest } = schema;
  return [rest, properties && true, items && true, additionalProperties && typeof additionalProperties];
}

function sorted(schema: Schema): Schema {
  const copy = sortKeys(schema);
  if (copy.properties) copy.properties = sortKeys(copy.properties);
  return copy;
}

function sortKeys<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => compare(a, b))) as T;
}
