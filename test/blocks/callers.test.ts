import { sidecarMesh } from '../../lib/blocks/mesh/sidecar-mesh';
import { Callers } from '../../lib/blocks/network/callers';
import { having } from '../../lib/blocks/network/network-policy';
import type { Caller } from '../../lib/contracts';

const mesh = sidecarMesh({
  gateway: 'web/gateway',
  namespace: 'gateways',
  gatewayPrincipal: 'cluster.local/ns/gateways/sa/ingress',
});
const peers = ({ peers: of }: Caller, of_?: typeof mesh) => (of === 'everybody' ? of : of(of_));
const named = (namespace: string) => having({ 'kubernetes.io/metadata.name': namespace });

test('the API server has no address and no identity', () => {
  expect(Callers.apiServer).toStrictEqual({ peers: 'everybody', source: 'unidentified' });
  expect(Callers.outside).toStrictEqual({ peers: 'everybody', source: 'unidentified' });
});

test('users come from the gateway of the mesh, and from nowhere without one', () => {
  expect(peers(Callers.gateway, mesh)).toStrictEqual([{ namespaceSelector: named('gateways') }]);
  expect(peers(Callers.gateway)).toStrictEqual([]);
  const pods = { istio: 'ingressgateway' };
  expect(peers(Callers.gateway, { ...mesh, gateway: { ...mesh.gateway, pods } } as typeof mesh)).toStrictEqual([
    { namespaceSelector: named('gateways'), podSelector: having(pods) },
  ]);
});

test('programs are known by namespace and labels', () => {
  const dashboard = { namespace: 'kubeflow', selector: { app: 'dashboard' }, serviceAccount: 'dashboard' };
  expect(peers(Callers.program(dashboard))).toStrictEqual([
    { namespaceSelector: named('kubeflow'), podSelector: having({ app: 'dashboard' }) },
  ]);
  expect(peers(Callers.anyPod)).toStrictEqual([{ namespaceSelector: {} }]);
  expect(peers(Callers.sameNamespace)).toStrictEqual([{ podSelector: {} }]);
});

test('programs outside of a mesh are known by their namespace, and their labels where they are given', () => {
  expect(Callers.namespace('ingress').source).toBe('unidentified');
  expect(peers(Callers.namespace('ingress'))).toStrictEqual([{ namespaceSelector: named('ingress') }]);
  expect(peers(Callers.namespace('monitoring', { app: 'prometheus' }))).toStrictEqual([
    { namespaceSelector: named('monitoring'), podSelector: having({ app: 'prometheus' }) },
  ]);
});

test('users have namespaces with a label', () => {
  const namespaces = [{ namespaceSelector: having({ 'app.kubernetes.io/part-of': 'kubeflow-profile' }) }];
  expect(peers(Callers.tenants)).toStrictEqual(namespaces);
  expect(peers(Callers.tokenHolders)).toStrictEqual(namespaces);
  expect(peers(Callers.namespaces({ team: 'a' }))).toStrictEqual([{ namespaceSelector: having({ team: 'a' }) }]);
});
