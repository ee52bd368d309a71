import type { Deployment } from '../../../crds-imports/apps';
import {
  type Assembly,
  type KServeModelsWebAppProps,
  type KubeflowPlatformProps,
  platformChecks,
  WebAppAccess,
} from '../../../lib';
import { errors, notes, thrown, told } from '../../support/app';
import { assembledPlatform, find, GROUND, objectsOf } from '../../support/platform';

const COMPONENT = 'kserve-models-web-app';
const NAME = 'kserve-models-web-application';
const MESH = {
  gateway: 'kubeflow/kubeflow-gateway',
  namespace: 'istio-system',
  gatewayPrincipal: 'cluster.local/ns/istio-system/sa/gateway',
};

/** A platform with the application; KServe is there already, so that its definitions need not be checked each time. */
function platform(
  kserveModelsWebApp: KServeModelsWebAppProps,
  istio?: typeof MESH,
  more?: Partial<KubeflowPlatformProps>,
): Assembly {
  const existing = { kserve: {}, ...(istio && { istio }) };
  const { certManager: _, ...ground } = GROUND;
  return assembledPlatform({ components: { ...ground, kserveModelsWebApp }, existing, ...more }, { checks: platformChecks });
}

function kinds(assembly: Assembly): string[] {
  return objectsOf(assembly, COMPONENT)
    .map(({ kind }) => kind)
    .sort();
}

function container(assembly: Assembly) {
  const { spec } = find(assembly, 'Deployment', NAME) as unknown as Deployment;
  const [only] = spec?.template.spec?.containers ?? [];
  if (!only) throw new Error('there is no container');
  return { ...only, variables: Object.fromEntries((only.env ?? []).map(({ name, value }) => [name, value])) };
}

const INGRESS = { host: 'models.example.org', className: 'nginx', controllerNamespace: 'ingress-nginx' };
const RBAC = ['ClusterRole', 'ClusterRoleBinding', 'ServiceAccount'];

describe('the web application of KServe in a mesh', () => {
  const assembly = platform({}, MESH);

  test('stands without an error or a warning', () => {
    expect(errors(assembly)).toEqual([]);
    expect(told(assembly, 'warning')).toEqual([]);
  });

  test('is reached by the gateway alone, which says who the user is', () => {
    expect(kinds(assembly)).toEqual(
      [...RBAC, 'AuthorizationPolicy', 'Deployment', 'DestinationRule', 'NetworkPolicy', 'Service', 'VirtualService'].sort(),
    );
    expect(find(assembly, 'AuthorizationPolicy', NAME).spec).toMatchObject({
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: [MESH.gatewayPrincipal] } }] }],
    });
    expect(container(assembly).variables).toMatchObject({
      APP_PREFIX: '/kserve-endpoints',
      APP_DISABLE_AUTH: 'false',
      APP_SECURE_COOKIES: 'true',
    });
  });

  test('knows its users as it is told', () => {
    expect(container(platform({ userPrefix: 'oidc:', secureCookies: false }, MESH)).variables).toMatchObject({
      USERID_HEADER: 'kubeflow-userid',
      USERID_PREFIX: 'oidc:',
      APP_SECURE_COOKIES: 'false',
    });
  });
});

describe('the web application of KServe without a mesh', () => {
  const assembly = platform({});

  test('listens where only a port-forward reaches it, since it asks nobody who they are', () => {
    expect(errors(assembly)).toEqual([]);
    expect(kinds(assembly)).toEqual([...RBAC, 'Deployment'].sort());
    const { command, variables, readinessProbe } = container(assembly);
    expect(command).toContain('127.0.0.1:5000');
    expect(variables).toMatchObject({ APP_PREFIX: '/', APP_DISABLE_AUTH: 'true', APP_SECURE_COOKIES: 'false' });
    // The kubelet would call the address of the pod.
    expect(readinessProbe?.httpGet).toBeUndefined();
    expect(readinessProbe?.exec?.command?.join(' ')).toContain('http://127.0.0.1:5000/healthz/readiness');
    expect(notes(assembly).join()).toContain('deployment/kserve-models-web-application 8080:5000, then http://localhost:8080/');
  });

  test('stands behind an Ingress, with a login and for its controller only', () => {
    const ingress = platform({
      access: WebAppAccess.ingress({ ...INGRESS, tlsSecret: 'models-tls', userHeader: 'x-user', annotations: { a: 'b' } }),
    });
    expect(errors(ingress)).toEqual([]);
    expect(kinds(ingress)).toEqual([...RBAC, 'Deployment', 'Ingress', 'NetworkPolicy', 'Service'].sort());
    expect(find(ingress, 'Ingress', NAME)).toMatchObject({
      metadata: { annotations: { a: 'b' } },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['models.example.org'], secretName: 'models-tls' }],
        rules: [
          { host: 'models.example.org', http: { paths: [{ backend: { service: { name: NAME, port: { number: 80 } } } }] } },
        ],
      },
    });
    expect(find(ingress, 'NetworkPolicy', NAME).spec).toMatchObject({
      ingress: [
        {
          from: [{ namespaceSelector: { matchExpressions: [{ values: ['ingress-nginx'] }] } }],
          ports: [{ port: 5000 }],
        },
      ],
    });
    const { command, variables } = container(ingress);
    expect(command).toBeUndefined();
    expect(variables).toMatchObject({
      APP_PREFIX: '/',
      APP_DISABLE_AUTH: 'false',
      APP_SECURE_COOKIES: 'true',
      USERID_HEADER: 'x-user',
    });
  });

  test('runs twice where that is asked for, unless a port-forward chooses one of them', () => {
    const high = (access: WebAppAccess) =>
      (find(platform({ access }, undefined, { availability: 'high' }), 'Deployment', NAME) as unknown as Deployment).spec
        ?.replicas;
    expect(high(WebAppAccess.ingress(INGRESS))).toBe(2);
    expect(high(WebAppAccess.portForward)).toBe(1);
  });

  test('refuses access through a mesh that is not there', () => {
    expect(thrown(() => platform({ access: WebAppAccess.mesh })).message).toContain(
      'kubeflow/kserve-models-web-app/kserve-models-web-application: there is no mesh through whose gateway users could come; declare it (existing.istio)',
    );
  });

  test('needs KServe, installed or there', () => {
    const alone = () => assembledPlatform({ components: { kubeflowNamespace: {}, kserveModelsWebApp: {} } });
    expect(thrown(alone).message).toContain('kserve-models-web-app needs kserve for the models that it shows');
  });
});
