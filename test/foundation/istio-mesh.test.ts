import { App } from 'cdk8s';
import { parse } from 'yaml';
import { clusterissuers } from '../../crds-imports/cert-manager.io';
import type { ConfigMap, Pod } from '../../crds-imports/core';
import {
  type EndpointOptions,
  Existing,
  IstioMesh,
  type IstioMeshProps,
  type KubeflowPlatformProps,
  platformChecks,
} from '../../lib';
import { AUTHORIZER } from '../../lib/contracts';
import { assembled, errors, notes, thrown } from '../support/app';
import { assembledPlatform, find, GROUND } from '../support/platform';

const ISSUER = { kind: 'ClusterIssuer', name: 'public' } as const;
const PLAIN: EndpointOptions = { hosts: ['localhost'], tls: 'none', port: 8080 };
const SECURE: EndpointOptions = { hosts: ['kubeflow.example.com', '*.models.example.com'], tls: { issuer: ISSUER } };

function platform(istio: IstioMeshProps = {}, endpoint = PLAIN, more: Partial<KubeflowPlatformProps> = {}) {
  return assembledPlatform(
    {
      endpoint,
      existing: { objects: [Existing.object(clusterissuers, ISSUER.name)] },
      ...more,
      components: { ...GROUND, istio, ...more.components },
    },
    { checks: platformChecks },
  );
}

const specOf = (assembly: ReturnType<typeof platform>, kind: string, name: string, namespace?: string) =>
  find(assembly, kind, name, namespace).spec as Record<string, unknown>;

test('stands in a platform, and outside of one', () => {
  expect(errors(platform())).toEqual([]);
  expect(errors(platform({}, SECURE, { availability: 'high' }))).toEqual([]);
  expect(errors(assembled(new IstioMesh(new App(), 'mesh', { endpoint: PLAIN })))).toEqual([]);
});

test('needs an address under which users come', () => {
  const message = 'it has no address under which users come; give the platform one: endpoint: { hosts, tls }';
  expect(thrown(() => new IstioMesh(new App(), 'mesh')).message).toContain(`mesh: ${message}`);
  expect(thrown(() => assembledPlatform({ components: { ...GROUND, istio: {} } })).message).toContain(
    `kubeflow/istio: ${message}`,
  );
});

test('refuses an address of its own that is wrong, and nodes that nobody knows', () => {
  const wrong = { endpoint: { hosts: [], tls: 'none' }, nodes: 'eks' } as unknown as IstioMeshProps;
  expect(thrown(() => new IstioMesh(new App(), 'mesh', wrong)).message).toMatch(
    /^mesh: endpoint.hosts is empty.*; nodes is "eks", must be generic, gke, k3s, microk8s, minikube$/,
  );
});

describe('the gateway', () => {
  const servers = (endpoint: EndpointOptions) =>
    specOf(platform({}, endpoint), 'Gateway', 'kubeflow-gateway', 'kubeflow').servers as readonly Record<string, unknown>[];

  test('answers under any name without TLS', () => {
    expect(servers(PLAIN)).toEqual([{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }]);
  });

  test('answers under its names with TLS, and sends HTTP there', () => {
    expect(servers(SECURE)).toEqual([
      expect.objectContaining({
        hosts: SECURE.hosts,
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        tls: { mode: 'SIMPLE', credentialName: 'kubeflow-gateway-tls', minProtocolVersion: 'TLSV1_2' },
      }),
      expect.objectContaining({ hosts: SECURE.hosts, tls: { httpsRedirect: true } }),
    ]);
    expect(servers({ ...SECURE, http: 'closed' })).toHaveLength(1);
  });

  test('has its certificate from an issuer, beside its pods', () => {
    expect(specOf(platform({}, SECURE), 'Certificate', 'kubeflow-gateway', 'istio-system')).toEqual({
      secretName: 'kubeflow-gateway-tls',
      dnsNames: SECURE.hosts,
      issuerRef: ISSUER,
    });
  });

  test('has its certificate from a Secret, which is there', () => {
    const assembly = platform({}, { ...SECURE, tls: { secret: 'own' } });
    expect(errors(assembly)).toEqual([]);
    expect(
      assembly.model.manifests.filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => metadata.name),
    ).not.toContain('kubeflow-gateway');
  });

  test('tells browsers to remember TLS, unless there is none', () => {
    const filters = (endpoint: EndpointOptions) =>
      JSON.stringify(platform({}, endpoint).model.manifests.filter(({ kind }) => kind === 'EnvoyFilter'));
    expect(filters(SECURE)).toContain('max-age=31536000');
    expect(filters({ ...SECURE, strictTransport: 'none' })).toBe('[]');
    expect(filters(PLAIN)).toBe('[]');
  });

  test('is reached as it is said', () => {
    expect(specOf(platform(), 'Service', 'istio-ingressgateway').type).toBe('ClusterIP');
    const assembly = platform({ ingress: 'LoadBalancer', ingressAnnotations: { 'example.com/internal': 'true' } });
    expect(specOf(assembly, 'Service', 'istio-ingressgateway').type).toBe('LoadBalancer');
    expect(find(assembly, 'Service', 'istio-ingressgateway').metadata.annotations).toEqual({ 'example.com/internal': 'true' });
  });

  test('is open to the outside, and to nothing but its ports', () => {
    expect(specOf(platform(), 'NetworkPolicy', 'istio-ingressgateway').ingress).toEqual(
      [15021, 8080, 8443].map((port) => ({ ports: [{ port, protocol: 'TCP' }] })),
    );
  });
});

