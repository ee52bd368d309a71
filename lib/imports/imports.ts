import { join } from 'node:path';
import { type Catalogue, merge } from './catalogue';
import { changes } from './changes';
import { generate } from './generate';
import { extensionIn } from './module-type';
import { readDefinitions } from './read-definitions';
import { readKubernetes } from './read-kubernetes';
import { readGenerated, readPool } from './read-pool';
import { writeFiles } from './write-files';

/** What to import, and where to. */
export interface ImportOptions {
  /**
   * Folder of CustomResourceDefinitions, in YAML or JSON files.
   *
   * @default - those that `out` has already
   */
  readonly definitions?: string;
  /**
   * Folder of the OpenAPI v3 documents of an API server.
   *
   * @default - Kubernetes' kinds that `out` has already, or else those of the library
   */
  readonly kubernetes?: string;
  /** Folder for the generated files. */
  readonly out: string;
  /** Module from which the generated files import; a path relative to `out` for the library's own catalogue. */
  readonly library: string;
  /**
   * Whether the pool is a module, which a compiler takes along, or a folder of JSON files, which has to be copied.
   *
   * @default 'module'
   */
  readonly pool?: 'module' | 'folder';
}

/** The pool that the library ships. */
const SHIPPED = join(__dirname, '../../crds-imports/schemas');

/** Generates kinds, types and the schema pool in a folder. Returns what changed there, a line each. */
export function imports({ definitions, kubernetes, out, library, pool = 'module' }: ImportOptions): string[] {
  const before = readGenerated(out);
  const after = merge(
    kubernetes ? readKubernetes(kubernetes) : part(before, false),
    definitions ? readDefinitions(definitions) : part(before, true),
  );
  if (after.kinds.length === 0) throw new Error(`${out}: nothing to generate; name a folder of definitions`);
  const layout = { kinds: library, pool, extension: extensionIn(out) } as const;
  writeFiles(out, after.schemas.size > 0 ? generate(after, layout) : generate(after, { ...layout, types: library }, shipped()));
  return changes(before, after);
}

/** Kubernetes' own kinds, of which the library exports the types. */
function shipped(): Catalogue {
  const known = part(readPool(SHIPPED), false);
  if (known.kinds.length === 0) throw new Error(`${SHIPPED}: no kinds of Kubernetes; name a folder of its OpenAPI documents`);
  return known;
}

/** The custom kinds of a catalogue, or Kubernetes' own. */
function part(catalogue: Catalogue, custom: boolean): Catalogue {
  return {
    kinds: catalogue.kinds.filter((kind) => (kind.definition !== undefined) === custom),
    definitions: custom ? catalogue.definitions : new Map(),
    schemas: custom ? new Map() : catalogue.schemas,
  };
}
