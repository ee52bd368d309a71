import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../core/manifest';
import { mapVersions } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import type { Catalogue, ImportedKind } from './catalogue';
import { sizeProblem } from './document-size';
import { Interner } from './interner';
import { refusedNames } from './names-allowed';
import { schemaProblem } from './schema-problem';
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
      const { group, names } = (definition as Definition).spec;
      // Neither a name nor a kind of a group can be there twice in a cluster.
      for (const one of [name, `${names.kind} of ${group}`]) {
        if (origin.has(one)) throw new Error(`${file}: ${one} is already defined by ${origin.get(one)}`);
        origin.set(one, file);
      }
      definitions.set(name, definition);
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
    return parseAllDocuments(text, { merge: true }).map((document) => {
      const [error] = document.errors;
      if (error) throw error;
      return document.toJS();
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

/**
 * A definition of which all is there that is relied on afterwards, and nothing that an API server would refuse in its names, its size
 * and its patterns.
 *
 * @param file where it was read, for messages
 */
export function check(definition: Manifest, file: string): Manifest {
  const problem = sizeProblem(definition) ?? problemOf(definition as Partial<Definition>);
  if (problem) throw new Error(`${file}: CustomResourceDefinition ${nameOf(definition)} ${problem}`);
  return definition;
}

/** The name of a definition in a message, on one line. */
function nameOf({ metadata }: Partial<Manifest>): string {
  const name: unknown = metadata?.name;
  return typeof name === 'string' && /^[\w.-]{1,253}$/.test(name)
    ? name
    : (JSON.stringify(name)?.slice(0, 100) ?? 'without a name');
}

function problemOf({ apiVersion, metadata, spec }: Partial<Definition>): string | undefined {
  if (apiVersion !== 'apiextensions.k8s.io/v1')
    return `has apiVersion ${JSON.stringify(apiVersion)}; only apiextensions.k8s.io/v1 is known`;
  if (!spec?.group || !spec.names?.kind || !spec.names.plural) return 'has no spec.group, spec.names.kind or spec.names.plural';
  if (!Array.isArray(spec.versions) || !spec.versions.some((version) => version?.served)) return 'has no served version';
  const { group } = spec;
  const { kind, plural } = spec.names;
  const refused = new Set(spec.versions.flatMap((version) => refusedNames({ group, kind, plural, version: version?.name })));
  if (refused.size > 0) return `has names that Kubernetes refuses: ${[...refused].join('; ')}`;
  const versions = spec.versions.map((version) => version.name);
  const twice = versions.find((version, index) => versions.indexOf(version) !== index);
  if (twice !== undefined) return `has the version ${twice} twice`;
  const name = `${plural}.${group}`;
  if (metadata?.name !== name) return `must be named ${name}`;
  if (!SCOPES.includes(spec.scope)) return `has scope ${JSON.stringify(spec.scope)}; it is ${SCOPES.join(' or ')}`;
  for (const version of spec.versions) {
    const schema = version.schema?.openAPIV3Schema;
    const problem = schema && schemaProblem(schema);
    if (problem) return `has a schema of ${version.name} in which ${problem}`;
  }
  return undefined;
}

const SCOPES: readonly string[] = ['Namespaced', 'Cluster'];
