import { Image } from '../../lib';
import { Callers, WebApp, WebAppAccess, type WebAppProps } from '../../lib/blocks';
import { IDENTITY } from '../../lib/contracts';
import { assembled, notes, thrown } from '../support/app';
import { MESH_REFERENCE, MESH_WITH_SIDECARS } from '../support/mesh';
import { find } from '../support/platform';
import { type Around, chartWith, declared, podOf } from '../support/server';

const PROPS: WebAppProps = {
  image: Image.of('example.com/page:1'),
  port: { port: 5000, name: 'http', served: { service: 'page-service', port: 80 } },
  path: '/page/',
  selector: { app: 'page' },
  resources: { requests: { cpu: '10m', memory: '10Mi' } },
  probes: { liveness: { path: '/alive', periodSeconds: 30, scheme: 'HTTP' }, readiness: { path: '/ready' } },
  start: ({ header, path, address }) => ({ args: [`${header}`, path, `${address}`] }),
  askItself: (url) => ({ command: ['ask', url], timeoutSeconds: 10 }),
};
const IN_MESH: Around = { mesh: MESH_WITH_SIDECARS };
const INGRESS = WebAppAccess.ingress({
  host: 'page.example.org',
  className: 'nginx',
  controllerNamespace: 'ingress',
  userHeader: 'x-user',
});

function page(props: Partial<WebAppProps> = {}, around: Around = {}) {
  const chart = chartWith(around);
  new WebApp(chart, 'page', { ...PROPS, ...props });
  return assembled(chart);
}
const startedWith = (...of: Parameters<typeof page>) => podOf(page(...of), 'page').container.args;

describe('behind the gateway of a mesh', () => {
  test('is the default where there is one', () => {
    expect(startedWith({}, IN_MESH)).toStrictEqual(['kubeflow-userid', '/page/', 'undefined']);
    expect(declared(page({}, IN_MESH)).sort()).toStrictEqual([
      'AuthorizationPolicy page',
      'Deployment page',
      'DestinationRule page',
      'NetworkPolicy page',
      'Service page-service',
      'ServiceAccount page',
      'VirtualService page',
    ]);
  });

  test('the route leads to the Service that the port names', () => {
    expect(find(page({}, IN_MESH), 'VirtualService', 'page').spec).toMatchObject({
      http: [
        {
          match: [{ uri: { prefix: '/page/' } }],
          rewrite: { uri: '/page/' },
          route: [{ destination: { host: 'page-service.team.svc.cluster.local', port: { number: 80 } } }],
        },
      ],
    });
  });

  test('may have another path than at its own port', () => {
    const props: Partial<WebAppProps> = { path: '/', route: { prefix: '/pages/', requestHeaders: { 'x-prefix': '/pages' } } };
    expect(startedWith(props, IN_MESH)?.[1]).toBe('/pages/');
    expect(find(page(props, IN_MESH), 'VirtualService', 'page').spec).toMatchObject({
      http: [
        {
          match: [{ uri: { prefix: '/pages/' } }],
          rewrite: { uri: '/' },
          headers: { request: { set: { 'x-prefix': '/pages' } } },
        },
      ],
    });
    expect(startedWith({ ...props, access: INGRESS })?.[1]).toBe('/');
  });

  test('may be called by programs besides', () => {
    const { rules } = find(page({ callers: [Callers.sameNamespace] }, IN_MESH), 'AuthorizationPolicy', 'page').spec as {
      rules: object[];
    };
    expect(rules).toStrictEqual([
      { from: [{ source: { principals: [MESH_REFERENCE.gatewayPrincipal] } }, { source: { namespaces: ['team'] } }] },
    ]);
  });

  test('reads the user from the header of the identity that is offered', () => {
    const chart = chartWith(IN_MESH);
    IDENTITY.offer(chart, { userHeader: 'x-email', userPrefix: '' });
    new WebApp(chart, 'page', PROPS);
    expect(podOf(assembled(chart), 'page').container.args?.[0]).toBe('x-email');
  });

  test('needs one', () => {
    expect(thrown(() => page({ access: WebAppAccess.mesh })).message).toContain(
      'team/page: there is no mesh through whose gateway',
    );
  });
});

describe('behind an Ingress', () => {
  const assembly = page({ access: INGRESS });

  test('leads to the Service that the port names', () => {
    expect(find(assembly, 'Ingress', 'page').spec).toMatchObject({
      rules: [{ http: { paths: [{ path: '/page/', backend: { service: { name: 'page-service', port: { number: 80 } } } }] } }],
    });
  });

  test('admits the namespace of the controller alone, and is outside of a mesh', () => {
    expect(find(assembly, 'NetworkPolicy', 'page').spec).toMatchObject({
      ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ values: ['ingress'] }] } }], ports: [{ port: 5000 }] }],
    });
    const inMesh = page({ access: INGRESS }, IN_MESH);
    expect(podOf(inMesh, 'page').metadata?.labels).toHaveProperty(['sidecar.istio.io/inject'], 'false');
    expect(declared(inMesh)).not.toContain('AuthorizationPolicy page');
  });

  test('reads the user from the header of the controller', () => {
    expect(startedWith({ access: INGRESS })?.[0]).toBe('x-user');
  });
});

describe('by a port-forward', () => {
  test('is the default without a mesh; nothing leads to it', () => {
    expect(declared(page())).toStrictEqual(['ServiceAccount page', 'Deployment page']);
    expect(startedWith()).toStrictEqual(['undefined', '/page/', '127.0.0.1']);
    expect(notes(page()).join()).toContain('kubectl port-forward -n team deployment/page 8080:5000');
  });

  test('names the Deployment that is there', () => {
    expect(notes(page({ names: { workload: 'program' } })).join()).toContain('deployment/program 8080:5000');
  });

  test('lets the container ask itself, which the kubelet cannot', () => {
    expect(podOf(page(), 'page').container).toMatchObject({
      livenessProbe: { exec: { command: ['ask', 'http://127.0.0.1:5000/alive'] }, periodSeconds: 30, timeoutSeconds: 10 },
      readinessProbe: { exec: { command: ['ask', 'http://127.0.0.1:5000/ready'] } },
    });
    expect(podOf(page({ access: INGRESS }), 'page').container.livenessProbe).toStrictEqual({
      httpGet: { path: '/alive', port: 'http', scheme: 'HTTP' },
      periodSeconds: 30,
    });
  });

  test('is refused to an application that would listen to others, too', () => {
    expect(thrown(() => page({ askItself: undefined })).message).toContain(
      'team/page: it listens to everybody who reaches its pod',
    );
    expect(() => page({ askItself: undefined }, IN_MESH)).not.toThrow();
  });

  test('reaches one of the pods, so there is one', () => {
    const replicas = (props: Partial<WebAppProps>) =>
      (find(page(props, { availability: 'high' }), 'Deployment', 'page').spec as { replicas: number }).replicas;
    expect([replicas({}), replicas({ access: INGRESS })]).toStrictEqual([1, 2]);
  });
});
