import { existsSync, readdirSync } from 'node:fs';
import type { Manifest } from '../core/manifest';
import { Pool } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { type Catalogue, type ImportedKind, merge } from './catalogue';
import { catalogueOf } from './read-definitions';
import { preferring, references } from './read-kubernetes';

/** The catalogue that a pool was made from; an empty one where there is no pool. */
export function readPool(folder: string): Catalogue {
  const pool = new Pool(folder);
  const files = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
  const definitions = files.flatMap((file) => Object.keys(pool.file(file)?.definitions ?? {}));
  return merge(readOwn(pool, files), catalogueOf(definitions.map((name) => pool.definition(name) as Manifest)));
}

/** Kubernetes' own kinds of a pool. */
function readOwn(pool: Pool, files: readonly string[]): Catalogue {
  const kinds = files.flatMap((file): Omit<ImportedKind, 'preferred'>[] => {
    const group = file === 'core' ? '' : file;
    return pool.kinds(group).flatMap((kind) => (kind.definition === undefined ? [{ ...kind, group }] : []));
  });
  const schemas = new Map<string, Schema>();
  const collect = (ref: string): void => {
    if (schemas.has(ref)) return;
    const schema = pool.resolve({ $ref: ref });
    schemas.set(ref, schema);
    for (const reference of references(schema)) collect(reference);
  };
  for (const { schema } of kinds) if (schema.$ref !== undefined) collect(schema.$ref);
  return { kinds: preferring(kinds), definitions: new Map(), schemas };
}
