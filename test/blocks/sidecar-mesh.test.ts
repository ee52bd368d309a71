import { sidecarMesh } from '../../lib/blocks/mesh/sidecar-mesh';
import { Callers, USER_HEADER } from '../../lib/blocks/network/callers';
import type { Port, Route } from '../../lib/contracts';
import type { Assembly } from '../../lib/core';
import { assembled, teamChart, thrown } from '../support/app';
import { find } from '../support/platform';

const PRINCIPAL = 'mesh.example/ns/gateways/sa/ingress';
const mesh = sidecarMesh({ gateway: 'web/gateway', namespace: 'gateways', gatewayPrincipal: PRINCIPAL });
const WEB: Port = { port: 8080, name: 'http', served: { port: 80 }, callers: [Callers.gateway] };
const LABELS = { app: 'registry', version: '1' };

const server = (...ports: Port[]) => ({
  name: 'registry',
  namespace: 'team',
  selector: { app: 'registry' },
  labels: LABELS,
  ports,
});

function guarded(...ports: Port[]): Assembly {
  const chart = teamChart();
  mesh.guard(chart, server(...ports));
  return assembled(chart);
}

function routed(port: Port, route: Route): Assembly {
  const chart = teamChart();
  mesh.route(chart, server(port), port, route);
  return assembled(chart);
}

const kinds = (assembly: Assembly) => assembly.model.manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
const rules = (assembly: Assembly) => find(assembly, 'AuthorizationPolicy', 'registry', 'team').spec;

test('an existing Istio is known by its reference', () => {
  expect(mesh.gateway).toStrictEqual({ name: 'web/gateway', namespace: 'gateways', principal: PRINCIPAL });
  expect(mesh.trustDomain).toBe('mesh.example');
});

test('it tells of the pods of its gateways, as far as they are known', () => {
  const local = { namespace: 'gateways', pods: { app: 'local' }, principal: 'mesh.example/ns/gateways/sa/local' };
  const known = sidecarMesh({
    gateway: 'web/gateway',
    namespace: 'gateways',
    gatewayPods: { app: 'ingress' },
    gatewayPrincipal: PRINCIPAL,
    localGateway: local,
  });
  expect(known.gateway.pods).toStrictEqual({ app: 'ingress' });
  expect(known.localGateway).toStrictEqual(local);
  expect(mesh.localGateway).toBeUndefined();
});

test('it knows the namespaces of the servers that it guards, each once', () => {
  const own = sidecarMesh({ gateway: 'web/gateway', namespace: 'gateways', gatewayPrincipal: PRINCIPAL });
  expect(own.members).toStrictEqual([]);
  const chart = teamChart();
  for (const namespace of ['team', 'other', 'team']) own.guard(chart, { ...server(), namespace });
  expect(own.members).toStrictEqual(['team', 'other']);
});

describe('what pods and namespaces wear', () => {
  test('a namespace says whether its pods get a proxy', () => {
    expect(mesh.namespace('inside')).toStrictEqual({ 'istio-injection': 'enabled' });
    expect(mesh.namespace('outside')).toStrictEqual({ 'istio-injection': 'disabled' });
  });

  test('a namespace of a mesh with revisions names the one that it is of', () => {
    const revised = sidecarMesh({
      gateway: 'web/gateway',
      namespace: 'gateways',
      gatewayPrincipal: PRINCIPAL,
      revision: 'asm-1-30',
    });
    expect(revised.namespace('inside')).toStrictEqual({ 'istio.io/rev': 'asm-1-30' });
    expect(revised.namespace('outside')).toStrictEqual({ 'istio-injection': 'disabled' });
  });

  test('a pod says whether it gets one', () => {
    expect(mesh.pods('inside', [WEB])).toStrictEqual({ labels: { 'sidecar.istio.io/inject': 'true' } });
    expect(mesh.pods('outside', [WEB])).toStrictEqual({ labels: { 'sidecar.istio.io/inject': 'false' } });
  });

  test('the proxy lets ports alone that somebody without an identity calls', () => {
    const open = (port: number): Port => ({ port, callers: [Callers.apiServer, Callers.sameNamespace] });
    const wear = { 'traffic.sidecar.istio.io/excludeInboundPorts': '9443,9444' };
    expect(mesh.pods('inside', [open(9443), WEB, open(9444)]).annotations).toStrictEqual(wear);
    expect(mesh.pods('outside', [open(9443)]).annotations).toBeUndefined();
  });
});

