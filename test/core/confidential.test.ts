import { apps, core } from '../../crds-imports';
import { type Body, Existing, KubeObject, Patch, World } from '../../lib/core';
import { Manifests } from '../../lib/deploy/manifests';
import { assemble, errors, thrown } from '../support/app';

const HIDDEN = 'hunter2-of-a-test';

function secret(body: object, patch?: Patch) {
  return assemble((chart) => {
    World.declare(chart, Existing.namespace('team'));
    new KubeObject(chart, 'secret', core.secrets, { metadata: { name: 'a' }, ...body } as Body<core.Secret>);
    patch?.on(chart);
  });
}

describe('a value that may be a credential', () => {
  test.each<[string, object]>([
    ['no base64', { data: { password: HIDDEN } }],
    ['a list', { data: { password: [HIDDEN] } }],
    ['an object', { stringData: { password: { value: HIDDEN } } }],
    ['in the place of all of them', { stringData: HIDDEN }],
  ])('is told by no message about a Secret: %s', (_, body) => {
    const assembly = secret(body);
    expect(errors(assembly)).toHaveLength(1);
    expect(JSON.stringify(assembly.findings)).not.toContain(HIDDEN);
    expect(thrown(() => assembly.plan).message).not.toContain(HIDDEN);
  });

  test('is told by no message about a patch', () => {
    const assembly = secret({ stringData: { password: HIDDEN } }, Patch.merge({ stringData: { password: 1 } }));
    expect(errors(assembly)).toStrictEqual(['team/secret: Secret team/a: stringData.password must be a string']);
  });

  test('is told neither of an environment variable nor of a field that is called so', () => {
    const assembly = assemble((chart) => {
      const env = [{ name: 'PASSWORD', value: 8316405 }];
      new KubeObject(chart, 'pod', core.pods, {
        metadata: { name: 'a' },
        spec: { containers: [{ name: 'c', image: 'i', env }] },
      } as unknown as Body<core.Pod>);
    });
    expect(errors(assembly).join()).toContain('env[0].value must be a string');
    expect(errors(assembly).join()).not.toContain('8316405');
  });

  test('stands in the files of its Secret and nowhere else', () => {
    const assembly = assemble((chart) => {
      World.declare(chart, Existing.namespace('team'));
      new KubeObject(chart, 'secret', core.secrets, { metadata: { name: 'a' }, stringData: { password: HIDDEN } });
      const labels = { app: 'a' };
      const env = [{ name: 'PASSWORD', value: HIDDEN }];
      new KubeObject(chart, 'server', apps.deployments, {
        metadata: { name: 'server' },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i', env }] } },
        },
      });
    });
    const files = [...new Manifests(assembly).files()].flatMap(([file, content]) => (content.includes(HIDDEN) ? [file] : []));
    expect(files).toStrictEqual(['wave-0/team/secret-a.yaml', 'wave-0/team/deployment-server.yaml']);
  });
});
