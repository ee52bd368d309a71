import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { children, mapChildren } from '../core/schemas/pool';
import { QUANTITY_PATTERN } from '../core/schemas/quantity';
import type { Schema } from '../core/schemas/schema';
import { type Catalogue, fileOf, type ImportedKind } from './catalogue';
import { byPriority, compare } from './versions';

const GVK = 'x-kubernetes-group-version-kind';

/** What is read of an OpenAPI v3 document of an API server. */
interface OpenApi {
  readonly paths?: Readonly<Record<string, { readonly get?: Operation; readonly post?: Operation }>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, NamedSchema>> };
}

interface Operation {
  readonly [GVK]?: GroupVersionKind;
}

/** A schema that tells the kinds it describes. */
interface NamedSchema extends Schema {
  readonly [GVK]?: readonly GroupVersionKind[];
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** A kind of which it is not known yet whether there is a newer version. */
type Found = Omit<ImportedKind, 'preferred'>;

/** Path of all objects of a kind at a stable version: `/apis/apps/v1/deployments`, `/api/v1/namespaces/{namespace}/pods`. */
const COLLECTION = /^\/(?:api|apis\/[^/]+)\/v\d+\/(namespaces\/\{namespace\}\/)?([a-z]+)$/;

/** Name of a schema of Kubernetes: `io.k8s.api.rbac.v1.Role`. Those of custom kinds, which a server lists too, begin otherwise. */
const NAMED = /^io\.k8s\.(?:api|apimachinery|apiextensions-apiserver|kube-aggregator)\.(?:.+\.)?([a-z]+)\.(v\d\w*)\.(\w+)$/;

/** Where the one schema of quantities stands. */
const QUANTITY = 'meta#Quantity';

/** Schemas that stand for a value in several forms, or for any. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { $ref: QUANTITY },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { 'x-kubernetes-preserve-unknown-fields': true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { 'x-kubernetes-preserve-unknown-fields': true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { format: 'date-time', type: 'string' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { format: 'date-time', type: 'string' },
};

/** Zero values of Go. As a default they say nothing, but a required field would look as if it had one. */
const ZERO = new Set(['{}', '""', '0', 'false']);

/**
 * Kubernetes' own kinds at their stable versions, from the OpenAPI v3 documents that an API server serves below `/openapi/v3`
 * and that Kubernetes' repository has in `api/openapi-spec/v3`.
 */
export function readKubernetes(folder: string): Catalogue {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${folder}: no such folder`);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const documents = files.sort(compare).map((name) => parse(join(folder, name)));
  const all = new Map(documents.flatMap((document) => Object.entries(document.components?.schemas ?? {})));
  const refs = refsOf(all);
  const kinds = documents.flatMap((document) => kindsOf(document, all, refs));
  if (kinds.length === 0) throw new Error(`${folder}: no OpenAPI v3 document with stable kinds of Kubernetes`);

  const names = new Map([...refs].map(([name, ref]) => [ref, name]));
  const schemas = new Map<string, Schema>([[QUANTITY, { pattern: QUANTITY_PATTERN, 'x-kubernetes-int-or-string': true }]]);
  const collect = (schema: Schema): void => {
    for (const ref of references(schema)) {
      const found = all.get(names.get(ref) ?? '');
      if (!found || schemas.has(ref)) continue;
      schemas.set(ref, plain(found, refs));
      collect(schemas.get(ref) as Schema);
    }
  };
  for (const { schema } of kinds) collect(schema);
  return { kinds: preferring(kinds), definitions: new Map(), schemas };
}

/** `file#id` of every schema of Kubernetes by its name. */
function refsOf(schemas: ReadonlyMap<string, NamedSchema>): Map<string, string> {
  // One word stands for the group there (`rbac` for `rbac.authorization.k8s.io`); the kinds of the group tell which.
  const groups = new Map<string, string>();
  for (const [name, { [GVK]: kinds = [] }] of schemas) {
    const word = NAMED.exec(name)?.[1];
    if (word !== undefined && kinds[0]) groups.set(word, fileOf(kinds[0].group));
  }
  groups.set('meta', 'meta');
  const named = [...schemas.keys()].flatMap((name): [string, string][] => {
    const [, word = '', version, local] = NAMED.exec(name) ?? [];
    return groups.has(word) ? [[name, `${groups.get(word)}#${version}.${local}`]] : [];
  });
  return new Map(named);
}

/** The kinds of a document of which objects can be listed or created. */
function kindsOf({ paths = {} }: OpenApi, schemas: ReadonlyMap<string, NamedSchema>, refs: ReadonlyMap<string, string>): Found[] {
  const byKind = new Map(
    [...schemas].flatMap(([name, { [GVK]: kinds = [] }]) => kinds.map((kind) => [keyOf(kind), refs.get(name)])),
  );
  const found = new Map<string, Found>();
  for (const [path, { get, post }] of Object.entries(paths)) {
    const [, namespaced, plural = ''] = COLLECTION.exec(path) ?? [];
    const kind = (get ?? post)?.[GVK];
    const ref = kind && byKind.get(keyOf(kind));
    // A namespaced kind has a second path, for the objects of all namespaces.
    if (!plural || !ref || (found.has(plural) && !namespaced)) continue;
    found.set(plural, { ...kind, plural, scope: namespaced ? 'Namespaced' : 'Cluster', served: true, schema: { $ref: ref } });
  }
  return [...found.values()];
}

function keyOf({ group, version, kind }: GroupVersionKind): string {
  return `${group}/${version}/${kind}`;
}

/** Of several stable versions of a kind, as of HorizontalPodAutoscaler, the newest is preferred. */
export function preferring(kinds: readonly Found[]): ImportedKind[] {
  return kinds.map((kind) => {
    const versions = kinds
      .filter((other) => other.group === kind.group && other.kind === kind.kind)
      .map((other) => other.version);
    return { ...kind, preferred: versions.every((version) => byPriority(kind.version, version) <= 0) };
  });
}

/** A schema of Kubernetes in the form of a pool: without prose, references as `file#id`. */
function plain(schema: NamedSchema, refs: ReadonlyMap<string, string>): Schema {
  const { description: _, [GVK]: __, allOf, $ref, ...rest } = schema;
  if (ZERO.has(JSON.stringify(rest.default))) delete rest.default;
  const target = $ref ?? allOf?.[0]?.$ref;
  if (target !== undefined) {
    const name = target.slice(target.lastIndexOf('/') + 1);
    const ref = refs.get(name);
    const stands = SPECIAL[name] ?? (ref !== undefined && { $ref: ref });
    if (!stands) throw new Error(`the schema ${name} is of no API group of Kubernetes`);
    return { ...stands, ...rest };
  }
  const slim = mapChildren(rest, (child) => plain(child, refs));
  return slim.type === undefined && !slim.properties ? { ...slim, 'x-kubernetes-preserve-unknown-fields': true } : slim;
}

/** Every `$ref` in a schema. */
export function references(schema: Schema): string[] {
  return schema.$ref === undefined ? children(schema).flatMap(([, child]) => references(child)) : [schema.$ref];
}

function parse(file: string): OpenApi {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
