import type { Chart } from 'cdk8s';
import { validatingwebhookconfigurations } from '../../crds-imports/admissionregistration.k8s.io';
import { deployments } from '../../crds-imports/apps';
import { namespaces, type PodSpec, services } from '../../crds-imports/core';
import { authorizationpolicies, peerauthentications } from '../../crds-imports/security.istio.io';
import { declare, type Labels, meshPods } from '../../lib';
import { findings } from '../../lib/core/rule';
import { assemble } from '../support/app';

interface Scene {
  /** @default - part of the mesh */
  readonly namespace?: Labels;
  readonly pods?: Labels;
  readonly annotations?: Labels;
  readonly pod?: Partial<PodSpec>;
  readonly more?: (chart: Chart) => void;
}

const WEB = { app: 'web' };
const IN_MESH = { 'istio-injection': 'enabled' };
const CONTAINER = { name: 'web', image: 'web:1', ports: [{ containerPort: 9443 }] };

function said({ namespace = IN_MESH, pods = {}, annotations = {}, pod, more }: Scene = {}): string[] {
  const { model } = assemble((chart) => {
    declare(chart, namespaces, { metadata: { name: 'team', labels: namespace } });
    declare(chart, deployments, {
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: WEB },
        template: { metadata: { labels: { ...WEB, ...pods }, annotations }, spec: { containers: [CONTAINER], ...pod } },
      },
    });
    more?.(chart);
  });
  return meshPods.flatMap((rule) => findings([rule], model, '').map(({ rule: id, message }) => `${id}: ${message}`));
}

const OUTSIDE: Scene = { pods: { 'sidecar.istio.io/inject': 'false' } };

test('a pod of the mesh that is like any other is fine', () => {
  expect(said()).toEqual([]);
});

describe('a webhook', () => {
  const more = (chart: Chart) => {
    declare(chart, services, { metadata: { name: 'web' }, spec: { selector: WEB, ports: [{ port: 443, targetPort: 9443 }] } });
    declare(chart, validatingwebhookconfigurations, {
      metadata: { name: 'web' },
      webhooks: [
        {
          name: 'web.example.com',
          clientConfig: { service: { namespace: 'team', name: 'web' } },
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    });
  };
  const open = (mode: 'PERMISSIVE' | 'STRICT', rules?: readonly object[]) => (chart: Chart) => {
    more(chart);
    declare(chart, peerauthentications, {
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: WEB }, portLevelMtls: { 9443: { mode } } },
    });
    declare(chart, authorizationpolicies, { metadata: { name: 'web' }, spec: { rules } });
  };

  test('is refused behind a proxy', () => {
    expect(said({ more })).toEqual([
      expect.stringMatching(/^mesh\/guarded-webhook: Deployment team\/web: its proxy refuses the API server at port 9443/),
    ]);
  });

  test('may be outside of the mesh, or have its port left out', () => {
    expect(said({ more, ...OUTSIDE })).toEqual([]);
    expect(said({ more, annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '9443' } })).toEqual([]);
    expect(said({ more, namespace: {} })).toEqual([]);
  });

  test('may take connections of anybody, if a policy lets anybody in', () => {
    expect(said({ more: open('PERMISSIVE', [{}]) })).toEqual([]);
    expect(said({ more: open('PERMISSIVE', []) })).toHaveLength(1);
    expect(said({ more: open('STRICT', [{}]) })).toHaveLength(1);
  });
});

test.each<[string, string, Partial<PodSpec>]>([
  ['the network of the node', 'mesh/host-network', { hostNetwork: true }],
  ['the user of the proxy', 'mesh/proxy-user', { securityContext: { runAsUser: 1337 } }],
  ['a port of the proxy', 'mesh/proxy-port', { containers: [{ ...CONTAINER, ports: [{ containerPort: 15021 }] }] }],
])('%s is not for pods of the mesh', (_, rule, pod) => {
  expect(said({ pod })).toEqual([expect.stringContaining(`${rule}: Deployment team/web: `)]);
  expect(said({ pod, ...OUTSIDE })).toEqual([]);
});

test('the user of the proxy is for the proxy, and a container may have one of its own', () => {
  const proxy = { name: 'istio-proxy', image: 'proxy:1', securityContext: { runAsUser: 1337 } };
  expect(said({ pod: { containers: [CONTAINER, proxy] } })).toEqual([]);
  const own = { ...CONTAINER, securityContext: { runAsUser: 1000 } };
  expect(said({ pod: { securityContext: { runAsUser: 1337 }, containers: [own] } })).toEqual([]);
});

test('a namespace is in a mesh in one way', () => {
  const ambient = { 'istio.io/dataplane-mode': 'ambient' };
  expect(said({ namespace: { ...IN_MESH, ...ambient } })).toEqual([expect.stringContaining('mesh/two-modes: Namespace team: ')]);
  expect(said({ namespace: ambient })).toEqual([]);
});
