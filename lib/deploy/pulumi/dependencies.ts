import type { Manifest, Plan } from '../../core';
import { ModelIndex } from '../../core/model-index';
import { Bundles } from './bundles';
import { controllersOf } from './controllers';
import { isAwaitedService } from './readiness';

/**
 * What is created before an object, and deleted after it: the plan's gates and orders, object to object, and what waves give
 * by themselves: a webhook is called through its Service, a custom resource leaves before the controller that has to clean up after
 * it, and what is waited for comes after whoever makes it ready.
 */
export class Dependencies {
  private readonly direct = new Map<Manifest, Set<Manifest>>();
  private readonly bundles: Bundles;

  constructor(plan: Plan) {
    const objects = plan.objects;
    const index = new ModelIndex(objects);
    this.bundles = new Bundles(objects, index);
    for (const { object, waitsFor } of plan.gates) this.of(object).add(waitsFor);
    for (const { object, after } of plan.orders) this.of(object).add(after);
    for (const [object, service] of calledServices(plan, index)) this.addUnlessCircular(object, service);
    for (const [object, controller] of controllersOf(objects, index)) this.addUnlessCircular(object, controller);
    for (const object of objects) {
      for (const writer of this.bundles.writersOf(object)) this.addUnlessCircular(object, writer);
      for (const writer of this.bundles.ownWriters(object)) this.addUnlessCircular(writer, object);
    }
    for (const service of objects.filter(isAwaitedService))
      for (const workload of index.behind(service)) this.addUnlessCircular(service, workload);
  }

  /** Whether to wait for the CA bundle of an object; a program that writes it by itself is waited for in its place. */
  isBundleAwaited(object: Manifest): boolean {
    return this.bundles.ownWriters(object).length === 0;
  }

  /** What an object depends on directly. */
  of(object: Manifest): Set<Manifest> {
    const known = this.direct.get(object);
    if (known) return known;
    const none = new Set<Manifest>();
    this.direct.set(object, none);
    return none;
  }

  /** For what makes an installation smoother, but not possible. */
  private addUnlessCircular(object: Manifest, other: Manifest): void {
    if (object !== other && !this.reaches(other, object)) this.of(object).add(other);
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

/** An object that waits for the workload of a webhook needs the Service, too, through which the webhook is called. */
function* calledServices(plan: Plan, index: ModelIndex): Iterable<[object: Manifest, service: Manifest]> {
  const services = new Map<Manifest, Manifest[]>();
  for (const service of plan.objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Service')) {
    for (const workload of index.behind(service)) services.set(workload, [...(services.get(workload) ?? []), service]);
  }
  for (const { object, waitsFor, ready } of plan.gates) {
    if (ready === 'Available') for (const service of services.get(waitsFor) ?? []) yield [object, service];
  }
}
