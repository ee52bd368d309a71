import { sidecarMesh } from '../../lib/blocks';

/** Istio that a cluster has, as its owner names it. */
export const MESH_REFERENCE = {
  gateway: 'kubeflow/kubeflow-gateway',
  namespace: 'istio-system',
  gatewayPrincipal: 'cluster.local/ns/istio-system/sa/gateway',
};

export const MESH_WITH_SIDECARS = sidecarMesh(MESH_REFERENCE);
