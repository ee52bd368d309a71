import { App, Chart } from 'cdk8s';
import * as apps from '../../crds-imports/apps';
import { certificates } from '../../crds-imports/cert-manager.io';
import * as core from '../../crds-imports/core';
import * as istio from '../../crds-imports/networking.istio.io';
import * as networking from '../../crds-imports/networking.k8s.io';
import * as security from '../../crds-imports/security.istio.io';
import { inferenceservices } from '../../crds-imports/serving.kserve.io';
import {
  declare,
  Existing,
  gatewayCertificates,
  Kind,
  type Labels,
  meshPaths,
  type ObjectModel,
  policySelectors,
  type Rule,
  World,
} from '../../lib';
import { sidecarMesh } from '../../lib/blocks';
import { MESH } from '../../lib/contracts';
import { findings } from '../../lib/core/rule';
import { assembled, errors } from '../support/app';

type Build = (chart: Chart) => void;

/** A server and the way to it through a gateway, as far as a test does not say otherwise. */
interface Scene {
  /** Labels of the namespace of the server; undefined where it exists. @default - part of the mesh */
  readonly namespace?: Labels | 'exists';
  /** Labels of the pods. */
  readonly pods?: Labels;
  readonly annotations?: Labels;
  readonly service?: Partial<core.ServiceSpec>;
  /** Port of the destination. */
  readonly port?: number;
  readonly network?: readonly networking.NetworkPolicySpec[];
  readonly authorization?: readonly security.AuthorizationPolicySpec[];
  readonly more?: Build;
}

const WEB = { app: 'web' };

function server(chart: Chart, { pods = {}, annotations = {}, service = {} }: Scene): void {
  const container = { name: 'web', image: 'web:1', ports: [{ containerPort: 8080, name: 'http' }] };
  declare(chart, apps.deployments, {
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: WEB },
      template: { metadata: { labels: { ...WEB, ...pods }, annotations }, spec: { containers: [container] } },
    },
  });
  declare(chart, core.services, {
    metadata: { name: 'web' },
    spec: { selector: WEB, ports: [{ port: 80, targetPort: 'http' }], ...service },
  });
}

function policies(chart: Chart, { network = [], authorization = [] }: Scene): void {
  for (const [index, spec] of network.entries())
    declare(chart, networking.networkpolicies, { metadata: { name: `network-${index}` }, spec });
  for (const [index, spec] of authorization.entries())
    declare(chart, security.authorizationpolicies, { metadata: { name: `authorization-${index}` }, spec });
}

/** A gateway of the model: its pods are in the namespace infra and run as the account gateway. */
const gateway: Build = (chart) => {
  const labels = { istio: 'ingressgateway' };
  const metadata = { name: 'gateway', namespace: 'infra' };
  declare(chart, core.namespaces, { metadata: { name: 'infra', labels: { tier: 'edge' } } });
  declare(chart, core.serviceaccounts, { metadata });
  declare(chart, apps.deployments, {
    metadata,
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { serviceAccountName: 'gateway', containers: [{ name: 'proxy', image: 'proxy:1' }] },
      },
    },
  });
  declare(chart, istio.gateways, { metadata: { name: 'public' }, spec: { selector: labels, servers: [] } });
};

const route =
  ({ port = 80 }: Scene, host = 'web.team.svc.cluster.local', gateways = ['public']): Build =>
  (chart) =>
    declare(chart, istio.virtualservices, {
      metadata: { name: 'web' },
      spec: { gateways, hosts: ['*'], http: [{ route: [{ destination: { host, port: { number: port } } }] }] },
    });

function scene(scene: Scene, ...builds: Build[]): Chart {
  const chart = new Chart(new App(), 'team', { namespace: 'team' });
  World.declare(chart, Existing.definitions('networking.istio.io'), Existing.definitions('security.istio.io'));
  const { namespace = { 'istio-injection': 'enabled' } } = scene;
  if (namespace === 'exists') World.declare(chart, Existing.namespace('team'));
  else declare(chart, core.namespaces, { metadata: { name: 'team', labels: namespace } });
  for (const build of builds) build(chart);
  scene.more?.(chart);
  return chart;
}

/** What some rules find. */
function said(rules: Rule<ObjectModel> | readonly Rule<ObjectModel>[], chart: Chart): string[] {
  return findings([rules].flat(), assembled(chart).model).map(({ message }) => message);
}

