import type { ExistingProduct, KnativeServing } from '../../contracts';
import { KINDS, Knative } from './knative';

/** Knative Serving, as a platform takes it. */
export const KNATIVE_SERVING: ExistingProduct<KnativeServing> = {
  id: 'knative',
  defines: KINDS,
  existing: (scope, knative) => Knative.existing(scope, knative),
};
