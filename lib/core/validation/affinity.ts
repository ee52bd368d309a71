import type { Affinity, NodeSelectorTerm, PodAffinity, PodAffinityTerm } from '../../../crds-imports/core';
import { DNS_LABEL, DNS_SUBDOMAIN } from '../names';
import type { Field } from './field';
import { operands, selector } from './selectors';
import { LABEL_VALUE, labelKey } from './texts';

/** On which nodes a pod wants to be, and near which pods. */
export function affinity(field: Field, { nodeAffinity, podAffinity, podAntiAffinity }: Affinity): void {
  if (nodeAffinity) {
    const at = field.at('nodeAffinity');
    const { requiredDuringSchedulingIgnoredDuringExecution: required } = nodeAffinity;
    if (required) {
      const terms = at.at('requiredDuringSchedulingIgnoredDuringExecution');
      if (required.nodeSelectorTerms.length === 0) terms.at('nodeSelectorTerms').say('must have at least one');
      terms.each('nodeSelectorTerms', required.nodeSelectorTerms, nodeTerm);
    }
    at.each(
      'preferredDuringSchedulingIgnoredDuringExecution',
      nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution,
      ({ weight, preference }, preferred) => {
        preferred.number('weight', weight, 1, 100);
        nodeTerm(preference, preferred.at('preference'));
      },
    );
  }
  if (podAffinity) pods(field.at('podAffinity'), podAffinity);
  if (podAntiAffinity) pods(field.at('podAntiAffinity'), podAntiAffinity);
}

/** Labels and fields of nodes. */
export function nodeTerm({ matchExpressions, matchFields }: NodeSelectorTerm, field: Field): void {
  field.each('matchExpressions', matchExpressions, ({ key, operator, values = [] }, at) => {
    labelKey(at, 'key', key);
    operands(at, operator, values);
    at.texts('values', values, LABEL_VALUE);
  });
  field.each('matchFields', matchFields, ({ key, operator, values = [] }, at) => {
    if (key !== 'metadata.name') at.at('key').must('be "metadata.name"', key);
    if (operator !== 'In' && operator !== 'NotIn') at.at('operator').must('be "In" or "NotIn"', operator);
    else if (values.length !== 1) at.at('values').say(`has ${values.length}, must have one`);
    at.texts('values', values, DNS_SUBDOMAIN);
  });
}

function pods(field: Field, affinity: PodAffinity): void {
  field.each('requiredDuringSchedulingIgnoredDuringExecution', affinity.requiredDuringSchedulingIgnoredDuringExecution, podTerm);
  field.each(
    'preferredDuringSchedulingIgnoredDuringExecution',
    affinity.preferredDuringSchedulingIgnoredDuringExecution,
    ({ weight, podAffinityTerm }, preferred) => {
      preferred.number('weight', weight, 1, 100);
      podTerm(podAffinityTerm, preferred.at('podAffinityTerm'));
    },
  );
}

function podTerm({ topologyKey, namespaces, labelSelector, namespaceSelector }: PodAffinityTerm, field: Field): void {
  if (topologyKey === '')
    field.at('topologyKey').say('is required: the label of nodes that are one place, such as kubernetes.io/hostname');
  else labelKey(field, 'topologyKey', topologyKey);
  field.texts('namespaces', namespaces, DNS_LABEL);
  selector(field, 'labelSelector', labelSelector);
  selector(field, 'namespaceSelector', namespaceSelector);
}
