import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { parse } from 'yaml';
import { Assembly, type Manifest, SynthesisError } from '../../../lib/core';
import { Manifests, type PlanFile, synth } from '../../../lib/deploy/manifests';
import { FACTS } from '../../../lib/kinds';
import { contentOf, stateOf, temporaryFolder } from '../../support/folder';
import { addWrong, smallPlatform } from '../../support/small-platform';

function manifests(app: App): Manifests {
  return new Manifests(Assembly.of(app, { facts: FACTS }));
}

describe('a write', () => {
  test('is of one YAML file for each object, and of plan.json', () => {
    const folder = temporaryFolder();
    const app = smallPlatform();
    const result = manifests(app).write(folder);
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
      new Set(Assembly.of(app, { facts: FACTS }).plan.objects.map((object) => JSON.stringify(object))),
    );
  });

  test('says in plan.json what waits for what, until when and why', () => {
    const folder = temporaryFolder();
    synth(smallPlatform(), { outdir: folder, report: () => {} });
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
    for (const folder of folders) manifests(smallPlatform()).write(folder);
    const [first, second] = folders.map(contentOf);
    expect(second).toStrictEqual(first);
    const before = stateOf(folders[0] as string);
    expect(manifests(smallPlatform()).write(folders[0] as string)).toStrictEqual({ written: 0, unchanged: 8, removed: 0 });
    expect(stateOf(folders[0] as string)).toStrictEqual(before);
  });

  test('touches nothing when a finding is an error', () => {
    const folder = temporaryFolder();
    manifests(smallPlatform()).write(folder);
    const before = stateOf(folder);
    const app = smallPlatform();
    addWrong(app);
    expect(() => synth(app, { outdir: folder })).toThrow(SynthesisError);
    expect(stateOf(folder)).toStrictEqual(before);
  });

  test('removes what the model has no longer', () => {
    const folder = temporaryFolder();
    manifests(smallPlatform()).write(folder);
    const app = smallPlatform();
    app.node.tryRemoveChild('team');
    expect(manifests(app).write(folder)).toStrictEqual({ written: 2, unchanged: 4, removed: 2 });
    expect(Object.keys(contentOf(folder)).filter((path) => path.includes('team') || path.includes('wave-2'))).toStrictEqual([]);
  });

  test('of nothing is a plan of nothing', () => {
    const folder = temporaryFolder();
    expect(manifests(new App()).write(folder)).toStrictEqual({ written: 2, unchanged: 0, removed: 0 });
    const plan = { waves: [], diagram: 'plan.svg', components: {}, gates: [] };
    expect(contentOf(folder)['plan.json']).toBe(`${JSON.stringify(plan, null, 2)}\n`);
  });
});

test('tells the components with their objects, in the order of the plan', () => {
  const [certificates, team] = manifests(smallPlatform()).components;
  expect(certificates?.chart.node.id).toBe('certificates');
  expect([...(team?.files ?? [])].map(([object, file]) => [object.kind, file])).toStrictEqual([
    ['Namespace', 'wave-0/00-namespaces/namespace-team.yaml'],
    ['Deployment', 'wave-2/team/deployment-server.yaml'],
  ]);
});
