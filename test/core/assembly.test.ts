import type { App } from 'cdk8s';
import { apps, certManager, core, networking } from '../../crds-imports';
import { Assembly, type Body, Existing, Kind, KubeObject, type Manifest, SynthesisError, World } from '../../lib/core';
import { Manifests, synth } from '../../lib/deploy/manifests';
import { FACTS } from '../../lib/kinds';
import { assemble, assembled, errors, notes, refused, ruled, teamChart, thrown, told } from '../support/app';
import { addWrong, smallPlatform } from '../support/small-platform';

const WRONG = [
  'wrong: the chart says no',
  'wrong/code: ConfigMap code: data.run is a function, which is no data',
  'wrong/second: ConfigMap team/twin is declared twice, here and by wrong/twin; give one of them another name',
  'wrong/misspelt: Service team/a: spec.prots unknown field "prots"; did you mean "ports"?',
  'wrong: the merge patch for name no-such-* matches none of the 4 objects here',
  'wrong/closed/pod: Pod team/pod: spec.serviceAccountName names ServiceAccount team/nobody, which nothing in the model provides; add it, or declare it as existing',
];

/** The rules that these break; the first two are no rule's. */
const BROKEN = [
  undefined,
  undefined,
  'kubernetes/declared-twice',
  'kubernetes/invalid-field',
  'cdk8s/unused-patch',
  'kubernetes/missing-object',
];

describe('findings', () => {
  test('are told all at once, with the paths of the constructs', () => {
    const app = smallPlatform();
    addWrong(app);
    const assembly = Assembly.of(app, { facts: FACTS });
    expect(errors(assembly)).toStrictEqual(WRONG);
    expect(assembly.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toStrictEqual(BROKEN);
  });

  test('are one error that lists them, when the assembly is to be used', () => {
    const app = smallPlatform();
    addWrong(app);
    const assembly = Assembly.of(app, { facts: FACTS });
    const lines = WRONG.map((line, index) => (BROKEN[index] ? `${line} (${BROKEN[index]})` : line));
    const uses: (() => unknown)[] = [() => assembly.plan, () => new Manifests(assembly), () => synth(app)];
    for (const use of uses) {
      const error = thrown(use);
      expect(error).toBeInstanceOf(SynthesisError);
      expect(error.message).toBe(['6 errors, nothing was written', ...lines].join('\n  '));
      expect(refused(use)).toStrictEqual(assembly.findings);
    }
  });

  test('stand in the order of their weight, errors first', () => {
    const checks = (['note', 'error', 'warning'] as const).map((level) => ruled(level, () => [{ message: 'm' }]));
    expect(assemble(() => {}, { checks }).findings.map(({ severity }) => severity)).toStrictEqual(['error', 'warning', 'note']);
  });

  test('of one error are told in the singular, those without a path of the app', () => {
    const assembly = assemble(() => {}, { checks: [ruled('error', () => [{ message: 'no' }])] });
    expect(thrown(() => assembly.plan).message).toBe('an error, nothing was written\n  app: no (team/rule)');
  });

  test('may come from checks of the user, which see the well-formed objects', () => {
    const seen: string[] = [];
    const assembly = assemble(
      (chart) => {
        new KubeObject(chart, 'good', core.configmaps, { metadata: { name: 'good' } });
        new KubeObject(chart, 'bad', core.configmaps, { metadata: { name: 'bad' }, data: 1 } as unknown as Body<core.ConfigMap>);
      },
      {
        checks: [
          ruled('warning', function* (model) {
            for (const { construct, manifest } of model.objects) {
              seen.push(manifest.metadata.name);
              yield { path: construct.node.path, message: 'seen' };
            }
          }),
        ],
      },
    );
    expect(seen).toStrictEqual(['good']);
    expect(told(assembly, 'warning')).toStrictEqual(['team/good: seen']);
  });

  test('have no circle among them when something else is wrong already', () => {
    expect(assemble((chart) => addWrong(chart.node.root as App)).findings.some(({ message }) => message.includes('circle'))).toBe(
      false,
    );
  });
});

describe('a model of malformed objects', () => {
  const bodies: [string, Kind, unknown][] = [
    ['a Certificate whose spec is a list', certManager.certificates, { spec: [] }],
    [
      'a binding whose subjects are no list',
      Kind.unknown('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings', 'Namespaced'),
      { subjects: {}, roleRef: 1 },
    ],
    [
      'a binding of nothing',
      Kind.unknown('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings', 'Namespaced'),
      { subjects: [null] },
    ],
    ['a Service whose ports are no list', core.services, { spec: { ports: 'http', selector: 'app' } }],
    ['a Deployment of text', apps.deployments, { spec: 'text' }],
    ['a Deployment of empty containers', apps.deployments, { spec: { template: { spec: { containers: [null, 1] } } } }],
    [
      'a definition without names',
      Kind.unknown('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'Cluster'),
      { spec: { group: 'a.b', versions: [null] } },
    ],
    [
      'a definition of nothing',
      Kind.unknown('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'Cluster'),
      {},
    ],
    [
      'a webhook configuration of text',
      Kind.unknown('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'x', 'Cluster'),
      { webhooks: ['text'] },
    ],
  ];

  test.each(bodies)('has findings, and no accident: %s', (_, kind, body) => {
    const assembly = assemble((chart) => {
      new KubeObject(chart, 'object', kind, { metadata: { name: 'object' }, ...(body as object) } as Body<unknown>);
      new KubeObject(chart, 'user', apps.statefulsets, {
        metadata: { name: 'user' },
        spec: {
          serviceName: 'object',
          selector: { matchLabels: { app: 'user' } },
          template: {
            metadata: { labels: { app: 'user' } },
            spec: { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'v', secret: { secretName: 'object' } }] },
          },
        },
      });
    });
    expect(errors(assembly).filter((error) => error.startsWith('team/object: ')).length).toBeGreaterThan(0);
    expect(errors(assembly).filter((error) => !error.startsWith('team/object: '))).toStrictEqual([]);
  });

  test('has none of what the API server takes: a Certificate without a spec', () => {
    const assembly = assemble((chart) => {
      new KubeObject(chart, 'object', certManager.certificates, { metadata: { name: 'object' } });
    });
    expect(errors(assembly)).toStrictEqual([]);
    expect(assembly.plan.objects).toHaveLength(1);
  });

  test('has no further findings of what names them', () => {
    const assembly = assemble(
      (chart) => {
        World.declare(chart, Existing.namespace('team'));
        new KubeObject(chart, 'misspelt', core.configmaps, {
          metadata: { name: 'misspelt' },
          dta: {},
        } as unknown as Body<core.ConfigMap>);
        new KubeObject(chart, 'unfinished', core.configmaps, {
          metadata: { name: 'unfinished' },
          data: new Date(0),
        } as unknown as Body<core.ConfigMap>);
        new KubeObject(chart, 'service', core.services, {
          metadata: { name: 'service' },
          spec: { ports: {} },
        } as unknown as Body<core.Service>);
        const backend = { service: { name: 'service', port: { number: 80 } } };
        new KubeObject(chart, 'ingress', networking.ingresses, {
          metadata: { name: 'ingress' },
          spec: { defaultBackend: backend },
        });
        const envFrom = ['misspelt', 'unfinished', 'missing'].map((name) => ({ configMapRef: { name } }));
        new KubeObject(chart, 'pod', core.pods, {
          metadata: { name: 'pod' },
          spec: { containers: [{ name: 'c', image: 'i', envFrom }] },
        });
      },
      { missingReferences: 'error' },
    );
    expect(errors(assembly).map((error) => error.slice(0, error.indexOf(':')))).toStrictEqual([
      'team/unfinished',
      'team/misspelt',
      'team/service',
      'team/pod',
    ]);
    expect(errors(assembly)[3]).toContain('ConfigMap team/missing');
  });
});

describe('an assembly', () => {
  test('may be of a part of the tree', () => {
    const app = smallPlatform();
    const team = app.node.findChild('team');
    expect(Assembly.of(team).plan.objects.map(({ kind }) => kind)).toStrictEqual(['Namespace', 'Deployment']);
  });

  test('counts the CEL rules that are left to the server', () => {
    expect(assemble(() => {}).rulesLeftToServer).toBe(0);
    expect(
      assemble((chart) => {
        const rule = { type: 'object', 'x-kubernetes-validations': [{ rule: 'self.a' }, { rule: 'self.b' }] };
        const type = Kind.unknown('example.com/v1', 'Ruled', 'ruleds', 'Namespaced');
        const names = { kind: 'Ruled', plural: 'ruleds' };
        const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: rule } }];
        const definitions = Kind.unknown(
          'apiextensions.k8s.io/v1',
          'CustomResourceDefinition',
          'customresourcedefinitions',
          'Cluster',
        );
        new KubeObject(chart, 'd', definitions, {
          metadata: { name: 'ruleds.example.com' },
          spec: { group: 'example.com', names, scope: 'Namespaced', versions },
        } as unknown as Body<Manifest>);
        for (const name of ['a', 'b']) new KubeObject(chart, name, type, { metadata: { name } } as Body<Manifest>);
      }).rulesLeftToServer,
    ).toBe(4);
  });
});

