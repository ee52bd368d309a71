import type { MeshReference } from '../../blocks/mesh/sidecar-mesh';
import type { Product } from '../../contracts';
import { IstioMesh, type IstioMeshProps, offerMesh } from './istio-mesh';
import { KINDS } from './kinds';

/** Istio, as a platform takes it. */
export const ISTIO: Product<IstioMeshProps, MeshReference> = {
  id: 'istio',
  needs: () => ({ kubeflowNamespace: 'the namespace kubeflow, in which its gateway is' }),
  offer: offerMesh,
  install: (platform, id, props) => new IstioMesh(platform, id, props),
  defines: KINDS,
  existing: (scope, mesh) => IstioMesh.existing(scope, mesh),
};