/** What is said of a server behind a route through a gateway of the model. */
function found(given: Scene = {}): string[] {
  const chart = scene(
    given,
    gateway,
    (team) => server(team, given),
    (team) => policies(team, given),
    route(given),
  );
  return said(meshPaths, chart);
}

const closed: networking.NetworkPolicySpec = {
  podSelector: {},
  policyTypes: ['Ingress'],
  ingress: [{ from: [{ podSelector: {} }] }],
};
const admits = (rule: NonNullable<networking.NetworkPolicySpec['ingress']>[number]): networking.NetworkPolicySpec => ({
  podSelector: { matchLabels: WEB },
  policyTypes: ['Ingress'],
  ingress: [rule],
});
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

describe('a route', () => {
  test('arrives where nobody refuses it', () => {
    expect(found()).toEqual([]);
  });

  test('to a Service without pods behind it', () => {
    const lost = { service: { selector: { app: 'other' } } };
    expect(found(lost)).toEqual([
      'Service team/web has no pods behind it, to which VirtualService team/web leads: no workload of the model has the labels {"app":"other"}',
    ]);
    expect(found({ service: { selector: { app: 'other' } }, namespace: 'exists' })).toEqual([]);
  });

  test('to pods that a controller makes is taken to arrive', () => {
    const model: Build = (chart) => declare(chart, inferenceservices, { metadata: { name: 'model' }, spec: { predictor: {} } });
    expect(found({ service: { selector: { app: 'other' } }, more: model })).toEqual([]);
  });

  test('to a named port that no container has', () => {
    expect(found({ service: { ports: [{ port: 80, targetPort: 'grpc' }] } })).toEqual([
      'Deployment team/web: no container has a port named grpc, to which VirtualService team/web leads through Service team/web',
    ]);
  });
});

describe('a NetworkPolicy', () => {
  const REFUSED =
    'Deployment team/web: no NetworkPolicy admits the Gateway team/public to port 8080, to which VirtualService team/web leads';

  const accepted: [string, networking.NetworkPolicySpec][] = [
    ['everybody', admits({})],
    ['everybody to the port', admits({ ports: [{ port: 8080 }] })],
    ['a port by its name', admits({ ports: [{ port: 'http' }] })],
    ['a range of ports', admits({ ports: [{ port: 8000, endPort: 8100 }] })],
    ['the namespace of the gateway', admits({ from: [inNamespace('infra')] })],
    ['a namespace by its labels', admits({ from: [{ namespaceSelector: { matchLabels: { tier: 'edge' } } }] })],
    [
      'the pods of the gateway',
      admits({ from: [{ ...inNamespace('infra'), podSelector: { matchLabels: { istio: 'ingressgateway' } } }] }),
    ],
    ['addresses, which may be those of the gateway', admits({ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] })],
  ];
  test.each(accepted)('that admits %s', (_, policy) => {
    expect(found({ network: [closed, policy] })).toEqual([]);
  });

  const refused: [string, networking.NetworkPolicySpec][] = [
    ['another port', admits({ ports: [{ port: 80 }] })],
    ['another name', admits({ ports: [{ port: 'https' }] })],
    ['ports beside it', admits({ ports: [{ port: 8081, endPort: 9000 }] })],
    ['another namespace', admits({ from: [inNamespace('other')] })],
    ['a namespace with other labels', admits({ from: [{ namespaceSelector: { matchLabels: { tier: 'core' } } }] })],
    ['other pods', admits({ from: [{ ...inNamespace('infra'), podSelector: { matchLabels: { istio: 'egress' } } }] })],
    ['pods of its own namespace', admits({ from: [{ podSelector: {} }] })],
    ['nobody', { podSelector: {} }],
  ];
  test.each(refused)('that admits %s only', (_, policy) => {
    expect(found({ network: [closed, policy] })).toEqual([REFUSED]);
  });

  test('that selects other pods or leaves incoming requests alone says nothing', () => {
    expect(found({ network: [{ podSelector: { matchLabels: { app: 'other' } } }] })).toEqual([]);
    expect(found({ network: [{ podSelector: {}, policyTypes: ['Egress'] }] })).toEqual([]);
  });
});

