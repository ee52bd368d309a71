import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import { apps, certManager, core, networking } from '../../../crds-imports';
import {
  Assembly,
  type Body,
  Definition,
  Existing,
  Kind,
  KubeObject,
  type Manifest,
  Patch,
  type PlanFile,
  SynthesisError,
  synth,
  World,
} from '../../../lib/core';
import { assemble, assembled, errors, notes, refused, ruled, teamChart, thrown, told } from '../../support/app';
import { contentOf, stateOf, temporaryFolder } from '../../support/folder';

/** A small platform with two charts, three waves and a definition. */
function platform(): App {
  const app = new App();
  const certificates = new Chart(app, 'certificates', { namespace: 'team' });
  new Definition(certificates, 'definition', certManager.certificates);
  new Definition(certificates, 'issuers', certManager.issuers);
  new KubeObject(certificates, 'issuer', certManager.issuers, { metadata: { name: 'issuer' }, spec: { selfSigned: {} } });
  new KubeObject(certificates, 'tls', certManager.certificates, {
    metadata: { name: 'tls' },
    spec: { secretName: 'tls', issuerRef: { name: 'issuer' }, dnsNames: ['a'] },
  });
  const team = new Chart(app, 'team', { namespace: 'team' });
  new KubeObject(team, 'namespace', core.namespaces, { metadata: { name: 'team' } });
  new KubeObject(team, 'server', apps.deployments, {
    metadata: { name: 'server' },
    spec: {
      selector: { matchLabels: { app: 'server' } },
      template: {
        metadata: { labels: { app: 'server' } },
        spec: {
          containers: [{ name: 'server', image: 'example.com/server:1' }],
          volumes: [{ name: 'tls', secret: { secretName: 'tls' } }],
        },
      },
    },
  });
  return app;
}

/** Things of which each is wrong in its own way. */
function wrong(app: App): void {
  const chart = new Chart(app, 'wrong', { namespace: 'team' });
  new KubeObject(chart, 'misspelt', core.services, {
    metadata: { name: 'a' },
    spec: { prots: [] },
  } as unknown as Body<core.Service>);
  new KubeObject(chart, 'twin', core.configmaps, { metadata: { name: 'twin' } });
  new KubeObject(chart, 'second', core.configmaps, { metadata: { name: 'twin' } });
  new KubeObject(chart, 'code', core.configmaps, { metadata: { name: 'code' }, data: { run: (() => 1) as unknown as string } });
  const closed = new Construct(chart, 'closed');
  World.close(closed);
  new KubeObject(closed, 'pod', core.pods, {
    metadata: { name: 'pod' },
    spec: { serviceAccountName: 'nobody', containers: [{ name: 'c', image: 'i' }] },
  });
  Patch.merge({}).to({ name: 'no-such-*' }).on(chart);
  chart.node.addValidation({ validate: () => ['the chart says no'] });
}

const WRONG = [
  'wrong: the chart says no',
  'wrong/code: ConfigMap code: data.run is a function, which is no data',
  'wrong/second: ConfigMap team/twin is declared twice, here and by wrong/twin; give one of them another name',
  'wrong/misspelt: Service team/a: spec.prots unknown field "prots"; did you mean "ports"?',
  'wrong: the merge patch for name no-such-* matches none of the 4 objects here',
  'wrong/closed/pod: Pod team/pod: spec.serviceAccountName names ServiceAccount team/nobody, which nothing in the model provides; add it, or declare it as existing',
];

const RULES = [
  '',
  '',
  ' (kubernetes/declared-twice)',
  ' (kubernetes/invalid-field)',
  ' (cdk8s/unused-patch)',
  ' (kubernetes/missing-object)',
];

const WRONG_WITH_RULES = WRONG.map((line, index) => `${line}${RULES[index]}`);

