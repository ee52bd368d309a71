import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from '../core/schemas/schema';
import { type Catalogue, fileOf, type ImportedKind } from './catalogue';
import { byPriority, compare } from './versions';

/** What is read of an OpenAPI v3 document of an API server. */
interface OpenApi {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation | unknown>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly 'x-kubernetes-group-version-kind'?: GroupVersionKind;
  readonly 'x-kubernetes-action'?: string;
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Path of a resource as a whole: `/apis/apps/v1/deployments`, `/api/v1/namespaces/{namespace}/pods`. */
const COLLECTION = /^\/(?:api|apis\/[^/]+)\/v\d+\/(namespaces\/\{namespace\}\/)?([a-z]+)$/;

/** Group, version and name of a schema of Kubernetes: `io.k8s.api.apps.v1.Deployment`, `io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta`. */
const NAMED = /\.([a-z]+)\.(v\d+(?:(?:alpha|beta)\d+)?)\.([A-Za-z0-9]+)$/;

/** Schemas that stand for a value in several forms, or for any. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { 'x-kubernetes-preserve-unknown-fields': true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { 'x-kubernetes-preserve-unknown-fields': true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { format: 'date-time', type: 'string' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { format: 'date-time', type: 'string' },
};

const ZERO = new Set(['{}', '""', '0', 'false']);

/**
 * Kubernetes' own kinds at their stable versions, from the OpenAPI v3 documents that an API server serves below `/openapi/v3`
 * and that Kubernetes' repository has in `api/openapi-spec/v3`.
 */
export function readKubernetes(folder: string): Catalogue {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${folder}: no such folder`);
  const kinds: Omit<ImportedKind, 'preferred'>[] = [];
  const schemas = new Map<string, Schema>();
  const groups = new Groups();
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort(compare)
    .map((name) => parse(join(folder, name)));
  for (const document of documents) groups.learn(document);
  for (const document of documents) {
    const found = kindsOf(document, groups);
    kinds.push(...found);
    for (const { schema } of found) collect(schema, document, groups, schemas);
  }
  if (kinds.length === 0) throw new Error(`${folder}: no OpenAPI v3 document with stable kinds of Kubernetes`);
  return { kinds: preferring(kinds), definitions: new Map(), schemas };
}

/** API groups by the one word that stands for them in the names of schemas: `rbac` is `rbac.authorization.k8s.io`. */
class Groups {
  private readonly byWord = new Map([['meta', 'meta']]);

  learn(document: OpenApi): void {
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      for (const { group } of (schema as { 'x-kubernetes-group-version-kind'?: GroupVersionKind[] })[
        'x-kubernetes-group-version-kind'
      ] ?? []) {
        const word = NAMED.exec(name)?.[1];
        // Kinds of apimachinery, such as DeleteOptions, are of every group.
        if (word && word !== 'meta') this.byWord.set(word, fileOf(group));
      }
    }
  }

  /** `file#id` of a schema of Kubernetes, by its name in a document. */
  ref(name: string): string {
    const [, word = '', version, local] = NAMED.exec(name) ?? [];
    const file = this.byWord.get(word);
    if (!file) throw new Error(`the schema ${name} is of no known API group`);
    return `${file}#${version}.${local}`;
  }
}

function kindsOf(document: OpenApi, groups: Groups): Omit<ImportedKind, 'preferred'>[] {
  const kinds = new Map<string, Omit<ImportedKind, 'preferred'>>();
  const names = new Map<string, string>();
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const [gvk, ...others] =
      (schema as { 'x-kubernetes-group-version-kind'?: GroupVersionKind[] })['x-kubernetes-group-version-kind'] ?? [];
    if (gvk && others.length === 0) names.set(JSON.stringify([gvk.group, gvk.version, gvk.kind]), name);
  }
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const [, namespaced, plural = ''] = COLLECTION.exec(path) ?? [];
    const operation = (item.get ?? item.post) as Operation | undefined;
    const gvk = operation?.['x-kubernetes-group-version-kind'];
    if (!plural || !gvk) continue;
    const name = names.get(JSON.stringify([gvk.group, gvk.version, gvk.kind]));
    if (!name || (kinds.has(plural) && !namespaced)) continue;
    kinds.set(plural, {
      ...gvk,
      plural,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      served: true,
      schema: { $ref: groups.ref(name) },
    });
  }
  return [...kinds.values()];
}

/** Of several stable versions of a kind, as of HorizontalPodAutoscaler, the newest is preferred. */
export function preferring(kinds: readonly Omit<ImportedKind, 'preferred'>[]): ImportedKind[] {
  return kinds.map((kind) => {
    const newer = kinds.some(
      (other) => other.group === kind.group && other.kind === kind.kind && byPriority(other.version, kind.version) < 0,
    );
    return { ...kind, preferred: !newer };
  });
}

/** Puts a schema and all that it refers to into `schemas`, by `file#id`. */
function collect(schema: Schema, document: OpenApi, groups: Groups, schemas: Map<string, Schema>): void {
  const byRef = new Map(
    Object.keys(document.components?.schemas ?? {}).flatMap((name) =>
      NAMED.test(name) && !(name in SPECIAL) ? [[groups.ref(name), name]] : [],
    ),
  );
  const visit = (ref: string): void => {
    const name = byRef.get(ref);
    const found = name === undefined ? undefined : document.components?.schemas?.[name];
    if (!found || schemas.has(ref)) return;
    const slim = plain(found, groups);
    schemas.set(ref, slim);
    for (const reference of references(slim)) visit(reference);
  };
  for (const reference of references(schema)) visit(reference);
}

/** A schema of Kubernetes in the form of a pool: without prose, references as `file#id`. */
function plain(schema: Schema, groups: Groups): Schema {
  const {
    description: _,
    allOf,
    properties,
    items,
    additionalProperties,
    $ref,
    'x-kubernetes-group-version-kind': __,
    ...rest
  } = schema as Schema & {
    'x-kubernetes-group-version-kind'?: unknown;
  };
  // The zero value of a Go type says nothing; a required field would look as if it had a default.
  if (ZERO.has(JSON.stringify(rest.default))) delete rest.default;
  const target = $ref ?? (allOf?.length === 1 ? allOf[0]?.$ref : undefined);
  if (target !== undefined) {
    const name = target.slice(target.lastIndexOf('/') + 1);
    const special = SPECIAL[name];
    return special ? { ...special, ...rest } : { ...rest, $ref: groups.ref(name) };
  }
  const typed = rest.type !== undefined || properties !== undefined;
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, plain(child, groups)])),
    }),
    ...(items && { items: plain(items, groups) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: typeof additionalProperties === 'object' ? plain(additionalProperties, groups) : additionalProperties,
    }),
    ...(!typed && { 'x-kubernetes-preserve-unknown-fields': true }),
  };
}

/** Every `$ref` in a schema. */
export function references(schema: Schema): string[] {
  if (schema.$ref !== undefined) return [schema.$ref];
  const { properties, items, additionalProperties } = schema;
  const children = [
    ...Object.values(properties ?? {}),
    ...(items ? [items] : []),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  return children.flatMap(references);
}

function parse(file: string): OpenApi {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