describe('an AuthorizationPolicy', () => {
  const PRINCIPAL = 'cluster.local/ns/infra/sa/gateway';
  const REFUSED = `Deployment team/web: no AuthorizationPolicy admits ${PRINCIPAL} to port 8080, to which VirtualService team/web leads`;
  const from = (source: security.Source): security.AuthorizationPolicySpec => ({ rules: [{ from: [{ source }] }] });
  const to = (operation: security.Operation): security.AuthorizationPolicySpec => ({ rules: [{ to: [{ operation }] }] });

  const accepted: [string, security.AuthorizationPolicySpec][] = [
    ['everybody', { rules: [{}] }],
    ['the identity of the gateway', from({ principals: [PRINCIPAL] })],
    ['identities that begin like it', from({ principals: ['cluster.local/ns/infra/*'] })],
    ['identities that end like it', from({ principals: ['*/sa/gateway'] })],
    ['every identity', from({ principals: ['*'] })],
    ['its namespace', from({ namespaces: ['infra'] })],
    ['the port', to({ ports: ['8080'] })],
    ['some paths', to({ paths: ['/web/*'] })],
    ['requests with a header', { rules: [{ when: [{ key: 'request.headers[kubeflow-userid]', values: ['*'] }] }] }],
    ['through a waypoint', { targetRefs: [{ kind: 'Service', group: '', name: 'web' }], rules: [] }],
    ['other pods', { selector: { matchLabels: { app: 'other' } }, rules: [] }],
  ];
  test.each(accepted)('about %s', (_, policy) => {
    expect(found({ authorization: [policy] })).toEqual([]);
  });

  const refused: [string, security.AuthorizationPolicySpec][] = [
    ['nobody', {}],
    ['another identity', from({ principals: ['cluster.local/ns/infra/sa/other'] })],
    ['all identities but that of the gateway', from({ notPrincipals: [PRINCIPAL] })],
    ['another namespace', from({ namespaces: ['other'] })],
    ['all namespaces but its own', from({ notNamespaces: ['infra'] })],
    ['the port of the Service', to({ ports: ['80'] })],
    ['all ports but this', to({ notPorts: ['8080'] })],
    ['everybody, and denies it', { action: 'DENY', rules: [{}] }],
    ['everybody, and denies the port', { action: 'DENY', rules: [{ to: [{ operation: { ports: ['8080'] } }] }] }],
  ];
  test.each(refused)('about %s only', (_, policy) => {
    expect(found({ authorization: [policy] })).toEqual([REFUSED]);
    expect(found({ authorization: [{ ...policy, selector: { matchLabels: WEB } }] })).toEqual([REFUSED]);
  });

  test('that denies some requests leaves others', () => {
    const denies = {
      action: 'DENY',
      rules: [{ to: [{ operation: { paths: ['/admin'] } }] }, { from: [{ source: {} }] }],
    } as const;
    expect(found({ authorization: [denies] })).toEqual([]);
  });

  test('is one of several that admit, also of the whole mesh', () => {
    expect(found({ authorization: [{}, from({ principals: [PRINCIPAL] })] })).toEqual([]);
    const root =
      (rules: security.Rule[]): Build =>
      (chart) => {
        World.declare(chart, Existing.namespace('istio-system'));
        declare(chart, security.authorizationpolicies, {
          metadata: { name: 'root', namespace: 'istio-system' },
          spec: { rules },
        });
      };
    expect(found({ authorization: [{}], more: root([{}]) })).toEqual([]);
    expect(found({ more: root([]) })).toEqual([REFUSED]);
  });

  test('holds for pods of the mesh alone, and for ports that it guards', () => {
    const authorization = [{}];
    const cases: [Scene, boolean][] = [
      [{ pods: { 'sidecar.istio.io/inject': 'false' } }, false],
      [{ annotations: { 'sidecar.istio.io/inject': 'false' } }, false],
      [{ namespace: {} }, false],
      [{ namespace: {}, pods: { 'sidecar.istio.io/inject': 'true' } }, true],
      [{ namespace: { 'istio.io/rev': 'canary' } }, true],
      [{ namespace: { 'istio.io/dataplane-mode': 'ambient' } }, true],
      [{ namespace: { 'istio.io/dataplane-mode': 'ambient' }, pods: { 'istio.io/dataplane-mode': 'none' } }, false],
      [{ namespace: 'exists' }, true],
      [{ annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '9443, 8080' } }, false],
      [{ annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '80' } }, true],
    ];
    for (const [given, isRefused] of cases) expect(found({ ...given, authorization })).toEqual(isRefused ? [REFUSED] : []);
  });
});

