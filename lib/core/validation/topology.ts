import type { PodSpec } from '../../../crds-imports/core';
import type { Field } from './field';
import { selector } from './selectors';
import { labelKey } from './texts';

/** How the pods of a workload are spread. */
export function topology(field: Field, { topologySpreadConstraints }: Pick<PodSpec, 'topologySpreadConstraints'>): void {
  const seen = new Set<string>();
  field.each('topologySpreadConstraints', topologySpreadConstraints, (constraint, at) => {
    const { maxSkew, minDomains, topologyKey, whenUnsatisfiable, labelSelector } = constraint;
    at.number('maxSkew', maxSkew, 1);
    at.number('minDomains', minDomains, 1);
    if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule')
      at.at('minDomains').must('be left out, unless whenUnsatisfiable is "DoNotSchedule"', minDomains);
    if (topologyKey === '')
      at.at('topologyKey').say('is required: the label of nodes that are one place, such as topology.kubernetes.io/zone');
    else labelKey(at, 'topologyKey', topologyKey);
    at.once(
      seen,
      `${topologyKey} ${whenUnsatisfiable}`,
      () => `repeats ${JSON.stringify(topologyKey)} with ${JSON.stringify(whenUnsatisfiable)}`,
    );
    selector(at, 'labelSelector', labelSelector);
  });
}
