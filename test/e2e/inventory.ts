import { isDeepStrictEqual } from 'node:util';
import { planName } from '../../lib/core/plan/plan';
import { differences } from './differences';
import type { Kubectl, KubernetesObject } from './kubectl';

/** Resources that are left out of an inventory, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  events: 'reports of what happened, which expire',
  'events.events.k8s.io': 'the same by another name',
  'leases.coordination.k8s.io': 'heartbeats, which nodes and programs renew all the time',
};

/** Objects by the names that plan.json gives them. */
export type Inventory = ReadonlyMap<string, KubernetesObject>;

export function byName(objects: readonly KubernetesObject[]): Inventory {
  return new Map(objects.map((object) => [planName(object), object]));
}

/** All objects of all resources of a cluster that can be listed. */
export async function inventory(kubectl: Kubectl): Promise<Inventory> {
  const resources = (await kubectl.run(['api-resources', '--verbs=list', '--output=name'])).split('\n');
  const listed = resources.filter((resource) => resource !== '' && !(resource in LEFT_OUT));
  return byName(await kubectl.get(listed, { allNamespaces: true }));
}

/** How a cluster differs from what it was, an entry for each object. Status and the server's own notes do not count. */
export function changes(before: Inventory, after: Inventory): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (!was) return [`${name} is new`];
    if (!is) return [`${name} is gone`];
    if (was.metadata.uid !== is.metadata.uid) return [`${name} was replaced`];
    return changed(name, declared(was), declared(is));
  });
}

/** What was written to objects between two readings of them. */
export interface Writes {
  /** An entry for each object that was written. */
  readonly declared: readonly string[];
  /** Objects of which only the status was written: by their controllers, who do so at any time. */
  readonly reported: readonly string[];
}

/** Every write leaves a new resource version; all but writes of the status leave other traces, too. */
export function writes(before: Inventory, after: Inventory): Writes {
  const declared: string[] = [];
  const reported: string[] = [];
  for (const [name, was] of before) {
    const is = after.get(name);
    if (was.metadata.resourceVersion === is?.metadata.resourceVersion) continue;
    const written = is ? changed(name, withoutStatus(was), withoutStatus(is)) : [`${name} is gone`];
    if (written.length > 0) declared.push(...written);
    else reported.push(name);
  }
  return { declared, reported };
}

function changed(name: string, was: KubernetesObject, is: KubernetesObject): string[] {
  if (isDeepStrictEqual(was, is)) return [];
  const places = differences(was, is).slice(0, 10);
  return [[`${name} changed`, ...(places.length > 0 ? places : ['it has fields that it did not have'])].join('\n  ')];
}

/** What the users of an object say of it, without what controllers and the API server note. */
function declared({ status: _, ...object }: KubernetesObject): KubernetesObject {
  const { resourceVersion, generation, managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** An object with every trace that a write leaves, except for those of a write to its status. */
function withoutStatus({ status: _, ...object }: KubernetesObject): KubernetesObject {
  const { resourceVersion, managedFields = [], ...metadata } = object.metadata;
  return {
    ...object,
    metadata: { ...metadata, managedFields: managedFields.filter(({ subresource }) => subresource !== 'status') },
  };
}
