import { jobs } from '../../crds-imports/batch';
import type { KindFacts, Manifest, Reference } from '../core';
import { local } from '../core/references';

const GROUP = 'kueue.x-k8s.io';
const LABEL = `${GROUP}/queue-name`;
const LOCAL_QUEUE = { group: GROUP, kind: 'LocalQueue' };
const CLUSTER_QUEUE = { group: GROUP, kind: 'ClusterQueue' };
const FLAVOR = { group: GROUP, kind: 'ResourceFlavor' };

/** Label by which an object waits in a queue; its webhooks hold it still as long as the object runs. */
export const QUEUE = `metadata.labels["${LABEL}"]`;

/** What Kueue does with objects that wait in a queue: it starts and stops them by a field. @see https://kueue.sigs.k8s.io/docs/concepts/workload/ */
export function queued(kind: KindFacts['kind'], field: string): KindFacts {
  return {
    kind,
    names: queueOf,
    follows: [LOCAL_QUEUE],
    written: [{ where: [QUEUE], fields: [field], writer: 'Kueue' }],
  };
}

/** Finalizers keep a queue as long as somebody is in it, and a flavor as long as a queue has it; so they go after those. */
export const KUEUE: readonly KindFacts[] = [
  queued(jobs, 'spec.suspend'),
  { kind: jobs, kept: { fields: [QUEUE] } },
  {
    kind: LOCAL_QUEUE,
    names: (object) => {
      const { clusterQueue } = (object.spec ?? {}) as { clusterQueue?: string };
      return clusterQueue ? [{ ...CLUSTER_QUEUE, name: clusterQueue, path: 'spec.clusterQueue' }] : [];
    },
    follows: [CLUSTER_QUEUE],
    kept: { fields: ['spec.clusterQueue'] },
  },
  { kind: CLUSTER_QUEUE, names: flavors, follows: [FLAVOR] },
];

/** A job waits for its queue, if it has to, without an error. */
function queueOf(object: Manifest): Reference[] {
  const name = object.metadata.labels?.[LABEL];
  return name ? [local(object, GROUP, 'LocalQueue', name, QUEUE, true)] : [];
}

interface ClusterQueueSpec {
  readonly resourceGroups?: readonly { readonly flavors?: readonly { readonly name: string }[] }[];
}

function flavors({ spec = {} }: Manifest): Reference[] {
  return ((spec as ClusterQueueSpec).resourceGroups ?? []).flatMap(({ flavors: all = [] }, group) =>
    all.map(({ name }, index) => ({ ...FLAVOR, name, path: `spec.resourceGroups[${group}].flavors[${index}]` })),
  );
}