describe('a gateway', () => {
  const through = (
    existing: boolean,
    network: networking.NetworkPolicySpec[],
    authorization: security.AuthorizationPolicySpec[],
  ) => {
    const given = { network, authorization };
    const chart = scene(
      given,
      (team) => server(team, given),
      (team) => policies(team, given),
      route(given, 'web', ['kubeflow/kubeflow-gateway']),
    );
    const gatewayPrincipal = 'cluster.local/ns/istio-system/sa/ingress';
    if (existing)
      MESH.offer(chart, sidecarMesh({ gateway: 'kubeflow/kubeflow-gateway', namespace: 'istio-system', gatewayPrincipal }));
    return said(meshPaths, chart);
  };

  test('of a mesh that the cluster has is known by what its owner says', () => {
    const principals = ['cluster.local/ns/istio-system/sa/ingress'];
    const allowed = { rules: [{ from: [{ source: { principals } }] }] };
    expect(through(true, [admits({ from: [inNamespace('istio-system')] })], [allowed])).toEqual([]);
    expect(through(true, [admits({ from: [inNamespace('other')] })], [{}])).toEqual([
      expect.stringContaining('no NetworkPolicy admits the Gateway kubeflow/kubeflow-gateway to port 8080'),
      expect.stringContaining(`no AuthorizationPolicy admits ${principals} to port 8080`),
    ]);
  });

  test('of which nothing is known is refused by nobody', () => {
    expect(through(false, [closed], [{}])).toEqual([]);
  });
});