describe('guard', () => {
  test('lets the callers of a port in, and nobody else', () => {
    const assembly = guarded(WEB);
    expect(find(assembly, 'AuthorizationPolicy', 'registry', 'team').metadata.labels).toStrictEqual(LABELS);
    expect(rules(assembly)).toStrictEqual({
      action: 'ALLOW',
      selector: { matchLabels: { app: 'registry' } },
      rules: [{ from: [{ source: { principals: [PRINCIPAL] } }] }],
    });
  });

  test('tells callers of several ports apart by the port', () => {
    const grpc: Port = { port: 9000, callers: [Callers.sameNamespace] };
    expect(rules(guarded(WEB, grpc))).toMatchObject({
      rules: [
        { from: [{ source: { principals: [PRINCIPAL] } }], to: [{ operation: { ports: ['8080'] } }] },
        { from: [{ source: { namespaces: ['team'] } }], to: [{ operation: { ports: ['9000'] } }] },
      ],
    });
  });

  test('does not let the callers of one port into another that declares none', () => {
    expect(rules(guarded(WEB, { port: 9000 }))).toMatchObject({ rules: [{ to: [{ operation: { ports: ['8080'] } }] }] });
  });

  test('knows other programs by their ServiceAccount, tenants by having an identity', () => {
    const program = Callers.program({ namespace: 'kubeflow', selector: {}, serviceAccount: 'dashboard' });
    const from = [{ source: { principals: ['mesh.example/ns/kubeflow/sa/dashboard'] } }, { source: { principals: ['*'] } }];
    expect(rules(guarded({ port: 80, callers: [program, Callers.tenants] }))).toMatchObject({ rules: [{ from }] });
  });

  test('lets holders of a token in by a rule of their own, unless they say in whose name they come', () => {
    const { rules: found } = rules(guarded({ port: 80, callers: [Callers.tokenHolders, Callers.gateway] })) as {
      rules: object[];
    };
    expect(found).toStrictEqual([
      { from: [{ source: { principals: [PRINCIPAL] } }] },
      {
        when: [
          { key: 'request.headers[authorization]', values: ['*'] },
          { key: `request.headers[${USER_HEADER}]`, notValues: ['*'] },
        ],
      },
    ]);
  });

  test('makes those who call a Service from the mesh encrypt', () => {
    expect(find(guarded(WEB), 'DestinationRule', 'registry', 'team').spec).toStrictEqual({
      host: 'registry.team.svc.cluster.local',
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
    });
  });

  test('names the rules of several Services after them', () => {
    const served = [{ service: 'first' }, { service: 'second' }];
    expect(kinds(guarded({ ...WEB, served }))).toStrictEqual([
      'AuthorizationPolicy registry',
      'DestinationRule first',
      'DestinationRule second',
    ]);
  });

  test('asks for no encryption at a Service that leads to a port without the proxy, too', () => {
    const webhook: Port = { port: 9443, served: { port: 443 }, callers: [Callers.apiServer] };
    expect(kinds(guarded(WEB, webhook))).toStrictEqual(['AuthorizationPolicy registry']);
    expect(kinds(guarded(WEB, { ...webhook, served: { service: 'webhook' } }))).toContain('DestinationRule registry');
  });

  test('leaves servers alone whose callers it cannot know', () => {
    expect(kinds(guarded({ port: 9443, callers: [Callers.apiServer] }, { port: 8080 }))).toStrictEqual([]);
  });
});

describe('route', () => {
  const http = (assembly: Assembly, name = 'registry') =>
    (find(assembly, 'VirtualService', name, 'team').spec as { http: object[] }).http;
  const destination = { host: 'registry.team.svc.cluster.local', port: { number: 80 } };

  test('leads from the gateway to the Service', () => {
    const assembly = routed(WEB, { prefix: '/registry/' });
    expect(find(assembly, 'VirtualService', 'registry', 'team').spec).toMatchObject({ gateways: ['web/gateway'], hosts: ['*'] });
    expect(http(assembly)).toStrictEqual([{ match: [{ uri: { prefix: '/registry/' } }], route: [{ destination }] }]);
  });

  test('rewrites the path, sets headers, ends after a time, has a name of its own', () => {
    const route = { prefix: '/r/', rewrite: '/', requestHeaders: { 'x-prefix': '/r' }, timeout: 300, name: 'way' };
    expect(http(routed(WEB, route), 'way')).toStrictEqual([
      {
        match: [{ uri: { prefix: '/r/' } }],
        rewrite: { uri: '/' },
        headers: { request: { set: { 'x-prefix': '/r' } } },
        timeout: '300s',
        route: [{ destination }],
      },
    ]);
  });

  test('goes to the Service that the port names', () => {
    const served = { service: 'registry-service', port: 8081 };
    expect(http(routed({ ...WEB, served }, { prefix: '/r/' }))).toMatchObject([
      { route: [{ destination: { host: 'registry-service.team.svc.cluster.local', port: { number: 8081 } } }] },
    ]);
  });

  test('needs a Service', () => {
    expect(thrown(() => routed({ port: 8080 }, { prefix: '/r/' })).message).toBe(
      'team: port 8080 of registry has a route, and no Service leads to it',
    );
  });
});
