import type { IConstruct } from 'constructs';
import { serviceaccounts } from '../../../crds-imports/core';
import * as extensions from '../../../crds-imports/extensions.istio.io';
import * as networking from '../../../crds-imports/networking.istio.io';
import * as security from '../../../crds-imports/security.istio.io';
import * as telemetry from '../../../crds-imports/telemetry.istio.io';
import { type MeshReference, sidecarMesh } from '../../blocks/mesh/sidecar-mesh';
import { having } from '../../blocks/network/network-policy';
import { MESH, NAMESPACE_CALLERS } from '../../contracts';
import { Existing, type Kind, World } from '../../core';

const KINDS = [networking, security, telemetry, extensions].flatMap((group) => Object.values(group) as Kind[]);

/** The mesh through whose gateway users come. */
export const Istio = {
  /** Says that the cluster has one, to everything below a construct: components add their routes and policies to it. */
  existing(scope: IConstruct, mesh: MeshReference): void {
    World.declare(scope, Existing.kinds(...KINDS), ...named(mesh));
    MESH.offer(scope, sidecarMesh(mesh));
    // Users come to notebooks and models through it, at whichever port these listen.
    NAMESPACE_CALLERS.offer(scope, {
      policy: 'gateway-to-pods',
      peers: [{ namespaceSelector: having({ 'kubernetes.io/metadata.name': mesh.namespace }) }],
    });
  },
};

/** What objects may name of a mesh: the gateway, with its namespace and identity. */
function named({ gateway, namespace, gatewayPrincipal }: MeshReference): Existing[] {
  const [gatewayNamespace, name = ''] = gateway.split('/');
  const [, accountNamespace, account = ''] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(gatewayPrincipal) ?? [];
  return [
    Existing.namespace(namespace),
    Existing.object(networking.gateways, name, gatewayNamespace),
    ...(account ? [Existing.object(serviceaccounts, account, accountNamespace)] : []),
  ];
}
