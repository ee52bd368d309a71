import type { Manifest } from '../manifest';
import type { ModelIndex } from '../model-index';
import type { Schemas } from '../schemas/schemas';
import { Bundles } from './bundles';
import { controllersOf } from './controllers';
import type { Gate, Inference } from './gates';

/** That an object had better be created after another one, and leave before it. */
export type Preference = readonly [object: Manifest, other: Manifest];

/**
 * What is created before an object, and removed after it, object to object: the plan's gates and orders, and what waves give by
 * themselves. A webhook is called through its Service, a custom resource leaves before the controller that has to clean up after it,
 * and what is waited for comes after whoever makes it ready.
 */
export class Dependencies {
  private readonly direct = new Map<Manifest, Set<Manifest>>();

  private constructor(
    private readonly objects: readonly Manifest[],
    private readonly bundles: Bundles,
  ) {}

  /** @param objects in the order in which they can be applied */
  static of(objects: readonly Manifest[], { gates, orders }: Inference, index: ModelIndex, schemas: Schemas): Dependencies {
    const dependencies = new Dependencies(objects, new Bundles(index));
    for (const { object, waitsFor } of gates) dependencies.set(object).add(waitsFor);
    for (const { object, after } of orders) dependencies.set(object).add(after);
    for (const preference of calledServices(objects, gates, index)) dependencies.prefer(preference);
    for (const preference of controllersOf(objects, index, schemas)) dependencies.prefer(preference);
    for (const object of objects) {
      for (const writer of dependencies.bundles.writersOf(object)) dependencies.prefer([object, writer]);
      for (const writer of dependencies.bundles.ownWriters(object)) dependencies.prefer([writer, object]);
    }
    return dependencies;
  }

  /** These and further ones, but for those that would close a circle. */
  and(preferences: Iterable<Preference>): Dependencies {
    const more = new Dependencies(this.objects, this.bundles);
    for (const [object, others] of this.direct) more.direct.set(object, new Set(others));
    for (const preference of preferences) more.prefer(preference);
    return more;
  }

  /** What an object depends on directly. */
  of(object: Manifest): ReadonlySet<Manifest> {
    return this.direct.get(object) ?? NONE;
  }

  /** Whether to wait for the CA bundle of an object; a program that writes it by itself is waited for in its place. */
  isBundleAwaited(object: Manifest): boolean {
    return this.bundles.ownWriters(object).length === 0;
  }

  /**
   * The objects in the order in which they can be removed one after the other: nothing goes before what depends on it, a custom
   * resource before its controller and its definition, so that its finalizers still have somebody to see to them.
   */
  get removal(): Manifest[] {
    const created = new Set<Manifest>();
    const create = (object: Manifest) => {
      if (created.has(object)) return;
      for (const other of this.of(object)) create(other);
      created.add(object);
    };
    for (const object of this.objects) create(object);
    return [...created].reverse();
  }

  private set(object: Manifest): Set<Manifest> {
    const known = this.direct.get(object);
    if (known) return known;
    const none = new Set<Manifest>();
    this.direct.set(object, none);
    return none;
  }

  /** For what makes an installation smoother, but not possible. */
  private prefer([object, other]: Preference): void {
    if (object !== other && !this.reaches(other, object)) this.set(object).add(other);
  }

  private reaches(from: Manifest, to: Manifest): boolean {
    const reached = new Set([from]);
    for (const object of reached) {
      if (object === to) return true;
      for (const next of this.of(object)) reached.add(next);
    }
    return false;
  }
}

const NONE: ReadonlySet<Manifest> = new Set();

/** An object that waits for the workload of a webhook needs the Service, too, through which the webhook is called. */
function* calledServices(objects: readonly Manifest[], gates: readonly Gate[], index: ModelIndex): Iterable<Preference> {
  const services = new Map<Manifest, Manifest[]>();
  for (const service of objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Service')) {
    for (const workload of index.behind(service)) services.set(workload, [...(services.get(workload) ?? []), service]);
  }
  for (const { object, waitsFor, condition } of gates) {
    if (condition) for (const service of services.get(waitsFor) ?? []) yield [object, service];
  }
}