describe('findings', () => {
  test('are told all at once, with the paths of the constructs', () => {
    const app = platform();
    wrong(app);
    expect(errors(Assembly.of(app))).toStrictEqual(WRONG);
  });

  test('are one error that lists them, when the assembly is to be used', () => {
    const app = platform();
    wrong(app);
    const assembly = Assembly.of(app);
    const uses: (() => unknown)[] = [
      () => assembly.plan,
      () => assembly.components,
      () => assembly.files(),
      () => assembly.write(temporaryFolder()),
      () => synth(app),
    ];
    for (const use of uses) {
      const error = thrown(use);
      expect(error).toBeInstanceOf(SynthesisError);
      expect(error.message).toBe(['6 errors, nothing was written', ...WRONG_WITH_RULES].join('\n  '));
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
    expect(assemble((chart) => wrong(chart.node.root as App)).findings.some(({ message }) => message.includes('circle'))).toBe(
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
          selector: {},
          template: { spec: { containers: [{ name: 'c' }], volumes: [{ name: 'v', secret: { secretName: 'object' } }] } },
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

describe('a write', () => {
  test('is of one YAML file for each object, and of plan.json', () => {
    const folder = temporaryFolder();
    const app = platform();
    const result = Assembly.of(app).write(folder);
    const content = contentOf(folder);
    const files = Object.keys(content).filter((path) => !path.endsWith('/'));
    expect(files).toStrictEqual([
      'plan.json',
      'plan.svg',
      'wave-0/00-namespaces/namespace-team.yaml',
      'wave-0/certificates/customresourcedefinition-certificates.cert-manager.io.yaml',
      'wave-0/certificates/customresourcedefinition-issuers.cert-manager.io.yaml',
      'wave-1/certificates/certificate-tls.yaml',
      'wave-1/certificates/issuer-issuer.yaml',
      'wave-2/team/deployment-server.yaml',
    ]);
    expect(result).toStrictEqual({ written: 8, unchanged: 0, removed: 0 });
    const written = files.filter((file) => file.endsWith('.yaml')).map((file) => parse(content[file] as string) as Manifest);
    expect(new Set(written.map((object) => JSON.stringify(object)))).toStrictEqual(
      new Set(Assembly.of(app).plan.objects.map((object) => JSON.stringify(object))),
    );
  });

  test('says in plan.json what waits for what, until when and why', () => {
    const folder = temporaryFolder();
    synth(platform(), { outdir: folder, report: () => {} });
    const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as PlanFile;
    const definitions = 'customresourcedefinitions.apiextensions.k8s.io';
    expect(plan).toStrictEqual({
      waves: [
        {
          folder: 'wave-0',
          waitFor: [],
          objects: [
            'Namespace team',
            'CustomResourceDefinition.apiextensions.k8s.io certificates.cert-manager.io',
            'CustomResourceDefinition.apiextensions.k8s.io issuers.cert-manager.io',
          ],
        },
        {
          folder: 'wave-1',
          waitFor: [
            { resource: definitions, name: 'certificates.cert-manager.io', for: 'condition=Established' },
            { resource: definitions, name: 'issuers.cert-manager.io', for: 'condition=Established' },
          ],
          objects: ['Issuer.cert-manager.io team/issuer', 'Certificate.cert-manager.io team/tls'],
        },
        {
          folder: 'wave-2',
          waitFor: [{ resource: 'certificates.cert-manager.io', namespace: 'team', name: 'tls', for: 'condition=Ready' }],
          objects: ['Deployment.apps team/server'],
        },
      ],
      diagram: 'plan.svg',
      components: {
        certificates: [
          'wave-0/certificates/customresourcedefinition-certificates.cert-manager.io.yaml',
          'wave-0/certificates/customresourcedefinition-issuers.cert-manager.io.yaml',
          'wave-1/certificates/certificate-tls.yaml',
          'wave-1/certificates/issuer-issuer.yaml',
        ],
        team: ['wave-0/00-namespaces/namespace-team.yaml', 'wave-2/team/deployment-server.yaml'],
      },
      gates: [
        {
          object: 'Deployment.apps team/server',
          waitsFor: 'Certificate.cert-manager.io team/tls',
          until: 'Ready',
          because: 'Certificate team/tls writes the Secret tls',
        },
        {
          object: 'Issuer.cert-manager.io team/issuer',
          waitsFor: 'CustomResourceDefinition.apiextensions.k8s.io issuers.cert-manager.io',
          until: 'Established',
          because: 'issuers.cert-manager.io defines the kind Issuer',
        },
        {
          object: 'Certificate.cert-manager.io team/tls',
          waitsFor: 'CustomResourceDefinition.apiextensions.k8s.io certificates.cert-manager.io',
          until: 'Established',
          because: 'certificates.cert-manager.io defines the kind Certificate',
        },
      ],
    });
  });

  test('is the same, byte for byte, in every run', () => {
    const folders = [temporaryFolder(), temporaryFolder()];
    for (const folder of folders) Assembly.of(platform()).write(folder);
    const [first, second] = folders.map(contentOf);
    expect(second).toStrictEqual(first);
    const before = stateOf(folders[0] as string);
    expect(Assembly.of(platform()).write(folders[0] as string)).toStrictEqual({ written: 0, unchanged: 8, removed: 0 });
    expect(stateOf(folders[0] as string)).toStrictEqual(before);
  });

  test('touches nothing when a finding is an error', () => {
    const folder = temporaryFolder();
    Assembly.of(platform()).write(folder);
    const before = stateOf(folder);
    const app = platform();
    wrong(app);
    expect(() => synth(app, { outdir: folder })).toThrow(SynthesisError);
    expect(stateOf(folder)).toStrictEqual(before);
  });

  test('removes what the model has no longer', () => {
    const folder = temporaryFolder();
    Assembly.of(platform()).write(folder);
    const app = platform();
    app.node.tryRemoveChild('team');
    expect(Assembly.of(app).write(folder)).toStrictEqual({ written: 2, unchanged: 4, removed: 2 });
    expect(Object.keys(contentOf(folder)).filter((path) => path.includes('team') || path.includes('wave-2'))).toStrictEqual([]);
  });

  test('of nothing is a plan of nothing', () => {
    const folder = temporaryFolder();
    expect(Assembly.of(new App()).write(folder)).toStrictEqual({ written: 2, unchanged: 0, removed: 0 });
    const plan = { waves: [], diagram: 'plan.svg', components: {}, gates: [] };
    expect(contentOf(folder)['plan.json']).toBe(`${JSON.stringify(plan, null, 2)}\n`);
  });
});

describe('an assembly', () => {
  test('may be of a part of the tree', () => {
    const app = platform();
    const team = app.node.findChild('team');
    expect(Assembly.of(team).components.map(({ name }) => name)).toStrictEqual(['team']);
  });

  test('tells the components with their objects, in the order of the plan', () => {
    const [certificates, team] = Assembly.of(platform()).components;
    expect(certificates?.chart.node.id).toBe('certificates');
    expect([...(team?.files ?? [])].map(([object, file]) => [object.kind, file])).toStrictEqual([
      ['Namespace', 'wave-0/00-namespaces/namespace-team.yaml'],
      ['Deployment', 'wave-2/team/deployment-server.yaml'],
    ]);
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

describe('synth', () => {
  test("writes into the App's own folder, and says so", () => {
    const outdir = temporaryFolder();
    const app = platform();
    Object.defineProperty(app, 'outdir', { value: outdir });
    const lines: string[] = [];
    const assembly = synth(app, { report: (text) => lines.push(...text.split('\n')) });
    expect(assembly.plan.waves).toHaveLength(3);
    expect(contentOf(outdir)).toHaveProperty(['plan.json']);
    expect(lines.slice(0, 4)).toStrictEqual([
      '  certificates 4 objects',
      '  team         2 objects',
      '',
      '2 components, 6 objects, 1 image, 3 waves (3 + 2 + 1), 3 gates',
    ]);
    expect(lines.at(-2)).toMatch(new RegExp(`^${outdir}: 8 written, 0 unchanged, 0 removed, in \\d+ ms$`));
    expect(lines.at(-1)).toContain(`kubectl apply --server-side -R -f ${outdir}/wave-0`);
  });

  test('reports warnings, and the first ten notes', () => {
    const app = new App();
    const chart = new Chart(app, 'team', { namespace: 'team' });
    World.declare(chart, Existing.namespace('team'));
    for (let index = 0; index < 12; index++) {
      const spec = { serviceAccountName: `nobody-${index}`, containers: [{ name: 'c', image: 'i' }] };
      new KubeObject(chart, `p${index}`, core.pods, { metadata: { name: `p${index}` }, spec });
    }
    let report = '';
    const warning = ruled('warning', () => [{ path: 'team', message: 'careful' }]);
    synth(app, { outdir: temporaryFolder(), report: (text) => (report = text), checks: [warning] });
    expect(report).toContain('\nwarning: team: careful (team/rule)\n');
    expect(report.match(/^note: /gm)).toHaveLength(10);
    expect(report).toContain('\nand 2 more notes\n');
  });

  test('reports once what several objects lack', () => {
    const app = new App();
    const chart = new Chart(app, 'team', { namespace: 'team' });
    for (const name of ['a', 'b', 'c']) new KubeObject(chart, name, core.configmaps, { metadata: { name } });
    let report = '';
    synth(app, { outdir: temporaryFolder(), report: (text) => (report = text) });
    expect(report.match(/^note: .*/gm)).toStrictEqual([
      'note: team/a: ConfigMap team/a: metadata.namespace names Namespace team, which nothing in the model provides; add it, or declare it as existing (kubernetes/missing-object) (and 2 more times)',
    ]);
  });

  test('reports an App without objects', () => {
    let report = '';
    synth(new App(), { outdir: temporaryFolder(), report: (text) => (report = text) });
    expect(report).toMatch(
      /^\n0 components, 0 objects, 0 images, 0 waves, 0 gates\n.*: 2 written, 0 unchanged, 0 removed, in \d+ ms$/,
    );
  });

  test('goes to standard output when nobody else wants to know', () => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    synth(new App(), { outdir: temporaryFolder() });
    expect(write).toHaveBeenCalledTimes(1);
    expect(write.mock.calls[0]?.[0]).toMatch(/\n$/);
    write.mockRestore();
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
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'c' }] } } },
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
  expect(() => assembly.plan).toThrow('app: objects wait for each other in a circle');
});
