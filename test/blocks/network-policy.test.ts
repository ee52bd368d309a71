import { Callers, having } from '../../lib/blocks';
import { admitCallers, SAME_NAMESPACE } from '../../lib/blocks/network/network-policy';
import { selects } from '../../lib/core/labels';
import { MESH_WITH_SIDECARS } from '../support/mesh';

const PODS = { app: 'server' };
const tcp = (port: number) => ({ port, protocol: 'TCP' });
const gateway = { namespaceSelector: having({ 'kubernetes.io/metadata.name': 'istio-system' }) };

test('selects what has all the labels', () => {
  const selector = having({ a: '1', b: '2' });
  expect(selects(selector, { a: '1', b: '2', c: '3' })).toBe(true);
  expect(selects(selector, { a: '1', b: '3' })).toBe(false);
  expect(selects(selector, { a: '1' })).toBe(false);
});

test('a namespace admits its own pods', () => {
  expect(SAME_NAMESPACE).toStrictEqual({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] });
});

test('each port admits its callers', () => {
  const ports = [
    { port: 80, callers: [Callers.gateway, Callers.sameNamespace] },
    { port: 9000, callers: [Callers.sameNamespace] },
  ];
  expect(admitCallers(PODS, ports, MESH_WITH_SIDECARS)).toStrictEqual({
    podSelector: having(PODS),
    policyTypes: ['Ingress'],
    ingress: [
      { from: [gateway, { podSelector: {} }], ports: [tcp(80)] },
      { from: [{ podSelector: {} }], ports: [tcp(9000)] },
    ],
  });
});

test('a port that the API server calls admits everybody, whoever else calls it', () => {
  const ports = [{ port: 9443, callers: [Callers.sameNamespace, Callers.apiServer] }];
  expect(admitCallers(PODS, ports, undefined).ingress).toStrictEqual([{ ports: [tcp(9443)] }]);
});

test('a port whose callers are not there admits nobody, since a rule without callers would admit all', () => {
  expect(admitCallers(PODS, [{ port: 80, callers: [Callers.gateway] }], undefined).ingress).toStrictEqual([]);
  expect(admitCallers(PODS, [{ port: 80, callers: [] }], MESH_WITH_SIDECARS).ingress).toStrictEqual([]);
});

test('a port that declares no callers is for other policies to admit', () => {
  const ports = [{ port: 8080 }, { port: 80, callers: [Callers.gateway] }];
  expect(admitCallers(PODS, ports, MESH_WITH_SIDECARS).ingress).toStrictEqual([{ from: [gateway], ports: [tcp(80)] }]);
});
