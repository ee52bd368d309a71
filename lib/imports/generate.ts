import type { Catalogue } from './catalogue';
import { makePool } from './make-pool';
import { nameInterfaces } from './names';
import { type Library, print } from './print';
import { Types } from './types';
import { poolText } from './write-pool';

/** The text of every generated file, by path: TypeScript, and the pool below `schemas/`. */
export function generate(catalogue: Catalogue, library: Library): Map<string, string> {
  const types = new Types(catalogue);
  const declared = nameInterfaces(catalogue, types);
  const custom = { ...catalogue, kinds: catalogue.kinds.filter((kind) => kind.definition !== undefined), schemas: new Map() };
  // Kubernetes' own kinds of a user are the library's; only their types are needed.
  const pooled = library.types === undefined ? catalogue : custom;
  const pool = [...makePool(pooled, types, declared)].map(([name, file]): [string, string] => [`schemas/${name}.json`, poolText(file)]);
  return new Map([...print(catalogue, types, declared, library), ...pool]);
}
