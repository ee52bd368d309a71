import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { apps, core, rbac } from '../../../crds-imports';
import { Image, Images, KubeObject, Patch, type Selector } from '../../../lib/core';
import { assembled, errors, teamChart } from '../../support/app';
import { configMap, labelled, manifest } from '../../support/manifests';

function declared(
  scope: Construct,
  name: string,
  data: Record<string, string> = {},
  labels?: Record<string, string>,
): KubeObject {
  return new KubeObject(scope, name, core.configmaps, { metadata: { name, labels }, data });
}

describe('a patch is for', () => {
  const object = labelled(configMap('katib-config'), { app: 'katib', tier: 'control' });
  const cluster = manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', 'katib-config', undefined);
  const elsewhere = configMap('katib-config', 'other');
  const selectors: [string, Selector, boolean, boolean, boolean][] = [
    ['everything', {}, true, true, true],
    ['a kind', { kind: core.configmaps }, true, false, true],
    ['another kind', { kind: core.secrets }, false, false, false],
    ['a kind in another version', { kind: Object.assign(Object.create(core.configmaps), { version: 'v2' }) }, true, false, true],
    ['a name', { name: 'katib-config' }, true, true, true],
    ['a part of a name', { name: 'katib' }, false, false, false],
    ['a name that begins so', { name: 'katib-*' }, true, true, true],
    ['a name that ends so', { name: '*-config' }, true, true, true],
    ['a name with something in it', { name: 'k*config' }, true, true, true],
    ['a name of any text', { name: '*' }, true, true, true],
    ['a name with a dot, which means a dot', { name: 'katib.config' }, false, false, false],
    ['a namespace', { namespace: 'team' }, true, false, false],
    ['a label', { labels: { app: 'katib' } }, true, false, false],
    ['two labels', { labels: { app: 'katib', tier: 'control' } }, true, false, false],
    ['labels of which it has one', { labels: { app: 'katib', tier: 'x' } }, false, false, false],
    [
      'all of it together',
      { kind: core.configmaps, name: 'katib-*', namespace: 'team', labels: { app: 'katib' } },
      true,
      false,
      false,
    ],
  ];

  test.each(selectors)('%s', (_, selector, first, second, third) => {
    const patch = Patch.merge({}).to(selector);
    expect([object, cluster, elsewhere].map((it) => patch.selects(it))).toStrictEqual([first, second, third]);
  });
});

