import type { PodSpec } from '../../crds-imports/core';
import { configurations, revisions, type Service, services } from '../../crds-imports/serving.knative.dev';
import type { KindFacts, Manifest, Reference } from '../core';
import { ofPod } from '../core/pod-references';
import { podSpecs } from '../core/pods';
import { local } from '../core/references';

export const KNATIVE: readonly KindFacts[] = [
  {
    kind: services,
    names: template,
    makes: (object) => [local(object, '', 'Service', object.metadata.name, 'metadata.name')],
    makesPods: true,
  },
  { kind: configurations, names: template, makesPods: true },
  { kind: revisions, names: (object) => pod(object, object.spec as PodSpec | undefined, 'spec'), makesPods: true },
];

function template(object: Manifest): Reference[] {
  const { spec } = (object as unknown as Service).spec?.template ?? {};
  return pod(object, spec as PodSpec | undefined, 'spec.template.spec');
}

/** The container of a Knative Service needs no name, by which a pod spec is known otherwise. */
function pod(object: Manifest, spec: PodSpec | undefined, path: string): Reference[] {
  return spec && podSpecs(object).length === 0 ? ofPod(object, spec, path) : [];
}