describe('what holds for the whole mesh', () => {
  test('connections are encrypted, and nobody is let in', () => {
    const assembly = platform();
    expect(specOf(assembly, 'PeerAuthentication', 'default', 'istio-system')).toEqual({ mtls: { mode: 'STRICT' } });
    expect(specOf(assembly, 'AuthorizationPolicy', 'global-deny-all', 'istio-system')).toEqual({});
  });

  test('proxies know of the namespaces of the servers in the mesh', () => {
    const hosts = (istio?: IstioMeshProps, more?: Partial<KubeflowPlatformProps>) =>
      specOf(platform(istio, PLAIN, more), 'Sidecar', 'default', 'istio-system').egress;
    expect(hosts()).toEqual([{ hosts: ['./*', 'istio-system/*'] }]);
    expect(hosts({ reachable: ['databases'] }, { components: { kserve: {}, kserveModelsWebApp: {} } })).toEqual([
      { hosts: ['./*', 'databases/*', 'istio-system/*', 'kubeflow/*'] },
    ]);
  });

  test('those whom the gateway may ask are known to the mesh', () => {
    const app = new App();
    const authorizer = { name: 'login', host: 'login.team.svc', port: 80, asked: ['cookie'], passedOn: ['user'], sentBack: [] };
    AUTHORIZER.offer(app, authorizer);
    const config = find(assembled(new IstioMesh(app, 'mesh', { endpoint: PLAIN })), 'ConfigMap', 'istio') as unknown as ConfigMap;
    expect(parse(config.data?.mesh ?? '').extensionProviders).toEqual([
      {
        name: 'login',
        envoyExtAuthzHttp: {
          service: 'login.team.svc',
          port: 80,
          includeRequestHeadersInCheck: ['cookie'],
          headersToUpstreamOnAllow: ['user'],
          headersToDownstreamOnDeny: [],
        },
      },
    ]);
  });

  test('that nobody asks who users are is told', () => {
    expect(notes(platform())).toEqual([expect.stringContaining('nobody asks users who they are')]);
  });
});

test('the gateway for requests from inside can be left out', () => {
  const names = (istio: IstioMeshProps) => platform(istio).model.manifests.map(({ metadata }) => metadata.name);
  expect(names({})).toContain('cluster-local-gateway');
  expect(names({ localGateway: false }).filter((name) => name.startsWith('cluster-local'))).toEqual([]);
});

test('the CNI plugin finds the folders of the nodes', () => {
  const folders = (nodes?: IstioMeshProps['nodes']) =>
    JSON.stringify(specOf(platform({ nodes }), 'DaemonSet', 'istio-cni-node')).match(/"path":"\/[^"]+"/g);
  expect(folders()).toContain('"path":"/opt/cni/bin"');
  expect(folders('gke')).toContain('"path":"/home/kubernetes/bin"');
  expect(folders('microk8s')).toContain('"path":"/var/snap/microk8s/current/args/cni-network"');
});

describe('the injected proxy', () => {
  const template = (): Pod => {
    const config = find(platform(), 'ConfigMap', 'istio-sidecar-injector') as unknown as ConfigMap;
    return parse(parse(config.data?.config ?? '').templates.sidecar);
  };

  test('holds against the pod security standard restricted, and is no init container that ends', () => {
    const { initContainers = [], containers } = template().spec ?? {};
    expect(containers).toBeUndefined();
    expect(initContainers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['istio-validation', undefined],
      ['istio-proxy', 'Always'],
    ]);
    for (const { securityContext } of initContainers)
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
  });

  test('is written so that quotes of YAML and of Go do not meet', () => {
    const actions = JSON.stringify(template()).match(/\{\{.*?\}\}/g) ?? [];
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => /["'\\]/.test(action))).toEqual([]);
  });

  test('comes from where the images of the platform come from', () => {
    const assembly = platform({}, PLAIN, { images: { registry: 'mirror.example.com/istio' } });
    const { data } = find(assembly, 'ConfigMap', 'istio-sidecar-injector') as unknown as ConfigMap;
    expect(data?.config).toContain('mirror.example.com/istio/release/proxyv2:1.30.1');
    expect(data?.config).not.toContain('registry.istio.io');
  });
});

test('high availability gives each program a second pod, and a budget', () => {
  const assembly = platform({}, PLAIN, { availability: 'high' });
  for (const name of ['istiod', 'istio-ingressgateway', 'cluster-local-gateway']) {
    expect(specOf(assembly, 'HorizontalPodAutoscaler', name).minReplicas).toBe(2);
    expect(specOf(assembly, 'PodDisruptionBudget', name).maxUnavailable).toBe(1);
  }
});
