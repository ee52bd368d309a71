import { type Catalogue, merge } from './catalogue';
import { makePool } from './make-pool';
import { nameInterfaces } from './names';
import { POOL_MODULE, printPoolModule } from './pool-module';
import { poolText } from './pool-text';
import { type Library, print } from './print';
import { Types } from './types';

/**
 * The text of every generated file by its path: TypeScript, and the pool.
 *
 * @param known kinds of Kubernetes whose types the library exports, so that they need not be generated
 */
export function generate(catalogue: Catalogue, library: Library, known?: Catalogue): Map<string, string> {
  const all = known ? merge(known, catalogue) : catalogue;
  const types = new Types(all);
  const declared = nameInterfaces(all, types);
  const pool = new Map([...makePool(catalogue, types, declared)].map(([name, file]) => [name, poolText(file)]));
  const code = print(catalogue, types, declared, library);
  return library.pool === 'module'
    ? code.set(POOL_MODULE, printPoolModule(pool))
    : new Map([...code, ...[...pool].map(([name, text]): [string, string] => [`schemas/${name}.json`, text])]);
}
