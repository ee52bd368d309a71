import { jobs } from '../../crds-imports/batch';
import type { KindFacts, Written } from '../core';

/** Label by which an object waits in a queue; its webhooks hold it still as long as the object runs. */
export const QUEUE = 'metadata.labels["kueue.x-k8s.io/queue-name"]';

/** The field by which Kueue starts and stops what waits in a queue. @see https://kueue.sigs.k8s.io/docs/concepts/workload/ */
export function startedByKueue(field: string): Written {
  return { where: [QUEUE], fields: [field], writer: 'Kueue' };
}

export const KUEUE: readonly KindFacts[] = [
  { kind: jobs, written: [startedByKueue('spec.suspend')], kept: { fields: [QUEUE] } },
  { kind: { group: 'kueue.x-k8s.io', kind: 'LocalQueue' }, kept: { fields: ['spec.clusterQueue'] } },
];
