import { type Catalogue, merge } from './catalogue';
import { makePool } from './make-pool';
import { nameInterfaces } from './names';
import { poolText } from './pool-text';
import { type Library, print } from './print';
import { Types } from './types';

/**
 * The text of every generated file by its path: TypeScript, and the pool below `schemas/`.
 *
 * @param known kinds of Kubernetes whose types the library exports, so that they need not be generated
 */
export function generate(catalogue: Catalogue, library: Library, known?: Catalogue): Map<string, string> {
  const all = known ? merge(known, catalogue) : catalogue;
  const types = new Types(all);
  const declared = nameInterfaces(all, types);
  const pool = [...makePool(catalogue, types, declared)].map(([name, file]): [string, string] => [
    `schemas/${name}.json`,
    poolText(file),
  ]);
  return new Map([...print(catalogue, types, declared, library), ...pool]);
}