test('a circle is a finding of the root', () => {
  const chart = teamChart();
  const server = (name: string) => {
    const labels = { app: name };
    new KubeObject(chart, `service-${name}`, core.services, {
      metadata: { name },
      spec: { selector: labels, ports: [{ port: 443 }] },
    });
    new KubeObject(chart, name, apps.deployments, {
      metadata: { name },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }] } },
      },
    });
  };
  const hook = (name: string, admits: string) => {
    const type = Kind.unknown(
      'admissionregistration.k8s.io/v1',
      'MutatingWebhookConfiguration',
      'mutatingwebhookconfigurations',
      'Cluster',
    );
    const clientConfig = { service: { name, namespace: 'team' } };
    const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
    const webhook = {
      name: `${name}.example.com`,
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      clientConfig,
      rules,
      objectSelector: { matchLabels: { app: admits } },
    };
    new KubeObject(chart, `hook-${name}`, type, { metadata: { name }, webhooks: [webhook] } as unknown as Body<Manifest>);
  };
  for (const name of ['a', 'b']) server(name);
  hook('a', 'b');
  hook('b', 'a');
  const assembly = assembled(chart);
  expect(errors(assembly)).toStrictEqual([
    expect.stringMatching(/^: objects wait for each other in a circle: Deployment team\/a waits for Deployment team\/b \(/),
  ]);
  expect(notes(assembly).length).toBeGreaterThan(0);
  expect(assembly.findings.find(({ message }) => message.includes('circle'))?.rule).toBe('kubernetes/cyclic-order');
  expect(() => assembly.plan).toThrow('app: objects wait for each other in a circle');
});
