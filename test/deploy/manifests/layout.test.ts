import { App, Chart } from 'cdk8s';
import { core, rbac } from '../../../crds-imports';
import { Kind, KubeObject } from '../../../lib/core';
import { Manifests } from '../../../lib/deploy/manifests';
import { assembled } from '../../support/app';
import { temporaryFolder } from '../../support/folder';

/** An App with charts of some ids, each with one ConfigMap unless something else is put into it. */
function charts(...ids: string[]): Chart[] {
  const app = new App();
  return ids.map((id) => new Chart(app, id, { namespace: 'team' }));
}

function configMap(chart: Chart, name: string, namespace?: string): void {
  new KubeObject(chart, `${namespace}.${name}`, core.configmaps, { metadata: { name, namespace } });
}

function clusterRole(chart: Chart, name: string): void {
  new KubeObject(chart, name, rbac.clusterroles, { metadata: { name }, rules: [] });
}

/** The files of the objects of everything around a chart. */
function files(chart: Chart): string[] {
  return [...new Manifests(assembled(chart)).files().keys()].filter((file) => file.endsWith('.yaml')).sort();
}

describe('the file of an object', () => {
  test('is named by wave, component, kind and name', () => {
    const [chart] = charts('team') as [Chart];
    configMap(chart, 'settings');
    clusterRole(chart, 'system:reader');
    expect(files(chart)).toStrictEqual(['wave-0/team/clusterrole-system_reader.yaml', 'wave-0/team/configmap-settings.yaml']);
  });

  test("has the namespace in its name where that is not the chart's", () => {
    const [chart] = charts('team') as [Chart];
    configMap(chart, 'settings');
    configMap(chart, 'settings', 'other');
    expect(files(chart)).toStrictEqual(['wave-0/team/configmap-other.settings.yaml', 'wave-0/team/configmap-settings.yaml']);
  });

  test('of a Namespace stands in a folder that sorts before every component', () => {
    const [chart, early] = charts('team', '0-early') as [Chart, Chart];
    new KubeObject(chart, 'ns', core.namespaces, { metadata: { name: 'team' } });
    configMap(early, 'a');
    configMap(chart, 'a', 'other');
    expect(files(chart)).toStrictEqual([
      'wave-0/00-namespaces/namespace-team.yaml',
      'wave-0/_0-early/configmap-a.yaml',
      'wave-0/team/configmap-other.a.yaml',
    ]);
  });

  test('has the API group in its name where kinds of two groups have one name', () => {
    const [chart] = charts('team') as [Chart];
    const other = Kind.unknown('example.com/v1', 'ConfigMap', 'configmaps', 'Namespaced');
    configMap(chart, 'a');
    new KubeObject(chart, 'other', other, {
      metadata: { name: 'a', namespace: 'team' },
      apiVersion: 'example.com/v1',
      kind: 'ConfigMap',
    });
    expect(files(chart)).toStrictEqual(['wave-0/team/configmap-a.yaml', 'wave-0/team/configmap.core-a.yaml']);
  });

  test('is its own, whatever the names', () => {
    const [chart] = charts('team') as [Chart];
    for (const name of ['reader', 'Reader', 'READER', 'rEADER', 'a:b', 'a_b', 'a b', 'a+b']) clusterRole(chart, name);
    configMap(chart, 'x.y');
    configMap(chart, 'y', 'x');
    const names = files(chart);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(10);
    for (const name of names) expect(name).toMatch(/^wave-0\/team\/[a-z0-9._%-]+\.yaml$/);
  });
});