describe('what a route names', () => {
  const missed = (host: string, gateways: string[], more: Build = () => {}) => {
    const chart = scene({}, gateway, (team) => server(team, {}), route({}, host, gateways), more);
    World.close(chart);
    return errors(assembled(chart)).map((message) => message.replace(/^.*?: VirtualService team\/web: /, ''));
  };

  test('is there', () => {
    expect(missed('web', ['public'])).toEqual([]);
  });

  test('or is missed: a Service, a port of it, a gateway', () => {
    expect(missed('wbe', ['public'])).toEqual([expect.stringContaining('names Service team/wbe port 80, which nothing')]);
    expect(missed('web', ['pubilc'])).toEqual([
      expect.stringContaining('spec.gateways[0] names Gateway team/pubilc, which nothing'),
    ]);
    const chart = scene({}, gateway, (team) => server(team, {}), route({ port: 81 }));
    World.close(chart);
    expect(errors(assembled(chart))).toEqual([expect.stringContaining('names port 81 of Service team/web, which has 80')]);
  });

  test('or exists, or is what a controller makes', () => {
    const exists: Build = (chart) =>
      World.declare(chart, Existing.object(istio.gateways, 'old', 'infra'), Existing.object(core.services, 'old', 'team'));
    expect(missed('old', ['infra/old'], exists)).toEqual([]);
    const model: Build = (chart) => {
      World.declare(chart, Existing.definitions('serving.kserve.io'));
      declare(chart, inferenceservices, {
        metadata: { name: 'iris' },
        spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 's3://models/iris' } } },
      });
    };
    expect(missed('iris-predictor', ['public'], model)).toEqual([]);
    expect(missed('iris-explainer', ['public'], model)).toHaveLength(1);
  });

  test('by the Gateway API is missed as well', () => {
    const type = Kind.unknown('gateway.networking.k8s.io/v1', 'HTTPRoute', 'httproutes', 'Namespaced');
    const chart = scene({}, (team) => {
      World.declare(team, Existing.definitions('gateway.networking.k8s.io'));
      declare(team, type, {
        metadata: { name: 'r' },
        spec: { parentRefs: [{ name: 'g' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
      });
    });
    World.close(chart);
    expect(errors(assembled(chart))).toEqual([
      expect.stringContaining('spec.parentRefs[0] names Gateway team/g'),
      expect.stringContaining('spec.rules[0].backendRefs[0] names Service team/web port 80'),
    ]);
  });

  test('a policy names identities, and one that nobody has is missed', () => {
    const policy = (principal: string, ...existing: Existing[]) => {
      const authorization = [{ rules: [{ from: [{ source: { principals: [principal] } }] }] }];
      const chart = scene({}, gateway, (team) => policies(team, { authorization }));
      World.declare(chart, ...existing);
      World.close(chart);
      return errors(assembled(chart));
    };
    expect(policy('cluster.local/ns/infra/sa/gateway')).toEqual([]);
    expect(policy('cluster.local/ns/infra/sa/gatewya')).toEqual([
      expect.stringContaining('source.principals[0] names ServiceAccount infra/gatewya, which nothing'),
    ]);
    expect(policy('cluster.local/ns/far/sa/old', Existing.object(core.serviceaccounts, 'old', 'far'))).toEqual([]);
  });
});

test('what is found has a name', () => {
  const names = (given: Scene) => {
    const chart = scene(
      given,
      gateway,
      (team) => server(team, given),
      (team) => policies(team, given),
      route(given),
    );
    return findings([...meshPaths, policySelectors], assembled(chart).model).map(({ rule }) => rule);
  };
  expect(names({ service: { selector: { app: 'other' } } })).toEqual(['mesh/route-without-pods']);
  expect(names({ service: { ports: [{ port: 80, targetPort: 'grpc' }] } })).toEqual(['mesh/route-to-missing-port']);
  expect(names({ network: [closed], authorization: [{}] })).toEqual(['mesh/gateway-shut-out', 'mesh/unauthorized-gateway']);
  expect(names({ authorization: [{ selector: { matchLabels: { app: 'other' } } }] })).toEqual(['mesh/policy-without-pods']);
  expect(gatewayCertificates.id).toBe('mesh/missing-gateway-certificate');
});

describe('the certificate of a Gateway', () => {
  const found = (...builds: Build[]) => {
    const secured: Build = (chart) =>
      declare(chart, istio.gateways, {
        metadata: { name: 'secured' },
        spec: {
          selector: { istio: 'ingressgateway' },
          servers: [
            { hosts: ['*'], port: { name: 'http', number: 80, protocol: 'HTTP' } },
            {
              hosts: ['*'],
              port: { name: 'https', number: 443, protocol: 'HTTPS' },
              tls: { mode: 'SIMPLE', credentialName: 'tls' },
            },
          ],
        },
      });
    return said(gatewayCertificates, scene({}, secured, ...builds));
  };
  const secret =
    (namespace: string): Build =>
    (chart) =>
      declare(chart, core.secrets, { metadata: { name: 'tls', namespace } });

  test('is beside its pods: a Secret, what a Certificate writes, or what exists', () => {
    expect(found(gateway, secret('infra'))).toEqual([]);
    expect(
      found(gateway, (chart) =>
        declare(chart, certificates, {
          metadata: { name: 'c', namespace: 'infra' },
          spec: { secretName: 'tls', issuerRef: { name: 'i' } },
        }),
      ),
    ).toEqual([]);
    expect(found(gateway, (chart) => World.declare(chart, Existing.object(core.secrets, 'tls', 'infra')))).toEqual([]);
  });

  test('is not found elsewhere', () => {
    const message =
      'Gateway team/secured: spec.servers[1].tls.credentialName needs Secret infra/tls, beside the pods of the gateway, which nothing in the model provides; add it there, or declare it as existing';
    expect(found(gateway)).toEqual([message]);
    expect(found(gateway, secret('team'))).toEqual([message]);
  });

  test('is nobody’s business where the pods are not in the model', () => {
    expect(found()).toEqual([]);
  });
});

describe('the selector of a policy', () => {
  const selecting = (matchLabels: Labels, given: Scene = {}) => {
    const chart = scene(
      given,
      (team) => server(team, given),
      (team) => policies(team, { authorization: [{ selector: { matchLabels }, rules: [{}] }] }),
    );
    return said(policySelectors, chart);
  };

  test('selects pods of the namespace', () => {
    expect(selecting(WEB)).toEqual([]);
    expect(selecting({})).toEqual([]);
  });

  test('or guards nothing', () => {
    expect(selecting({ app: 'wbe' })).toEqual([
      'AuthorizationPolicy team/authorization-0: no pods of the model in team have the labels {"app":"wbe"} that it selects',
    ]);
  });

  test('may select pods that the model does not show', () => {
    const model: Build = (chart) => declare(chart, inferenceservices, { metadata: { name: 'm' }, spec: { predictor: {} } });
    expect(selecting({ app: 'wbe' }, { more: model })).toEqual([]);
    expect(selecting({ app: 'wbe' }, { namespace: 'exists' })).toEqual([]);
  });
});
