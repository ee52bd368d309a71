import type { Scope } from '../core/kind';
import type { Manifest } from '../core/manifest';
import type { Schema } from '../core/schemas/schema';

/** One version of a kind, as it was read. */
export interface ImportedKind {
  /** API group; the empty string is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: Scope;
  readonly served: boolean;
  /** Whether this is the version that authors get when they name none. */
  readonly preferred: boolean;
  /** Schema of the whole object. A `$ref` names one of the catalogue's schemas. */
  readonly schema: Schema;
  /** Name of the CustomResourceDefinition; Kubernetes' own kinds have none. */
  readonly definition?: string;
}

/** Everything that was read and is to be generated. */
export interface Catalogue {
  readonly kinds: readonly ImportedKind[];
  /** CustomResourceDefinitions by name, whole: no `$ref` in them. */
  readonly definitions: ReadonlyMap<string, Manifest>;
  /** Kubernetes' own schemas by `file#id`; custom ones have no names of their own. */
  readonly schemas: ReadonlyMap<string, Schema>;
}

/** What several catalogues have, as one; a later one wins. */
export function merge(...catalogues: readonly Catalogue[]): Catalogue {
  const kinds = new Map(
    catalogues.flatMap((one) => one.kinds.map((kind) => [`${kind.group}/${kind.version}/${kind.kind}`, kind])),
  );
  return {
    kinds: [...kinds.values()],
    definitions: new Map(catalogues.flatMap((one) => [...one.definitions])),
    schemas: new Map(catalogues.flatMap((one) => [...one.schemas])),
  };
}

/** The file of a group, without extension. */
export function fileOf(group: string): string {
  return group || 'core';
}
