import { type Labels, type ObjectModel, podSpecs } from '../core';
import { isWorkload } from '../core/model-index';
import type { IdentifiedPods } from './authorization-policies';

/** The pods of the model that a Gateway of Istio selects; it looks for them in all namespaces. */
export function podsWith(selector: Labels, { manifests }: ObjectModel): IdentifiedPods[] {
  return manifests.filter(isWorkload).flatMap((workload) => {
    const [pod] = podSpecs(workload);
    const { namespace = '' } = workload.metadata;
    if (!pod || !Object.entries(selector).every(([key, value]) => pod.labels[key] === value)) return [];
    const account = pod.spec.serviceAccountName ?? 'default';
    return [{ namespace, labels: pod.labels, principal: `cluster.local/ns/${namespace}/sa/${account}` }];
  });
}
