import type { Manifest } from '../manifest';
import type { Schema, SchemaSource } from '../schemas/schema';
import { Schemas } from '../schemas/schemas';
import { setField } from '../set-field';

type Data = Record<string, unknown>;

/** What `$patch` may say. */
const DIRECTIVES: readonly unknown[] = ['merge', 'replace', 'delete'];

/** RFC 7386. Shares what it does not change. */
export function mergePatch(target: unknown, change: unknown): unknown {
  if (!isObject(change)) return change;
  const result: Data = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete result[key];
    else setField(result, key, mergePatch(result[key], value));
  }
  return result;
}

/** Strategic merge: the lists' merge keys come from the schema of the kind. */
export function strategicMerge(object: Manifest, change: Data): Manifest {
  const found = Schemas.shipped.find(object.apiVersion, object.kind);
  return merge(object, change, found?.schema, found?.source) as Manifest;
}

function merge(target: unknown, change: unknown, node: Schema | undefined, source: SchemaSource | undefined): unknown {
  const schema = node && source?.resolve(node);
  if (Array.isArray(change)) return mergeList(Array.isArray(target) ? target : [], change, schema, source);
  if (!isObject(change)) return change;
  const { $patch, ...members } = change;
  checkDirective($patch);
  if ($patch === 'replace') return members;
  const result: Data = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(members)) {
    if (value === null || (isObject(value) && value.$patch === 'delete')) delete result[key];
    else setField(result, key, merge(result[key], value, memberSchema(schema, key), source));
  }
  return result;
}

function mergeList(
  target: readonly unknown[],
  change: readonly unknown[],
  schema: Schema | undefined,
  source: SchemaSource | undefined,
): unknown[] {
  const key = mergeKey(schema, change, target);
  const directives = change.filter((item) => isObject(item) && item.$patch === 'replace' && Object.keys(item).length === 1);
  if (!key || directives.length > 0) return change.filter((item) => !directives.includes(item));
  const result = [...target];
  for (const item of change as Data[]) {
    const index = result.findIndex((other) => isObject(other) && other[key] === item[key]);
    if (item.$patch === 'delete') {
      if (index < 0) throw new Error(`no item has ${key} ${JSON.stringify(item[key])}`);
      result.splice(index, 1);
    } else if (index < 0) result.push(merge(undefined, item, schema?.items, source));
    else result[index] = merge(result[index], item, schema?.items, source);
  }
  return result;
}

/** A directive that nobody knows would change something else than it says. */
function checkDirective(directive: unknown): void {
  if (directive === undefined || DIRECTIVES.includes(directive)) return;
  throw new Error(`$patch is ${JSON.stringify(directive)}, must be one of ${DIRECTIVES.join(', ')}`);
}

/** The member by which items are the same item: what the schema says; in custom resources without one, the name that all of them have. */
function mergeKey(schema: Schema | undefined, change: readonly unknown[], target: readonly unknown[]): string | undefined {
  const key = schema?.['x-kubernetes-patch-merge-key'] ?? schema?.['x-kubernetes-list-map-keys']?.[0];
  if (key) return key;
  const items = [...change, ...target];
  return items.length > 0 && items.every((item) => isObject(item) && typeof item.name === 'string') ? 'name' : undefined;
}

function memberSchema(schema: Schema | undefined, key: string): Schema | undefined {
  const additional = schema?.additionalProperties;
  return schema?.properties?.[key] ?? (typeof additional === 'object' ? additional : undefined);
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
