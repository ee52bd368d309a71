import type { MeshReference } from '../../blocks/mesh/sidecar-mesh';
import type { ExistingProduct } from '../../contracts';
import { Istio } from './istio';

/** Istio, as a platform takes it. */
export const ISTIO: ExistingProduct<MeshReference> = {
  id: 'istio',
  existing: (scope, mesh) => Istio.existing(scope, mesh),
};
