import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../core/manifest';
import { Pool } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import { type Catalogue, type ImportedKind, merge } from './catalogue';
import { POOL_MODULE, readPoolModule } from './pool-module';
import { catalogueOf, check } from './read-definitions';
import { preferring, references } from './read-kubernetes';

/** The catalogue that generated files were made from, in a folder or a module beside them; an empty one where there are none. */
export function readGenerated(folder: string): Catalogue {
  const module = join(folder, POOL_MODULE);
  if (!existsSync(module)) return readPool(join(folder, 'schemas'));
  const texts = readPoolModule(readFileSync(module, 'utf8'));
  return read(new Pool(texts), Object.keys(texts), module);
}

/** The catalogue that a pool in a folder was made from; an empty one where there is no pool. */
export function readPool(folder: string): Catalogue {
  if (!existsSync(folder)) return merge();
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return read(
    new Pool(folder),
    files.map((name) => name.slice(0, -'.json'.length)),
    folder,
  );
}

/** @param place where the pool is, for messages */
function read(pool: Pool, files: readonly string[], place: string): Catalogue {
  const definitions = files.flatMap((file) => Object.keys(pool.file(file)?.definitions ?? {}));
  return merge(readOwn(pool, files), catalogueOf(definitions.map((name) => check(pool.definition(name) as Manifest, place))));
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
