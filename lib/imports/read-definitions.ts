import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../core/manifest';
import { mapVersions } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import type { Catalogue, ImportedKind } from './catalogue';
import { Interner } from './interner';
import { byPriority, compare } from './versions';

/** What is read of a CustomResourceDefinition. */
interface Definition extends Manifest {
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly schema?: { readonly openAPIV3Schema?: Schema };
    }[];
  };
}

/** All CustomResourceDefinitions below a folder, in YAML and JSON files of one or many documents; other objects are passed over. */
export function readDefinitions(folder: string): Catalogue {
  const definitions = new Map<string, Manifest>();
  const origin = new Map<string, string>();
  for (const file of files(folder)) {
    for (const definition of parse(file).flatMap(flatten).filter(isDefinition)) {
      const { name } = check(definition, file).metadata;
      if (definitions.has(name)) throw new Error(`${file}: ${name} is already defined by ${origin.get(name)}`);
      definitions.set(name, definition);
      origin.set(name, file);
    }
  }
  if (definitions.size === 0) throw new Error(`${folder}: no CustomResourceDefinition in its .yaml, .yml and .json files`);
  return catalogueOf([...definitions.values()]);
}

/** The catalogue of custom kinds that definitions declare. */
export function catalogueOf(definitions: readonly Manifest[]): Catalogue {
  const interner = new Interner();
  const whole = definitions
    .map((definition) => mapVersions(definition, (schema) => interner.intern(schema)))
    .sort((a, b) => compare(a.metadata.name, b.metadata.name));
  return {
    kinds: whole.flatMap((definition) => kindsOf(definition as Definition)),
    definitions: new Map(whole.map((definition) => [definition.metadata.name, definition])),
    schemas: new Map(),
  };
}

function kindsOf({ metadata, spec }: Definition): ImportedKind[] {
  const served = spec.versions.filter((version) => version.served);
  const preferred = served.find((version) => version.storage) ?? [...served].sort((a, b) => byPriority(a.name, b.name))[0];
  return spec.versions.map((version) => ({
    group: spec.group,
    version: version.name,
    kind: spec.names.kind,
    plural: spec.names.plural,
    scope: spec.scope,
    served: version.served,
    preferred: version === preferred,
    schema: version.schema?.openAPIV3Schema ?? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    definition: metadata.name,
  }));
}

function files(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${folder}: no such folder`);
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort(compare)
    .map((name) => join(folder, name));
}

function parse(file: string): unknown[] {
  const text = readFileSync(file, 'utf8');
  try {
    if (file.endsWith('.json')) return [JSON.parse(text)];
    const documents = parseAllDocuments(text, { version: '1.1' });
    return documents.map((document) => {
      const [error] = 'errors' in document ? document.errors : [];
      if (error) throw error;
      return document.toJS({ maxAliasCount: -1 });
    });
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

/** The items of a list object, such as `kubectl get -o yaml` writes. */
function flatten(document: unknown): unknown[] {
  const { kind, items } = (document ?? {}) as { kind?: unknown; items?: unknown };
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items : [document];
}

function isDefinition(document: unknown): document is Manifest {
  return (document as Manifest | null)?.kind === 'CustomResourceDefinition';
}

/** What is relied on afterwards. */
function check(definition: Manifest, file: string): Manifest {
  const { metadata, spec } = definition as Partial<Definition>;
  const problem = (() => {
    if (definition.apiVersion !== 'apiextensions.k8s.io/v1')
      return `has apiVersion ${definition.apiVersion}; only apiextensions.k8s.io/v1 is known`;
    if (!metadata?.name) return 'has no metadata.name';
    if (!spec?.group || !spec.names?.kind || !spec.names.plural) return 'has no spec.group, spec.names.kind or spec.names.plural';
    if (metadata.name !== `${spec.names.plural}.${spec.group}`) return `must be named ${spec.names.plural}.${spec.group}`;
    if (spec.scope !== 'Namespaced' && spec.scope !== 'Cluster')
      return `has scope ${JSON.stringify(spec.scope)}, not Namespaced or Cluster`;
    if (!Array.isArray(spec.versions) || !spec.versions.some((version) => version.served)) return 'has no served version';
    return undefined;
  })();
  if (problem) throw new Error(`${file}: CustomResourceDefinition ${metadata?.name ?? ''} ${problem}`);
  return definition;
}
