import { App, Chart } from 'cdk8s';
import { core } from '../../../crds-imports';
import { Existing, KubeObject, World } from '../../../lib/core';
import { synth } from '../../../lib/deploy/manifests';
import { ruled } from '../../support/app';
import { contentOf, temporaryFolder } from '../../support/folder';
import { smallPlatform } from '../../support/small-platform';

describe('synth', () => {
  test("writes into the App's own folder, and says so", () => {
    const outdir = temporaryFolder();
    const app = smallPlatform();
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
