import { admits, matches, type NetworkPolicy, type Peer } from './network-policy';

const controller: Peer = {
  namespace: 'kubeflow',
  namespaceLabels: { 'kubernetes.io/metadata.name': 'kubeflow' },
  labels: { app: 'controller' },
  address: '10.244.1.2',
};
const neighbour: Peer = { namespace: 'team', namespaceLabels: {}, labels: { app: 'other' }, address: '10.244.1.3' };
const server: Peer = {
  namespace: 'team',
  namespaceLabels: {},
  labels: { app: 'server' },
  address: '10.244.1.4',
  ports: { api: 6789 },
};

type Spec = NetworkPolicy['spec'];

const policy = (spec: Spec, namespace = 'team'): NetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace },
  spec,
});

const admitsController = (...specs: readonly Spec[]) =>
  admits(
    specs.map((spec) => policy(spec)),
    controller,
    server,
    6789,
  );

const fromController: Spec['ingress'] = [{ from: [{ namespaceSelector: { matchLabels: controller.namespaceLabels } }] }];

describe('NetworkPolicies', () => {
  test('whoever no policy selects is reached by everybody', () => {
    expect(admitsController()).toBe(true);
    expect(admitsController({ podSelector: { matchLabels: { app: 'other' } } })).toBe(true);
    expect(admits([policy({ podSelector: {} }, 'kubeflow')], controller, server, 6789)).toBe(true);
    expect(admitsController({ podSelector: {}, policyTypes: ['Egress'] })).toBe(true);
  });

  test('whoever is selected is reached as one rule of one policy says', () => {
    const sameNamespace: Spec = { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] };
    expect(admitsController({ podSelector: {} })).toBe(false);
    expect(admitsController(sameNamespace)).toBe(false);
    expect(admits([policy(sameNamespace)], neighbour, server, 6789)).toBe(true);
    expect(admitsController(sameNamespace, { podSelector: {}, ingress: fromController })).toBe(true);
    expect(admitsController({ podSelector: {}, ingress: [{}] })).toBe(true);
  });

  test('a peer is meant by its namespace and its own labels together', () => {
    const only = (app: string): Spec => ({
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app } } }] }],
    });
    expect(admitsController(only('controller'))).toBe(true);
    expect(admitsController(only('other'))).toBe(false);
  });

  test.each<[NonNullable<NonNullable<Spec['ingress']>[number]['ports']>[number], boolean]>([
    [{ port: 6789 }, true],
    [{ port: 80 }, false],
    [{ port: 'api' }, true],
    [{ port: 'metrics' }, false],
    [{ port: 6000, endPort: 7000 }, true],
    [{ port: 6000, endPort: 6788 }, false],
    [{}, true],
  ])('ports %j: %p', (port, admitted) => {
    expect(admitsController({ podSelector: {}, ingress: [{ ports: [port] }] })).toBe(admitted);
  });

  test.each([
    ['10.244.0.0/16', [], true],
    ['10.245.0.0/16', [], false],
    ['10.244.0.0/16', ['10.244.1.2/32'], false],
  ])('addresses %s without %j: %p', (cidr, except, admitted) => {
    expect(admitsController({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr, except } }] }] })).toBe(admitted);
  });
});

test.each([
  ['In', ['a', 'b'], true, false],
  ['NotIn', ['a'], false, true],
  ['Exists', undefined, true, false],
  ['DoesNotExist', undefined, false, true],
])('%s %j selects the label a: %p, no label: %p', (operator, values, withLabel, without) => {
  const selector = { matchExpressions: [{ key: 'key', operator, values }] };
  expect(matches(selector, { key: 'a' })).toBe(withLabel);
  expect(matches(selector, {})).toBe(without);
});
