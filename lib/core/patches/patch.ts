import type { JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Kind } from '../kind';
import { groupOf } from '../kind';
import { asManifest, type Manifest } from '../manifest';
import { Scoped } from '../scoped';
import { glob } from './glob';
import { jsonPatch } from './json';
import { mergePatch, strategicMerge } from './merge';

/** Which objects of a scope a patch is for. What is left out matches everything. */
export interface Selector {
  /** @default - any kind */
  readonly kind?: Kind;
  /** Name of the object; `*` stands for any characters. @default - any name */
  readonly name?: string;
  /** @default - any namespace, and cluster-scoped objects */
  readonly namespace?: string;
  /** Labels that the object has, all of them. @default - any labels */
  readonly labels?: Readonly<Record<string, string>>;
}

const scoped = new Scoped<Patch>('cdk8s-kubeflow:patches');

/**
 * A change to finished objects, for the field that no option foresaw. Patches come last, after every setting; the result is
 * checked like everything else, and a patch that matches no object is an error.
 *
 * @example
 * Patch.strategic({ spec: { template: { spec: { priorityClassName: 'platform' } } } })
 *   .to({ kind: apps.deployments, name: 'katib-*' })
 *   .on(platform);
 */
export class Patch {
  private matched = false;

  private constructor(
    /** How messages name the patch. */
    readonly title: string,
    private readonly change: (object: Manifest) => Manifest,
    /** What is patched at or below the construct that the patch is on. */
    readonly selector: Selector = {},
  ) {}

  /**
   * RFC 6902: a list of operations, each with the path of a field.
   *
   * @see https://datatracker.ietf.org/doc/html/rfc6902
   */
  static json(...operations: JsonPatch[]): Patch {
    return new Patch('JSON patch', (object) => jsonPatch(object, operations));
  }

  /**
   * RFC 7386: members are merged, null removes one, lists are replaced.
   *
   * @see https://datatracker.ietf.org/doc/html/rfc7386
   */
  static merge(change: Readonly<Record<string, unknown>>): Patch {
    return new Patch('merge patch', (object) => mergePatch(object, change) as Manifest);
  }

  /**
   * Like `merge`, but lists of objects are merged by the key that Kubernetes gives them (containers by `name`, ports of a Service
   * by `port`); `$patch: delete` in an item removes it, `$patch: replace` takes the patch's list or object whole.
   *
   * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
   */
  static strategic(change: Readonly<Record<string, unknown>>): Patch {
    return new Patch('strategic merge patch', (object) => strategicMerge(object, change));
  }

  /** The same patch, for some objects only. */
  to(selector: Selector): Patch {
    return new Patch(this.title, this.change, selector);
  }

  /** Puts the patch on a construct: it changes the selected objects at or below it. */
  on(scope: IConstruct): void {
    // A patch of its own, as each scope has objects of its own to match.
    scoped.add(scope, new Patch(this.title, this.change, this.selector));
  }

  /** The patches that reach a construct: the outermost scope's last. */
  static reaching(construct: IConstruct): Patch[] {
    return scoped.reaching(construct);
  }

  /** The patches that are on a construct itself. */
  static at(construct: IConstruct): readonly Patch[] {
    return scoped.at(construct);
  }

  /** Whether an object is selected. */
  selects(object: Manifest): boolean {
    const { kind, name, namespace, labels = {} } = this.selector;
    const { metadata } = object;
    return (
      (!kind || (kind.kind === object.kind && kind.group === groupOf(object.apiVersion))) &&
      (name === undefined || glob(name, metadata.name)) &&
      (namespace === undefined || namespace === metadata.namespace) &&
      Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value)
    );
  }

  /**
   * The changed object.
   *
   * @throws Error when the patch cannot be applied, for instance to a field that is not there
   */
  apply(object: Manifest): Manifest {
    this.matched = true;
    try {
      return asManifest(this.change(object));
    } catch (error) {
      throw new Error(`${this.title}: ${(error as Error).message}`);
    }
  }

  /** Whether an object has been patched. What an object looks like afterwards does not tell: a patch may change what selected it. */
  get isUsed(): boolean {
    return this.matched;
  }

  /** What the patch is for, in words. */
  toString(): string {
    const { kind, name, namespace, labels } = this.selector;
    const parts = [
      kind?.kind,
      name && `name ${name}`,
      namespace && `namespace ${namespace}`,
      labels && `labels ${Object.entries(labels).map(([key, value]) => `${key}=${value}`)}`,
    ].filter(Boolean);
    return `${this.title} for ${parts.length ? parts.join(', ') : 'every object'}`;
  }
}
