import type { ExistingProduct, KnativeServing } from '../../contracts';
import { Knative } from './knative';

/** Knative Serving, as a platform takes it. */
export const KNATIVE_SERVING: ExistingProduct<KnativeServing> = {
  id: 'knative',
  existing: (scope, knative) => Knative.existing(scope, knative),
};
