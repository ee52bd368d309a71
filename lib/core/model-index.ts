import type { Service } from '../../crds-imports/core';
import type { RoleBinding } from '../../crds-imports/rbac.authorization.k8s.io';
import { Facts } from './facts/facts';
import { identity, identityOf, type Manifest } from './manifest';
import { type FoundPodSpec, podSpecs } from './pods';
import { type Reference, target } from './references';

/** Kinds that become pods, and say so in their status. */
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/**
 * Finished objects, found by what other objects say of them. Everything is looked up in constant time; of an object that is not
 * what its schema says, what cannot be read is left out.
 */
export class ModelIndex {
  private readonly byIdentity = new Map<string, Manifest>();
  private readonly workloads = new Map<string, { object: Manifest; pod: FoundPodSpec }[]>();
  private readonly makers = new Map<string, Manifest>();
  private readonly bindings = new Map<string, Manifest[]>();
  private readonly named = new Map<Manifest, readonly Reference[]>();

  /** @param facts what is known of their kinds. @default - what Kubernetes says of its own */
  constructor(
    readonly objects: readonly Manifest[],
    readonly facts: Facts = Facts.kubernetes,
  ) {
    for (const object of objects) {
      this.byIdentity.set(identity(object), object);
      if (isWorkload(object)) {
        const pod = podSpecs(object)[0];
        if (pod) push(this.workloads, object.metadata.namespace ?? '', { object, pod });
      }
      for (const made of facts.of(object).makes?.(object) ?? []) this.makers.set(target(made), object);
      if (object.kind === 'ClusterRoleBinding' || object.kind === 'RoleBinding') {
        const { subjects } = object as unknown as RoleBinding;
        for (const subject of Array.isArray(subjects) ? (subjects as NonNullable<RoleBinding['subjects']>) : []) {
          if (subject?.kind !== 'ServiceAccount') continue;
          const { namespace = object.metadata.namespace, name } = subject;
          push(this.bindings, identityOf('', 'ServiceAccount', namespace, name), object);
        }
      }
    }
  }

  /** The object with an identity. */
  get(id: string): Manifest | undefined {
    return this.byIdentity.get(id);
  }

  /** A Service. */
  service(namespace: string | undefined, name: string): Manifest | undefined {
    return this.get(identityOf('', 'Service', namespace, name));
  }

  /** Everything that an object names. */
  references(object: Manifest): readonly Reference[] {
    const known = this.named.get(object);
    if (known) return known;
    const references = this.facts.references(object);
    this.named.set(object, references);
    return references;
  }

  /** The object whose controller makes another one, by its identity: the Certificate of a Secret. */
  makerOf(id: string): Manifest | undefined {
    return this.makers.get(id);
  }

  /** The bindings of a ServiceAccount, by its identity. */
  bindingsOf(account: string): readonly Manifest[] {
    return this.bindings.get(account) ?? [];
  }

  /** The workloads to whose pods a Service leads. */
  behind(service: Manifest | undefined): Manifest[] {
    const selector = Object.entries((service as unknown as Service | undefined)?.spec?.selector ?? {});
    if (!service || selector.length === 0) return [];
    return (this.workloads.get(service.metadata.namespace ?? '') ?? [])
      .filter(({ pod }) => selector.every(([key, value]) => pod.labels[key] === value))
      .map(({ object }) => object);
  }

  /**
   * What must be in the cluster for a workload to run, as far as the model has it: its ServiceAccount with bindings and roles,
   * ConfigMaps, Secrets or what makes them, claims, priority classes.
   */
  neededBy(workload: Manifest): Manifest[] {
    const needed = new Set<Manifest>();
    for (const reference of this.references(workload)) {
      const id = target(reference);
      for (const object of [this.get(id), reference.optional ? undefined : this.makerOf(id)]) if (object) needed.add(object);
      for (const binding of this.bindingsOf(id)) {
        needed.add(binding);
        for (const other of this.references(binding)) {
          const role = other.path === 'roleRef' ? this.get(target(other)) : undefined;
          if (role) needed.add(role);
        }
      }
    }
    return [...needed];
  }
}

/** Whether an object is a workload that reports when it is available. */
export function isWorkload(object: Manifest): boolean {
  return WORKLOADS.has(object.kind) && object.apiVersion.startsWith('apps/');
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
