import { serviceaccounts } from '../../crds-imports/core';
import { gateways } from '../../crds-imports/networking.istio.io';
import { Existing } from '../core';

/** API groups of Istio. */
const ISTIO = ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io'];

/** Names of a mesh that the cluster has. */
interface ExistingMesh {
  /** Gateway of Kubeflow's web applications, as `namespace/name`. */
  readonly gateway: string;
  /** Namespace of the gateway's pods. */
  readonly namespace: string;
  /** SPIFFE identity of the gateway's pods, without the scheme. */
  readonly gatewayPrincipal: string;
}

/** What objects of a platform may name of the mesh that its cluster has: its kinds, and the gateway with its identity. */
export function existingMesh({ gateway, namespace, gatewayPrincipal }: ExistingMesh): Existing[] {
  const [gatewayNamespace, name = ''] = gateway.split('/');
  const [, accountNamespace, account = ''] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(gatewayPrincipal) ?? [];
  return [
    ...ISTIO.map((group) => Existing.definitions(group)),
    Existing.namespace(namespace),
    Existing.object(gateways, name, gatewayNamespace),
    ...(account ? [Existing.object(serviceaccounts, account, accountNamespace)] : []),
  ];
}
