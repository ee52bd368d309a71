import type { Manifest } from './manifest';
import type { PoolSource } from './schemas/pool';

/** Whether objects of a kind live in a namespace. */
export type Scope = 'Namespaced' | 'Cluster';

/** What an RBAC or webhook rule names: a resource of an API group, or one of its subresources. */
export interface Resource {
  /** API group; the empty string is the core group. */
  readonly group: string;
  /** Plural resource name, with `/subresource` where one is meant: `pods`, `pods/exec`. */
  readonly resource: string;
}

/**
 * A kind of Kubernetes object at one version, as a value: what the generated catalogue consists of.
 * `T` is the interface of its objects.
 */
export class Kind<T = unknown> implements Resource {
  /** Carries `T`; has no value at run time. */
  declare readonly type: T;

  /**
   * @param group API group; the empty string is the core group
   * @param version API version, for instance `v1beta1`
   * @param kind name of the kind, for instance `InferenceService`
   * @param plural name of the resource, for instance `inferenceservices`
   * @param scope whether objects live in a namespace
   * @param schemas where the schema pool is that describes the kind; without one its objects are not checked structurally
   */
  constructor(
    readonly group: string,
    readonly version: string,
    readonly kind: string,
    readonly plural: string,
    readonly scope: Scope,
    readonly schemas?: PoolSource,
  ) {}

  /**
   * A kind that no generated catalogue has: its objects are `Manifest`s, and nothing but their shape as an object is checked.
   *
   * @param apiVersion `group/version`, or a version alone for the core group
   */
  static unknown(apiVersion: string, kind: string, plural: string, scope: Scope): Kind<Manifest> {
    return new Kind<Manifest>(groupOf(apiVersion), versionOf(apiVersion), kind, plural, scope);
  }

  /** `group/version`, or the version alone for the core group. */
  get apiVersion(): string {
    return this.group ? `${this.group}/${this.version}` : this.version;
  }

  get resource(): string {
    return this.plural;
  }

  /** Name of the CustomResourceDefinition that serves a custom kind. */
  get definition(): string {
    return `${this.plural}.${this.group}`;
  }

  /** A subresource: `core.pods.sub('exec')`. */
  sub(name: string): Resource {
    return { group: this.group, resource: `${this.plural}/${name}` };
  }
}

/** What a generated file of one API group uses to declare its kinds, a line each. */
export function kindsOf(group: string, schemas: PoolSource) {
  return {
    namespaced: <T>(version: string, kind: string, plural: string) =>
      new Kind<T>(group, version, kind, plural, 'Namespaced', schemas),
    cluster: <T>(version: string, kind: string, plural: string) => new Kind<T>(group, version, kind, plural, 'Cluster', schemas),
  };
}

/** The group of an `apiVersion`; the empty string for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The version of an `apiVersion`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}
