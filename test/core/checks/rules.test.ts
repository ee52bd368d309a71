import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { admissionregistration, apps, certManager, core, kubeflow } from '../../../crds-imports';
import { type Body, Existing, Images, type Kind, KubeObject, Patch, type RuleId, Transform, World } from '../../../lib/core';
import { KERNEL_RULES } from '../../../lib/core/checks/checks';
import { VALIDATION_RULES } from '../../../lib/core/checks/validation';
import { assemble } from '../../support/app';

type Build = (chart: Construct) => unknown;

/** An object that may be wrong. */
const object =
  (kind: Kind<never>, body: object, name = 'it'): Build =>
  (chart) =>
    new KubeObject(chart, `${kind.kind}-${name}`, kind as Kind<unknown>, { metadata: { name }, ...body } as Body<unknown>);

const map = (metadata: object = {}): Build => object(core.configmaps as never, { metadata: { name: 'it', ...metadata } });

const all =
  (...builds: Build[]): Build =>
  (chart) => {
    for (const build of builds) build(chart);
  };

const service = (port: number, selector: object = { app: 'web' }) =>
  object(core.services as never, { spec: { selector, ports: [{ port }] } }, 'web');

const webhook = object(admissionregistration.validatingwebhookconfigurations as never, {
  webhooks: [
    {
      name: 'a.example.com',
      clientConfig: { service: { name: 'web', namespace: 'team', port: 443 } },
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
    },
  ],
});

const web = object(
  apps.deployments as never,
  {
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'example.com/web:1' }] } },
    },
  },
  'web',
);

/** A setting of a platform that changes nothing, or something. */
class Setting extends Transform {
  constructor(private readonly wrong: string[]) {
    super();
  }
  apply<T>(it: T): T {
    return it;
  }
  unused(): string[] {
    return this.wrong;
  }
}

const pod = (image: string) => object(core.pods as never, { spec: { containers: [{ name: 'web', image }] } });
const raw =
  (kind: string, name = 'it') =>
  (chart: Construct) =>
    new ApiObject(chart, 'raw', { apiVersion: 'v1', kind, metadata: { name } });

const issuedBy = (name: string) =>
  object(certManager.certificates as never, { spec: { secretName: 'tls', dnsNames: ['a'], issuerRef: { name } } });

/** What breaks each rule, and what stands next to it and keeps it. */
const SIDES: Readonly<Partial<Record<RuleId, readonly [broken: Build, kept: Build]>>> = {
  'kubernetes/invalid-name': [raw('ConfigMap', 'It_'), raw('ConfigMap')],
  'kubernetes/invalid-namespace': [map({ namespace: 'It_' }), map({ namespace: 'it' })],
  'kubernetes/invalid-reference': [issuedBy(''), issuedBy('ca')],
  'kubernetes/declared-twice': [
    all(map(), (chart) => new KubeObject(chart, 'twin', core.configmaps, { metadata: { name: 'it' } })),
    all(map(), (chart) => new KubeObject(chart, 'other', core.configmaps, { metadata: { name: 'other' } })),
  ],
  'kubernetes/unknown-kind': [raw('ConfigMaps'), raw('ConfigMap')],
  'kubernetes/invalid-field': [object(core.configmaps as never, { dat: {} }), object(core.configmaps as never, { data: {} })],
  'kubernetes/invalid-label': [map({ labels: { a: '-' } }), map({ labels: { a: 'b' } })],
  'kubernetes/invalid-annotation': [map({ annotations: { 'a b': '' } }), map({ annotations: { a: 'b c' } })],
  'kubernetes/missing-definition': [
    object(kubeflow.pytorchjobs as never, { spec: { pytorchReplicaSpecs: {} } }),
    all(object(kubeflow.pytorchjobs as never, { spec: { pytorchReplicaSpecs: {} } }), (chart) =>
      World.declare(chart, Existing.definitions('kubeflow.org')),
    ),
  ],
  'kubernetes/missing-object': [map(), all(map(), (chart) => World.declare(chart, Existing.namespace('team')))],
  'kubernetes/missing-port': [all(webhook, service(80), web), all(webhook, service(443), web)],
  'kubernetes/webhook-without-pods': [all(webhook, service(443, { app: 'other' }), web), all(webhook, service(443), web)],
  'cdk8s/unused-image': [
    all(pod('example.com/web:1'), (chart) =>
      Images.settle(chart, [], { overrides: { 'example.com/other': 'example.com/web:2' } }),
    ),
    all(pod('example.com/web:1'), (chart) => Images.settle(chart, [], { overrides: { 'example.com/web': 'example.com/web:2' } })),
  ],
  'cdk8s/unused-setting': [(chart) => new Setting(['nothing']).on(chart), (chart) => new Setting([]).on(chart)],
  'cdk8s/unused-patch': [
    all(map(), (chart) => Patch.merge({ data: {} }).to({ name: 'other' }).on(chart)),
    all(map(), (chart) => Patch.merge({ data: {} }).to({ name: 'it' }).on(chart)),
  ],
};

/** Told once nothing else is wrong; the tests of plans have it. */
const OF_PLANS: RuleId = 'kubernetes/cyclic-order';

describe("the kernel's own rules", () => {
  test('are all tested', () => {
    // Those of Kubernetes' validation have a table of their own.
    const own = KERNEL_RULES.filter((rule) => !VALIDATION_RULES.some(({ id }) => id === rule.id));
    expect([...Object.keys(SIDES), OF_PLANS].sort()).toEqual(own.map(({ id }) => id).sort());
  });

  test.each(Object.entries(SIDES))('%s', (id, [broken, kept] = [() => {}, () => {}]) => {
    const broke = (build: Build) => assemble((chart) => build(chart)).findings.map(({ rule }) => rule);
    expect(broke(broken)).toContain(id);
    expect(broke(kept)).not.toContain(id);
  });
});
