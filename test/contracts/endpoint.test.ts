import { App, Duration } from 'cdk8s';
import { type EndpointOptions, KubeflowPlatform, type ModelUrls } from '../../lib';
import { Endpoint } from '../../lib/contracts';
import { thrown } from '../support/app';
import { assembledPlatform, find, GROUND } from '../support/platform';

const issuer = { kind: 'ClusterIssuer', name: 'public' } as const;
const SECURE: EndpointOptions = { hosts: ['kubeflow.example.com', '*.models.example.com'], tls: { issuer } };
const PLAIN: EndpointOptions = { hosts: ['localhost'], tls: 'none', port: 8080 };

describe('an address with TLS', () => {
  const endpoint = new Endpoint(SECURE);

  test('is what links begin with', () => {
    expect(endpoint.url).toBe('https://kubeflow.example.com');
    expect(new Endpoint({ ...SECURE, port: 8443 }).url).toBe('https://kubeflow.example.com:8443');
    expect(endpoint.isSecure).toBe(true);
  });

  test('sends HTTP to HTTPS, and browsers remember it for a year, unless it says otherwise', () => {
    expect([endpoint.http, endpoint.strictTransportSeconds]).toEqual(['redirect', 31536000]);
    const other = new Endpoint({ ...SECURE, http: 'closed', strictTransport: Duration.hours(1) });
    expect([other.http, other.strictTransportSeconds]).toEqual(['closed', 3600]);
    expect(new Endpoint({ ...SECURE, strictTransport: 'none' }).strictTransportSeconds).toBeUndefined();
  });

  test('has a domain for models: that of the first wildcard, or the host itself', () => {
    expect(endpoint.modelDomain).toBe('models.example.com');
    expect(new Endpoint({ ...SECURE, hosts: ['kubeflow.example.com'] }).modelDomain).toBe('kubeflow.example.com');
  });
});

test('an address without TLS is not secure, and browsers remember nothing', () => {
  const endpoint = new Endpoint(PLAIN);
  expect(endpoint.url).toBe('http://localhost:8080');
  expect(new Endpoint({ hosts: ['kubeflow.lan'], tls: 'none' }).url).toBe('http://kubeflow.lan');
  expect([endpoint.isSecure, endpoint.strictTransportSeconds]).toEqual([false, undefined]);
});

test.each<EndpointOptions>([SECURE, PLAIN, { hosts: ['a.b'], tls: { secret: 'tls' } }])('%j is accepted', (endpoint) => {
  expect(Endpoint.problems(endpoint)).toEqual([]);
});

test.each<[Partial<EndpointOptions>, string]>([
  [{ hosts: [] }, 'endpoint.hosts is empty; name the host under which users reach the platform'],
  [{ hosts: ['Kubeflow.example.com'] }, 'endpoint.hosts has "Kubeflow.example.com", must be a DNS name'],
  [{ hosts: ['https://kubeflow.example.com'] }, 'endpoint.hosts has "https://kubeflow.example.com", must be a DNS name'],
  [{ hosts: ['*.example.com'] }, 'endpoint.hosts has "*.example.com", must be a DNS name'],
  [{ hosts: ['a.b', 'a.b'] }, 'endpoint.hosts has "a.b" twice'],
  [{ tls: {} as never }, 'endpoint.tls is {}, must have either the issuer of the certificate or the secret'],
  [{ tls: { issuer, secret: 'tls' } as never }, 'must have either the issuer of the certificate or the secret'],
  [{ tls: undefined }, "or be 'none' for HTTP alone"],
  [{ port: 0 }, 'endpoint.port is 0, must be a whole number from 1 to 65535'],
  [{ tls: 'none', http: 'redirect' }, "endpoint.http is 'redirect', which says what HTTP is answered with where there is TLS"],
  [{ tls: 'none', strictTransport: Duration.days(1) }, 'endpoint.strictTransport needs TLS'],
])('%j is refused', (wrong, message) => {
  const problems = Endpoint.problems({ ...SECURE, ...wrong });
  expect(problems).toEqual([expect.stringContaining(message)]);
});

test('a platform refuses an address that is wrong, with everything that is wrong with it', () => {
  const endpoint = { hosts: [], tls: {} as never };
  expect(thrown(() => new KubeflowPlatform(new App(), 'kubeflow', { components: {}, endpoint })).message).toMatch(
    /^kubeflow: endpoint.hosts is empty; .*; endpoint.tls is \{\}/,
  );
});

test('models have host names below the address of the platform, unless KServe says otherwise', () => {
  const ingress = (endpoint?: EndpointOptions, urls?: ModelUrls) => {
    const assembly = assembledPlatform({ endpoint, components: { ...GROUND, kserve: { urls } } });
    const { data } = find(assembly, 'ConfigMap', 'inferenceservice-config') as unknown as { data: Record<string, string> };
    const { ingressDomain, urlScheme } = JSON.parse(data.ingress as string);
    return [ingressDomain, urlScheme];
  };
  expect(ingress()).toEqual(['example.com', 'http']);
  expect(ingress(SECURE)).toEqual(['models.example.com', 'https']);
  expect(ingress(PLAIN)).toEqual(['localhost', 'http']);
  expect(ingress(SECURE, { domain: 'models.lan' })).toEqual(['models.lan', 'https']);
});
