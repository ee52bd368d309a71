import { type MeshReference, WebAppAccess } from '../../../lib';
import { errors, notes, thrown } from '../../support/app';
import { find, objectsOf } from '../../support/platform';
import { containerOf, environmentOf, podOf, tuning } from './support';

const mesh: MeshReference = {
  gateway: 'kubeflow/kubeflow-gateway',
  namespace: 'istio-system',
  gatewayPrincipal: 'cluster.local/ns/istio-system/sa/gateway',
};
const kinds = (assembly: ReturnType<typeof tuning>, ...wanted: string[]) =>
  objectsOf(assembly, 'katib')
    .filter(({ kind, metadata }) => wanted.includes(kind) && metadata.name === 'katib-ui')
    .map(({ kind }) => kind)
    .sort();
const LEADING = ['AuthorizationPolicy', 'DestinationRule', 'Ingress', 'NetworkPolicy', 'Service', 'VirtualService'];

describe('the web interface without a mesh', () => {
  test('asks for no user, and listens where only a port-forward gets', () => {
    const assembly = tuning();
    expect(environmentOf(assembly, 'katib-ui').APP_DISABLE_AUTH).toBe('true');
    expect(containerOf(assembly, 'katib-ui').args).toContain('--host=127.0.0.1');
    expect(containerOf(assembly, 'katib-ui').readinessProbe).toHaveProperty('exec');
    expect(kinds(assembly, ...LEADING)).toEqual([]);
    expect(notes(assembly)).toContainEqual(
      expect.stringContaining(
        'kubectl port-forward -n kubeflow deployment/katib-ui 8080:8080, then http://localhost:8080/katib/',
      ),
    );
  });

  test('has no object of the mesh', () => {
    expect(objectsOf(tuning(), 'katib').filter(({ apiVersion }) => apiVersion.includes('istio.io'))).toEqual([]);
    expect(JSON.stringify(objectsOf(tuning(), 'katib'))).not.toContain('istio');
  });

  test('never listens to others without asking for a user', () => {
    const ways = [tuning(), tuning({}, { existing: { istio: mesh } }), tuning({ access: ingress() })];
    for (const assembly of ways) {
      const open = !containerOf(assembly, 'katib-ui').args?.includes('--host=127.0.0.1');
      expect(environmentOf(assembly, 'katib-ui').APP_DISABLE_AUTH).toBe(open ? 'false' : 'true');
    }
  });
});

describe('the web interface behind the gateway of a mesh', () => {
  const assembly = tuning({}, { existing: { istio: mesh } });

  test('is routed to, and admits the gateway alone', () => {
    expect(errors(assembly)).toEqual([]);
    expect(kinds(assembly, ...LEADING)).toEqual([
      'AuthorizationPolicy',
      'DestinationRule',
      'NetworkPolicy',
      'Service',
      'VirtualService',
    ]);
    expect(find(assembly, 'VirtualService', 'katib-ui').spec).toEqual({
      gateways: ['kubeflow/kubeflow-gateway'],
      hosts: ['*'],
      http: [
        {
          match: [{ uri: { prefix: '/katib/' } }],
          rewrite: { uri: '/katib/' },
          route: [{ destination: { host: 'katib-ui.kubeflow.svc.cluster.local', port: { number: 80 } } }],
        },
      ],
    });
    expect(find(assembly, 'AuthorizationPolicy', 'katib-ui').spec).toMatchObject({
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: [mesh.gatewayPrincipal] } }] }],
    });
    expect(podOf(assembly, 'katib-ui').metadata.labels).toHaveProperty(['sidecar.istio.io/inject'], 'true');
  });

  test('needs one', () => {
    expect(thrown(() => tuning({ access: WebAppAccess.mesh })).message).toBe(
      'kubeflow/katib/katib-ui: there is no mesh through whose gateway users could come; declare it (existing.istio), ' +
        'or give access by an Ingress or a port-forward',
    );
  });

  test('can be left to a port-forward', () => {
    const forwarded = tuning({ access: WebAppAccess.portForward }, { existing: { istio: mesh } });
    expect(kinds(forwarded, ...LEADING)).toEqual([]);
    expect(podOf(forwarded, 'katib-ui').metadata.labels).toHaveProperty(['sidecar.istio.io/inject'], 'false');
  });
});

describe('the web interface behind an Ingress', () => {
  test('believes the header of the controller, and admits its namespace alone', () => {
    const assembly = tuning({ access: ingress() });
    expect(errors(assembly)).toEqual([]);
    expect(kinds(assembly, ...LEADING)).toEqual(['Ingress', 'NetworkPolicy', 'Service']);
    expect(environmentOf(assembly, 'katib-ui')).toMatchObject({
      APP_DISABLE_AUTH: 'false',
      USERID_HEADER: 'x-auth-request-email',
    });
    expect(find(assembly, 'NetworkPolicy', 'katib-ui').spec).toMatchObject({
      ingress: [
        {
          from: [
            { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', values: ['ingress-nginx'] }] } },
          ],
          ports: [{ port: 8080 }],
        },
      ],
    });
    const { metadata, spec } = find(assembly, 'Ingress', 'katib-ui');
    expect(metadata.annotations).toEqual({ 'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com/auth' });
    expect(spec).toEqual({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['ml.example.com'], secretName: 'ml-tls' }],
      rules: [
        {
          host: 'ml.example.com',
          http: {
            paths: [{ path: '/katib/', pathType: 'Prefix', backend: { service: { name: 'katib-ui', port: { number: 80 } } } }],
          },
        },
      ],
    });
  });
});

function ingress(): WebAppAccess {
  return WebAppAccess.ingress({
    host: 'ml.example.com',
    className: 'nginx',
    controllerNamespace: 'ingress-nginx',
    userHeader: 'x-auth-request-email',
    tlsSecret: 'ml-tls',
    annotations: { 'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com/auth' },
  });
}
