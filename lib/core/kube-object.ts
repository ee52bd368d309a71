import { ApiObject, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectMeta } from '../../crds-imports/meta';
import { ConstructError, reasonOf } from './finding';
import { finish } from './finish';
import type { Kind } from './kind';
import type { Manifest } from './manifest';
import { nameProblem } from './names';
import { resolve } from './resolve';
import { setField } from './set-field';
import { namespaceOf } from './tree';
import { unshared } from './unshared';
import { Validated } from './validated';

const KUBE_OBJECT = Symbol.for('cdk8s-kubeflow.KubeObject');

/** What an author writes of an object: everything but its apiVersion and kind, with a name of its own. */
export type Body<T> = Omit<T, 'metadata'> & { readonly metadata: ObjectMeta & { readonly name: string } };

/**
 * One Kubernetes object, typed by its kind.
 *
 * A thin `ApiObject`: what is written passes through untouched (nulls, empty lists, the order of keys), int-or-string is
 * `number | string`, the name is explicit, and only namespaced kinds get a namespace: their own, or else the chart's.
 *
 * @see https://cdk8s.io/docs/latest/basics/api-object/
 */
export class KubeObject<T = unknown> extends ApiObject {
  /** Identity by symbol, like cdk8s's own: it holds across two installed copies of the library. */
  static isKubeObject(value: unknown): value is KubeObject {
    return typeof value === 'object' && value !== null && KUBE_OBJECT in value;
  }

  /** ApiObject answers `instanceof` for all of its subclasses, so a subclass has to answer for itself. @internal */
  static override [Symbol.hasInstance](value: unknown): value is KubeObject {
    // biome-ignore lint/complexity/noThisInStatic: it may be a further subclass that is asked about
    return isInstance(this, value);
  }

  private readonly operations: JsonPatch[] = [];

  /**
   * @throws ConstructError when the name is not allowed for the kind, when a namespaced kind has no namespace, or a cluster-scoped one has
   */
  constructor(
    scope: Construct,
    id: string,
    /** The kind of the object, from the catalogue. */
    readonly type: Kind<T>,
    private readonly body: Body<T>,
  ) {
    const path = `${scope.node.path}/${id}`;
    const { name, namespace } = body.metadata ?? {};
    const wrong = nameProblem(type.group, type.kind, name);
    if (wrong) throw new ConstructError(path, wrong);
    if (type.scope === 'Cluster' && namespace !== undefined) {
      throw new ConstructError(
        path,
        `${type.kind} ${name} has the namespace ${JSON.stringify(namespace)}, but the kind is cluster-scoped; leave it out`,
      );
    }
    if (type.scope === 'Namespaced' && !(namespace ?? namespaceOf(scope))) {
      throw new ConstructError(path, `${type.kind} ${name} has no namespace; give metadata.namespace, or give its chart one`);
    }
    super(scope, id, { apiVersion: type.apiVersion, kind: type.kind, metadata: body.metadata as Manifest['metadata'] });
    Object.defineProperty(this, KUBE_OBJECT, { value: true });
    Validated.attach(this);
    // cdk8s stamps the chart's namespace on every object.
    if (type.scope === 'Cluster') (this.metadata as { namespace?: string }).namespace = undefined;
  }

  /** The namespace of the object; undefined for a cluster-scoped kind. */
  get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  override addJsonPatch(...operations: JsonPatch[]): void {
    this.operations.push(...operations);
  }

  /** The finished object, as it is deployed. The data is the caller's own, as with every ApiObject. */
  override toJson(): Manifest {
    return unshared(this.finished());
  }

  /** The finished object for reading: it may have parts in common with other objects. @internal */
  finished(): Manifest {
    try {
      return finish(this, this.authored(), this.operations);
    } catch (error) {
      throw new ConstructError(this.node.path, `${this.type.kind} ${this.name}: ${reasonOf(error)}`);
    }
  }

  private authored(): Manifest {
    const { metadata: written, ...rest } = this.data();
    const { name, namespace, labels, annotations, ...others } = stamp(written, this.metadata.toJson()) as Manifest['metadata'];
    const metadata = {
      name,
      ...(namespace && { namespace }),
      ...(labels !== undefined && { labels }),
      ...(annotations !== undefined && { annotations }),
      ...others,
    };
    return { apiVersion: this.apiVersion, kind: this.kind, metadata, ...rest };
  }

  /** The resolved body. */
  protected data(): Omit<Manifest, 'apiVersion' | 'kind'> {
    return resolve(this.body, this) as Omit<Manifest, 'apiVersion' | 'kind'>;
  }
}

function isInstance(type: unknown, value: unknown): value is KubeObject {
  return type === KubeObject ? KubeObject.isKubeObject(value) : Function.prototype[Symbol.hasInstance].call(type, value);
}

/** What was written, with what cdk8s has to say about it: alone, that would lack nulls and empty members, and be sorted. */
function stamp(written: unknown, stamped: unknown): unknown {
  if (stamped === undefined) return written;
  if (Array.isArray(written) && Array.isArray(stamped)) return stamped.map((item, index) => stamp(written[index], item));
  if (!isRecord(written) || !isRecord(stamped)) return stamped;
  const result = { ...written };
  for (const [key, value] of Object.entries(stamped)) setField(result, key, stamp(written[key], value));
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
