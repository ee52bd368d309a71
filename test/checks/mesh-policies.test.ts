import type { Chart } from 'cdk8s';
import { deployments } from '../../crds-imports/apps';
import { configmaps, services } from '../../crds-imports/core';
import { destinationrules, type GatewaySpec, gateways } from '../../crds-imports/networking.istio.io';
import { type AuthorizationPolicySpec, authorizationpolicies } from '../../crds-imports/security.istio.io';
import { declare, encryptedGateways, meshPolicies } from '../../lib';
import { findings } from '../../lib/core/rule';
import { toYaml } from '../../lib/core/yaml';
import { assemble } from '../support/app';

function said(build: (chart: Chart) => void, rules = meshPolicies): string[] {
  const { model } = assemble(build);
  return rules.flatMap((rule) => findings([rule], model, '').map(({ rule: id, message }) => `${id}: ${message}`));
}

/** What is said of a policy. @param mesh configuration of the mesh; undefined where the mesh is not in the model */
function ofPolicy(spec: AuthorizationPolicySpec, mesh?: object): string[] {
  return said((chart) => {
    if (mesh)
      declare(chart, configmaps, { metadata: { name: 'istio', namespace: 'istio-system' }, data: { mesh: toYaml(mesh) } });
    declare(chart, authorizationpolicies, { metadata: { name: 'web' }, spec });
  });
}

test('a policy names a provider of the mesh', () => {
  const custom: AuthorizationPolicySpec = { action: 'CUSTOM', provider: { name: 'login' }, rules: [{}] };
  expect(ofPolicy(custom, { extensionProviders: [{ name: 'login' }] })).toEqual([]);
  expect(ofPolicy(custom, { extensionProviders: [{ name: 'other' }] })).toEqual([
    'mesh/unknown-provider: AuthorizationPolicy team/web: spec.provider.name is "login"; the mesh has other',
  ]);
  expect(ofPolicy(custom, {})).toEqual([expect.stringContaining('the mesh has no providers')]);
  expect(ofPolicy(custom)).toEqual([]);
});

test('a policy names identities of the mesh', () => {
  const from = (principal: string) => ({ rules: [{ from: [{ source: { principals: [principal] } }] }] });
  expect(ofPolicy(from('example.org/ns/a/sa/b'), {})).toEqual([
    "mesh/foreign-trust-domain: AuthorizationPolicy team/web: the principal example.org/ns/a/sa/b is of another trust domain than the mesh's, cluster.local",
  ]);
  for (const principal of ['cluster.local/ns/a/sa/b', '*', '*/sa/b']) expect(ofPolicy(from(principal), {})).toEqual([]);
  expect(ofPolicy(from('example.org/ns/a/sa/b'), { trustDomain: 'example.org' })).toEqual([]);
  expect(ofPolicy(from('old.org/ns/a/sa/b'), { trustDomainAliases: ['old.org'] })).toEqual([]);
  expect(ofPolicy(from('example.org/ns/a/sa/b'))).toEqual([]);
});

test('what is not in the mesh is not called as if it were', () => {
  const rule = (inject: string, mode: 'ISTIO_MUTUAL' | 'DISABLE' = 'ISTIO_MUTUAL') =>
    said((chart) => {
      const labels = { app: 'web', 'sidecar.istio.io/inject': inject };
      const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1' }] } };
      declare(chart, deployments, { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template } });
      declare(chart, services, { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
      declare(chart, destinationrules, {
        metadata: { name: 'web' },
        spec: { host: 'web.team.svc.cluster.local', trafficPolicy: { tls: { mode } } },
      });
    });
  expect(rule('true')).toEqual([]);
  expect(rule('false', 'DISABLE')).toEqual([]);
  expect(rule('false')).toEqual([expect.stringContaining('mesh/encrypted-to-outsider: DestinationRule team/web: ')]);
});

describe('a gateway that people depend on', () => {
  const ofGateway = (servers: GatewaySpec['servers'], istio = 'ingressgateway') =>
    said(
      (chart) => declare(chart, gateways, { metadata: { name: 'users' }, spec: { selector: { istio }, servers } }),
      [encryptedGateways],
    );
  const http = { number: 80, name: 'http', protocol: 'HTTP' };

  test('does not serve HTTP', () => {
    expect(ofGateway([{ hosts: ['*'], port: http }])).toEqual([
      'mesh/plain-gateway: Gateway team/users: spec.servers[0] serves HTTP at port 80; give the endpoint of the platform TLS, or redirect to HTTPS',
    ]);
  });

  test('may redirect from it, and other gateways may serve it', () => {
    const https = { number: 443, name: 'https', protocol: 'HTTPS' };
    const servers = [
      { hosts: ['*'], port: https, tls: { mode: 'SIMPLE' as const, credentialName: 'tls' } },
      { hosts: ['*'], port: http, tls: { httpsRedirect: true } },
    ];
    expect(ofGateway(servers)).toEqual([]);
    expect(ofGateway([{ hosts: ['*'], port: http }], 'cluster-local-gateway')).toEqual([]);
  });
});
