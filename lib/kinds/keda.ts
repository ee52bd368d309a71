import type { KindFacts, Manifest, Reference } from '../core';
import { groupOf } from '../core/kind';
import { local } from '../core/references';

interface ScaledObject {
  readonly spec?: { readonly scaleTargetRef?: { readonly apiVersion?: string; readonly kind?: string; readonly name: string } };
}

export const KEDA: readonly KindFacts[] = [
  { kind: { group: 'keda.sh', kind: 'ScaledObject' }, names: scaled, scales: 'spec.scaleTargetRef' },
];

/** @see https://keda.sh/docs/latest/reference/scaledobject-spec/ */
function scaled(object: Manifest): Reference[] {
  const target = (object as unknown as ScaledObject).spec?.scaleTargetRef;
  if (!target) return [];
  const { apiVersion = 'apps/v1', kind = 'Deployment', name } = target;
  return [local(object, groupOf(apiVersion), kind, name, 'spec.scaleTargetRef')];
}