describe('the file of an object with a long name', () => {
  // A ConfigMap may have 253 characters, a ClusterRole any number.
  const long = (end: string) => `${'x'.repeat(253 - end.length)}${end}`;

  test('fits every file system, and is its own', () => {
    const [chart] = charts('team') as [Chart];
    for (const end of ['a', 'b']) configMap(chart, long(end));
    for (const end of ['c', 'C', 'd']) clusterRole(chart, `${'role:'.repeat(48)}${end}`);
    const folder = temporaryFolder();
    expect(new Manifests(assembled(chart)).write(folder)).toMatchObject({ written: 7 });
    expect(new Manifests(assembled(chart)).write(folder)).toMatchObject({ written: 0, unchanged: 7 });
    for (const name of files(chart)) expect(name.split('/').at(-1)?.length).toBeLessThanOrEqual(245);
    expect(new Set(files(chart)).size).toBe(5);
  });

  test('has its whole name up to 240 characters', () => {
    const [chart] = charts('team') as [Chart];
    const name = 'y'.repeat(240 - 'configmap-'.length);
    configMap(chart, name);
    configMap(chart, `${name}y`);
    expect(files(chart)[1]).toBe(`wave-0/team/configmap-${name}.yaml`);
    expect(files(chart)[0]).toMatch(/^wave-0\/team\/configmap-y{213}-[0-9a-f]{16}\.yaml$/);
  });

  test('of a chart with a long id is in a folder that fits', () => {
    const [chart] = charts('z'.repeat(300)) as [Chart];
    configMap(chart, 'a');
    expect(files(chart)).toStrictEqual([expect.stringMatching(/^wave-0\/z{223}-[0-9a-f]{16}\/configmap-a\.yaml$/)]);
  });
});

describe('the folder of a component', () => {
  test('is its own where ids differ in capitals only', () => {
    const all = charts('Team-A', 'team-a', 'TEAM-A', 'x');
    all.push(new Chart(all[3] as Chart, 'Y'), new Chart(all[3] as Chart, 'y'));
    all.forEach((chart, index) => void configMap(chart, `c${index}`, 'team'));
    const folder = temporaryFolder();
    const manifests = new Manifests(assembled(all[0] as Chart));
    const names = manifests.components.map(({ name }) => name);
    expect(new Set(names).size).toBe(all.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9_][a-z0-9._-]*$/);
    expect(manifests.write(folder).written).toBe(all.length + 2);
    expect(new Manifests(assembled(all[0] as Chart)).write(folder).unchanged).toBe(all.length + 2);
  });

  test("has the chart's id", () => {
    const [a, b] = charts('Team A', 'team-b') as [Chart, Chart];
    for (const chart of [a, b]) configMap(chart, chart.node.id.slice(-1).toLowerCase());
    expect(files(a)).toStrictEqual(['wave-0/team-b/configmap-b.yaml', 'wave-0/team_a/configmap-a.yaml']);
  });

  test('has the path where several charts have one id', () => {
    const [outer, lone] = charts('outer', 'lone') as [Chart, Chart];
    const first = new Chart(outer, 'inner', { namespace: 'team' });
    const second = new Chart(lone, 'inner', { namespace: 'team' });
    [outer, lone, first, second].forEach((chart, index) => void configMap(chart, `c${index}`));
    expect(files(outer)).toStrictEqual([
      'wave-0/lone.inner/configmap-c3.yaml',
      'wave-0/lone/configmap-c1.yaml',
      'wave-0/outer.inner/configmap-c2.yaml',
      'wave-0/outer/configmap-c0.yaml',
    ]);
  });

  test('is its own, whatever the ids', () => {
    const all = charts('team', 'Team', 'TEAM', 'a b', 'a:b', 'a.b', 'a', '00-namespaces', '_00-namespaces');
    all.push(new Chart(all[6] as Chart, 'b', { namespace: 'team' }));
    all.forEach((chart, index) => void configMap(chart, `c${index}`));
    const manifests = new Manifests(assembled(all[0] as Chart));
    const folders = manifests.components.map(({ name }) => name);
    expect(new Set(folders).size).toBe(all.length);
    expect(folders.filter((name) => name <= '00-namespaces')).toStrictEqual([]);
    const listed = Object.values(JSON.parse(manifests.files().get('plan.json') as string).components).flat();
    expect(listed).toHaveLength(all.length);
  });
});