describe('patches come last', () => {
  test('after images and the JSON patches of the object, the nearest scope first, in their order there', () => {
    const app = new App();
    const outer = new Construct(app, 'outer');
    const chart = new Chart(outer, 'chart', { namespace: 'team' });
    const object = declared(chart, 'c', { image: 'quay.io/a/b:1', trace: '' });
    Images.settle(app, [Image.of('quay.io/a/b:1')], { registry: 'mirror.example.com' });
    object.addJsonPatch(JsonPatch.test('/data/image', 'mirror.example.com/a/b:1'), JsonPatch.replace('/data/trace', 'object'));
    const tracing = (from: string, to: string) =>
      Patch.json(JsonPatch.test('/data/trace', from), JsonPatch.replace('/data/trace', to));
    tracing('chart 2', 'outer').on(outer);
    tracing('object', 'chart 1').on(chart);
    tracing('chart 1', 'chart 2').on(chart);
    tracing('outer', 'app').on(app);
    expect(object.toJson().data).toStrictEqual({ image: 'mirror.example.com/a/b:1', trace: 'app' });
    expect(errors(assembled(app))).toStrictEqual([]);
  });

  test('and reach what stands at or below their construct only', () => {
    const chart = teamChart();
    const [inside, outside] = [new Construct(chart, 'inside'), new Construct(chart, 'outside')] as const;
    const [a, b] = [declared(inside, 'a'), declared(outside, 'b')] as const;
    Patch.merge({ data: { patched: 'yes' } }).on(inside);
    Patch.strategic({ data: { own: 'yes' } }).on(b);
    expect([a.toJson().data, b.toJson().data]).toStrictEqual([{ patched: 'yes' }, { own: 'yes' }]);
  });

  test('of API objects that are not ours, too, in an assembly', () => {
    const chart = teamChart();
    new ApiObject(chart, 'plain', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plain' } });
    Patch.merge({ data: { patched: 'yes' } }).on(chart);
    expect(assembled(chart).plan.objects[0]).toMatchObject({ data: { patched: 'yes' } });
  });

  test('in plain cdk8s, too', () => {
    const chart = teamChart();
    declared(chart, 'a');
    Patch.merge({ data: { patched: 'yes' } }).on(chart);
    expect(chart.toJson()).toMatchObject([{ data: { patched: 'yes' } }]);
  });
});

describe('a patch that matches nothing', () => {
  test('is an error that says what it is for', () => {
    const chart = teamChart();
    declared(chart, 'a');
    Patch.json(JsonPatch.remove('/data'))
      .to({ kind: apps.deployments, name: 'b*', namespace: 'n', labels: { x: 'y', z: '1' } })
      .on(chart);
    Patch.strategic({}).to({ name: 'b' }).on(chart.node.root);
    expect(errors(assembled(chart))).toStrictEqual([
      ': the strategic merge patch for name b matches none of the 1 objects here',
      'team: the JSON patch for Deployment, name b*, namespace n, labels x=y,z=1 matches none of the 1 objects here',
    ]);
  });

  test('on a construct without objects is for every object', () => {
    const chart = teamChart();
    Patch.merge({}).on(new Construct(chart, 'empty'));
    expect(errors(assembled(chart))).toStrictEqual([
      'team/empty: the merge patch for every object matches none of the 0 objects here',
    ]);
  });

  test('is an error where it matches nothing, though it matches elsewhere', () => {
    const chart = teamChart();
    declared(new Construct(chart, 'full'), 'a');
    const patch = Patch.merge({ data: { x: 'y' } });
    for (const id of ['full', 'empty']) patch.on(chart.node.tryFindChild(id) ?? new Construct(chart, id));
    expect(errors(assembled(chart))).toStrictEqual([
      'team/empty: the merge patch for every object matches none of the 0 objects here',
    ]);
  });

  test('is none that changes what selected it', () => {
    const chart = teamChart();
    declared(chart, 'a', {}, { tier: 'old' });
    Patch.merge({ metadata: { name: 'b', labels: { tier: 'new' } } })
      .to({ name: 'a', labels: { tier: 'old' } })
      .on(chart);
    expect(errors(assembled(chart))).toStrictEqual([]);
    expect(assembled(chart).plan.objects[0]?.metadata).toMatchObject({ name: 'b', labels: { tier: 'new' } });
  });

  test('is none that fails on what it matches', () => {
    const chart = teamChart();
    declared(chart, 'a');
    Patch.json(JsonPatch.remove('/nothing')).on(chart);
    expect(errors(assembled(chart))).toStrictEqual(['team/a: ConfigMap a: JSON patch: remove /nothing: there is no /nothing']);
  });
});

describe('a patch that cannot be', () => {
  test.each([
    ['a JSON patch', Patch.json(JsonPatch.replace('/dta', 1)), 'JSON patch: replace /dta: there is no /dta'],
    [
      'a strategic merge patch',
      Patch.strategic({ data: { $patch: 'remove' } }),
      'strategic merge patch: $patch is "remove", must be one of merge, replace, delete',
    ],
    [
      'a JSON patch of all',
      Patch.json(JsonPatch.replace('', [])),
      'JSON patch: what is left is no object with an apiVersion, a kind and a metadata.name',
    ],
    [
      'a merge patch of the metadata',
      Patch.merge({ metadata: null }),
      'merge patch: what is left is no object with an apiVersion, a kind and a metadata.name',
    ],
    ['a merge patch of the kind', Patch.merge({ kind: 5 }), 'merge patch: what is left is no object'],
  ])('names the construct: %s', (_, patch, message) => {
    const chart = teamChart();
    declared(chart, 'a');
    patch.on(chart);
    expect(errors(assembled(chart))).toStrictEqual([
      expect.stringMatching(new RegExp(`^team/a: ConfigMap a: ${message.replace(/[$.[\]/]/g, '\\$&')}`)),
    ]);
    expect(() => chart.toJson()).toThrow(message);
  });

  test('may be a JSON patch of the object itself', () => {
    const chart = teamChart();
    declared(chart, 'a').addJsonPatch(JsonPatch.remove('/metadata'));
    new ApiObject(chart, 'plain', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'p' } }).addJsonPatch(
      JsonPatch.remove('/kind'),
    );
    expect(errors(assembled(chart))).toStrictEqual([
      'team/a: ConfigMap a: what is left is no object with an apiVersion, a kind and a metadata.name',
      'team/plain: what is left is no object with an apiVersion, a kind and a metadata.name',
    ]);
  });
});

describe('what a patch makes', () => {
  test('is checked like everything else', () => {
    const chart = teamChart();
    declared(chart, 'a');
    declared(chart, 'b');
    new KubeObject(chart, 'role', rbac.clusterroles, { metadata: { name: 'r' }, rules: [] });
    Patch.merge({ dta: { x: 'y' } })
      .to({ name: 'a' })
      .on(chart);
    Patch.merge({ metadata: { name: 'Not_Allowed' } })
      .to({ name: 'b' })
      .on(chart);
    Patch.merge({ rules: [{ verbs: 'get' }] })
      .to({ kind: rbac.clusterroles })
      .on(chart);
    expect(errors(assembled(chart))).toStrictEqual([
      expect.stringMatching(/^team\/b: the name "Not_Allowed" is not a DNS name/),
      'team/a: ConfigMap team/a: dta unknown field "dta"; did you mean "data"?',
      'team/role: ClusterRole r: rules[0].verbs is "get", must be a list',
    ]);
  });

  test('may become the same as another object', () => {
    const chart = teamChart();
    declared(chart, 'a');
    declared(chart, 'b');
    Patch.merge({ metadata: { name: 'b' } })
      .to({ name: 'a' })
      .on(chart);
    expect(errors(assembled(chart))).toStrictEqual([
      'team/b: ConfigMap team/b is declared twice, here and by team/a; give one of them another name',
    ]);
  });
});
