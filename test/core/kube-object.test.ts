import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, type IResolver, JsonPatch, Lazy, type ResolutionContext, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { apps, certManager, core, kubeflow, rbac } from '../../crds-imports';
import { type Body, ConstructError, Definition, Kind, KubeObject, type Manifest } from '../../lib/core';
import { assembled, teamChart, thrown } from '../support/app';
import { temporaryFolder } from '../support/folder';
import { hasReference, referenceObjects } from '../support/reference';
import { SAMPLE_OBJECTS } from './sample-objects';

/** What becomes of an object that somebody wrote. */
function through(object: Manifest): Manifest {
  const { apiVersion, kind, ...body } = object;
  const type = Kind.unknown(apiVersion, kind, `${kind.toLowerCase()}s`, object.metadata.namespace ? 'Namespaced' : 'Cluster');
  return new KubeObject(new Chart(new App(), 'chart'), 'object', type, body as Body<Manifest>).toJson();
}

function expectUntouched(object: Manifest): void {
  const result = through(object);
  expect(result).toStrictEqual(object);
  expect(JSON.stringify(fieldsOf(result))).toBe(JSON.stringify(fieldsOf(object)));
}

/** What stands below the head of an object, in its order. */
function fieldsOf({ apiVersion: _, kind: __, metadata: ___, ...fields }: Manifest): Record<string, unknown> {
  return fields;
}

/** All objects and lists in a value, itself among them. */
function collections(value: unknown): object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(collections)] : [];
}

describe('data passes through untouched', () => {
  test.each(SAMPLE_OBJECTS.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))('%s', (_, object) => {
    expectUntouched(object);
  });

  (hasReference ? test : test.skip)('every object of the upstream distribution', () => {
    const objects = [...referenceObjects().values()].flat();
    expect(objects.length).toBeGreaterThan(1000);
    for (const object of objects) expectUntouched(object);
  });

  test('any JSON data', () => {
    // A key of this name makes another object of a literal.
    const data = fc.json({ maxDepth: 4 }).filter((text) => !text.includes('"__proto__"'));
    const field = fc.string().filter((key) => !['apiVersion', 'kind', 'metadata', '__proto__'].includes(key));
    const anyFields = fc.dictionary(
      field,
      data.map((text) => JSON.parse(text) as unknown),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(anyFields, (fields) => {
        expectUntouched({ apiVersion: 'example.com/v1', kind: 'Any', metadata: { name: 'any', namespace: 'team' }, ...fields });
      }),
    );
  });

  test('members that are undefined are left out', () => {
    const object = new KubeObject(teamChart(), 'object', core.configmaps, {
      metadata: { name: 'c', labels: undefined },
      data: undefined,
      immutable: true,
    });
    expect(object.toJson()).toStrictEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: 'team' },
      immutable: true,
    });
  });

  test('in metadata the name and the namespace come first', () => {
    const { metadata } = through({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { finalizers: ['f'], labels: { b: '2', a: '1' }, namespace: 'n', name: 'p' },
    } as Manifest);
    expect(JSON.stringify(metadata)).toBe('{"name":"p","namespace":"n","labels":{"b":"2","a":"1"},"finalizers":["f"]}');
  });
});

describe('namespaces', () => {
  test("a namespaced kind gets the chart's namespace, unless it names another", () => {
    const chart = teamChart();
    expect(new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' } }).toJson().metadata.namespace).toBe('team');
    const elsewhere = new KubeObject(chart, 'b', core.configmaps, { metadata: { name: 'b', namespace: 'other' } });
    expect(elsewhere.toJson().metadata.namespace).toBe('other');
    expect(elsewhere.namespace).toBe('other');
  });

  test('a namespaced kind without a namespace is refused', () => {
    const chart = new Chart(new App(), 'plain');
    expect(() => new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'settings' } })).toThrow(
      'plain/a: ConfigMap settings has no namespace; give metadata.namespace, or give its chart one',
    );
  });

  test('a cluster-scoped kind with a namespace is refused', () => {
    expect(
      () => new KubeObject(teamChart(), 'a', rbac.clusterroles, { metadata: { name: 'reader', namespace: 'team' }, rules: [] }),
    ).toThrow('team/a: ClusterRole reader has the namespace "team", but the kind is cluster-scoped; leave it out');
  });

  test("a cluster-scoped kind does not get the chart's namespace", () => {
    const role = new KubeObject(teamChart(), 'a', rbac.clusterroles, { metadata: { name: 'reader' }, rules: [] });
    expect(role.toJson().metadata).toStrictEqual({ name: 'reader' });
    expect(role.namespace).toBeUndefined();
  });
});

describe('names', () => {
  test('a name that is not allowed for the kind is refused', () => {
    const error = thrown(() => new KubeObject(teamChart(), 'a', core.services, { metadata: { name: '1st' } }));
    expect(error).toBeInstanceOf(ConstructError);
    expect(error.message).toMatch(/^team\/a: the name "1st" is not a DNS label that begins with a letter/);
  });

  test('a missing name is refused', () => {
    expect(() => new KubeObject(teamChart(), 'a', core.services, { metadata: {} } as Body<core.Service>)).toThrow(
      'the name undefined is not',
    );
    expect(() => new KubeObject(teamChart(), 'a', core.services, {} as Body<core.Service>)).toThrow('the name undefined is not');
  });
});

describe('what is not plain data', () => {
  class Box {
    readonly inside = 1;
  }
  const endless = () => {
    const value: Record<string, unknown> = {};
    return Object.assign(value, { value });
  };
  const refusals: [string, unknown, string][] = [
    ['a Date', { spec: { at: new Date(0) } }, 'spec.at is a Date, which is no plain data and has no resolver in this app'],
    [
      'an instance of a class',
      { spec: { list: [{ box: new Box() }] } },
      'spec.list[0].box is a Box, which is no plain data and has no resolver in this app',
    ],
    ['a Map', { data: new Map() }, 'data is a Map, which is no plain data'],
    ['a function', { spec: { 'a.b/c': () => 1 } }, 'spec["a.b/c"] is a function, which is no data'],
    ['a symbol', { spec: Symbol('s') }, 'spec is a symbol, which is no data'],
    ['a bigint', { spec: 1n }, 'spec is a bigint, which is no data'],
    ['NaN', { spec: { replicas: Number.NaN } }, 'spec.replicas is NaN, which is no data'],
    ['an infinite number', { spec: [-1 / 0] }, 'spec[0] is -Infinity, which is no data'],
    ['a hole in a list', { spec: { args: ['a', undefined] } }, 'spec.args[1] is undefined, which is no data'],
    ['a value inside itself', { spec: endless() }, 'a value contains itself, so it has no end and is no data'],
    ['a Date in the metadata', { metadata: { name: 'any', labels: { at: new Date(0) } } }, 'metadata.labels.at is a Date'],
  ];

  test.each(refusals)('%s is an error that names the field', (_, fields, message) => {
    const type = Kind.unknown('example.com/v1', 'Any', 'anies', 'Namespaced');
    const object = new KubeObject(teamChart(), 'a', type, { metadata: { name: 'any' }, ...(fields as object) } as Body<Manifest>);
    expect(() => object.toJson()).toThrow(`team/a: Any any: ${message}`);
    // A finding has the path already.
    expect(assembled(object).findings).toContainEqual({
      severity: 'error',
      path: 'team/a',
      message: expect.stringContaining(`Any any: ${message}`),
    });
    expect(assembled(object).findings[0]?.message).not.toContain('team/a');
  });
});

describe('late values', () => {
  test('Lazy values are asked when the object is finished', () => {
    let replicas = 1;
    const object = new KubeObject(teamChart(), 'a', apps.deployments, {
      metadata: { name: 'a', labels: { tier: Lazy.any({ produce: () => `tier-${replicas}` }) } },
      spec: Lazy.any({
        produce: () => ({ replicas, list: [Lazy.any({ produce: () => null })], left: Lazy.any({ produce: () => undefined }) }),
      }),
    });
    replicas = 7;
    expect(object.toJson().spec).toStrictEqual({ replicas: 7, list: [null] });
    expect(object.toJson().metadata.labels).toStrictEqual({ tier: 'tier-7' });
  });

  test('objects with a resolve method and the unions of imported classes are resolved', () => {
    class IntOrString {
      constructor(readonly value: number | string) {}
    }
    const body = {
      metadata: { name: 'a' },
      spec: { token: { resolve: () => ({ deep: 1 }) }, union: new IntOrString('25%') },
    } as unknown as Body<apps.Deployment>;
    expect(new KubeObject(teamChart(), 'a', apps.deployments, body).toJson().spec).toStrictEqual({
      token: { deep: 1 },
      union: '25%',
    });
  });

  test("an App's own resolver may replace any value, and learns where it stands", () => {
    class Output {
      constructor(readonly name: string) {}
    }
    const seen: string[] = [];
    const resolver: IResolver = {
      resolve(context: ResolutionContext) {
        if (!(context.value instanceof Output)) return;
        seen.push(context.key.join('.'));
        context.replaceValue({ from: context.value.name });
      },
    };
    const chart = new Chart(new App({ resolvers: [resolver] }), 'team', { namespace: 'team' });
    const type = Kind.unknown('example.com/v1', 'Any', 'anies', 'Namespaced');
    const object = new KubeObject(chart, 'a', type, {
      metadata: { name: 'a' },
      spec: { list: [new Output('x')], nothing: null },
    } as unknown as Body<Manifest>);
    expect(object.toJson().spec).toStrictEqual({ list: [{ from: 'x' }], nothing: null });
    expect(seen).toStrictEqual(['spec.list.0']);
  });

  test("an App's own resolver sees plain values, too", () => {
    const resolver: IResolver = {
      resolve: (context) => (context.value === 'placeholder' ? context.replaceValue('value') : undefined),
    };
    const chart = new Chart(new App({ resolvers: [resolver] }), 'team', { namespace: 'team' });
    const object = new KubeObject(chart, 'a', core.configmaps, {
      metadata: { name: 'a', labels: { l: 'placeholder' } },
      data: { key: 'placeholder' },
    });
    expect(object.toJson()).toMatchObject({ metadata: { labels: { l: 'value' } }, data: { key: 'value' } });
  });
});

describe('what plain cdk8s adds', () => {
  test('labels of the chart, unless the object has its own', () => {
    const chart = teamChart({ labels: { owner: 'ml', tier: 'chart' } });
    const object = new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a', labels: { tier: 'own' } } });
    expect(object.toJson().metadata.labels).toStrictEqual({ tier: 'own', owner: 'ml' });
  });

  test('labels, annotations, finalizers and owners that are added later', () => {
    const object = new KubeObject(teamChart(), 'a', core.configmaps, {
      metadata: { name: 'a', labels: { keep: 'x', change: 'old' }, finalizers: ['first'], annotations: {} },
    });
    object.metadata.addLabel('change', 'new');
    object.metadata.addAnnotation('added', 'y');
    object.metadata.addFinalizers('second');
    object.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' });
    object.metadata.add('custom', { field: 1 });
    expect(object.toJson().metadata).toStrictEqual({
      name: 'a',
      namespace: 'team',
      labels: { keep: 'x', change: 'new' },
      annotations: { added: 'y' },
      finalizers: ['first', 'second'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }],
      custom: { field: 1 },
    });
  });

  test('JSON patches, in their order', () => {
    const object = new KubeObject(teamChart(), 'a', core.configmaps, { metadata: { name: 'a' }, data: { key: 'old' } });
    object.addJsonPatch(JsonPatch.add('/data/brandNew', 'x'), JsonPatch.remove('/data/key'));
    object.addJsonPatch(JsonPatch.replace('/data/brandNew', 'y'));
    expect(object.toJson().data).toStrictEqual({ brandNew: 'y' });
  });

  test('a JSON patch that fails names the construct', () => {
    const object = new KubeObject(teamChart(), 'a', core.configmaps, { metadata: { name: 'a' } });
    object.addJsonPatch(JsonPatch.remove('/data/key'));
    expect(() => object.toJson()).toThrow(/^team\/a: ConfigMap a: .*remove/);
  });
});

describe('identity', () => {
  test('instanceof tells KubeObjects from other API objects, and subclasses from KubeObjects', () => {
    const chart = teamChart();
    const object = new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' } });
    const definition = new Definition(chart, 'd', kubeflow.pytorchjobs);
    const plain = new ApiObject(chart, 'p', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(object).toBeInstanceOf(KubeObject);
    expect(object).toBeInstanceOf(ApiObject);
    expect(object).not.toBeInstanceOf(Definition);
    expect(definition).toBeInstanceOf(KubeObject);
    expect(definition).toBeInstanceOf(Definition);
    expect(plain).not.toBeInstanceOf(KubeObject);
    for (const other of [null, undefined, 'text', {}, chart]) expect(KubeObject.isKubeObject(other)).toBe(false);
  });

  test('it is found as the default child of a construct', () => {
    const construct = new Construct(teamChart(), 'job');
    const object = new KubeObject(construct, 'Resource', core.configmaps, { metadata: { name: 'a' } });
    expect(ApiObject.of(construct)).toBe(object);
    expect(object.name).toBe('a');
  });
});

describe('an unknown kind', () => {
  test('is possible on purpose', () => {
    const type = Kind.unknown('example.com/v1alpha1', 'Policy', 'policies', 'Cluster');
    expect([type.group, type.version, type.apiVersion, type.resource, type.definition]).toStrictEqual([
      'example.com',
      'v1alpha1',
      'example.com/v1alpha1',
      'policies',
      'policies.example.com',
    ]);
    const object = new KubeObject(teamChart(), 'a', type, {
      metadata: { name: 'a' },
      anything: [1, null],
    } as unknown as Body<Manifest>);
    expect(object.toJson()).toStrictEqual({
      apiVersion: 'example.com/v1alpha1',
      kind: 'Policy',
      metadata: { name: 'a' },
      anything: [1, null],
    });
  });

  test('of the core group has a version alone', () => {
    expect(Kind.unknown('v1', 'Odd', 'odds', 'Namespaced')).toMatchObject({ group: '', version: 'v1', apiVersion: 'v1' });
  });
});

describe('a definition', () => {
  test('has what the pool says, and what the component adds', () => {
    const definition = new Definition(teamChart({ labels: { of: 'chart' } }), 'd', certManager.certificates, {
      labels: { added: 'label' },
      annotations: { added: 'annotation' },
      conversion: { strategy: 'None', webhook: Lazy.any({ produce: () => ({ conversionReviewVersions: ['v1'] }) }) },
    }).toJson();
    expect(definition).toMatchObject({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {
        name: 'certificates.cert-manager.io',
        labels: { of: 'chart', added: 'label' },
        annotations: { added: 'annotation' },
      },
      spec: {
        group: 'cert-manager.io',
        scope: 'Namespaced',
        conversion: { strategy: 'None', webhook: { conversionReviewVersions: ['v1'] } },
      },
    });
    expect(definition.metadata.namespace).toBeUndefined();
  });

  test('gives data of its own: nothing in it stands in two places, or in two definitions', () => {
    const chart = teamChart();
    const given = [certManager.issuers, certManager.clusterissuers].map((kind) =>
      new Definition(chart, kind.kind, kind).toJson(),
    );
    const parts = given.flatMap(collections);
    expect(parts.length).toBeGreaterThan(1000);
    expect(new Set(parts).size).toBe(parts.length);
  });

  test('is patched in the one place that a JSON patch names', () => {
    const definition = new Definition(teamChart(), 'd', certManager.issuers);
    const path = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/acme/properties/privateKeySecretRef/type';
    definition.addJsonPatch(JsonPatch.replace(path, 'patched'));
    expect(JSON.stringify(definition.toJson()).split('"patched"')).toHaveLength(2);
  });

  test('of a kind that is not custom is refused', () => {
    expect(() => new Definition(teamChart(), 'd', apps.deployments)).toThrow(
      'team/d: the schema pool has no definition of apps/v1 Deployment',
    );
    expect(() => new Definition(teamChart(), 'd', Kind.unknown('a.b/v1', 'C', 'cs', 'Cluster'))).toThrow(
      'the schema pool has no definition of a.b/v1 C',
    );
  });
});

describe('plain cdk8s', () => {
  function platform(outdir?: string): App {
    const app = new App({ outdir });
    const chart = new Chart(app, 'team', { namespace: 'team', labels: { owner: 'ml' } });
    new Definition(chart, 'd', kubeflow.profiles);
    new KubeObject(chart, 'ns', core.namespaces, { metadata: { name: 'team' } });
    new KubeObject(chart, 'role', rbac.clusterroles, { metadata: { name: 'system:x' }, rules: [] });
    const settings = new KubeObject(chart, 'c', core.configmaps, {
      metadata: { name: 'c', labels: { b: '1', a: '2' } },
      data: { b: 'yes', a: '' },
    });
    settings.addJsonPatch(JsonPatch.add('/data/patched', 'true'));
    return app;
  }
  const byName = (objects: readonly Manifest[]) => new Map(objects.map((object) => [object.metadata.name, object]));

  test('Testing.synth and chart.toJson give the objects of the assembly', () => {
    const app = platform();
    const chart = app.charts[0] as Chart;
    const expected = byName(assembled(app).plan.objects);
    expect(expected.size).toBe(4);
    expect(byName(Testing.synth(chart) as Manifest[])).toStrictEqual(expected);
    expect(byName(chart.toJson() as Manifest[])).toStrictEqual(expected);
  });

  test('app.synth writes the objects of the assembly', () => {
    const folder = temporaryFolder();
    const app = platform(folder);
    app.synth();
    const documents = readdirSync(folder).flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS() as Manifest),
    );
    expect(byName(documents)).toStrictEqual(byName(assembled(app).plan.objects));
  });

  test('API objects that are not ours are part of the assembly, without a namespace where the kind has none', () => {
    const chart = teamChart();
    new ApiObject(chart, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
      rules: [],
    });
    new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } });
    expect(assembled(chart).plan.objects.map(({ metadata }) => metadata)).toStrictEqual([
      { name: 'c', namespace: 'team' },
      { name: 'r' },
    ]);
  });
});
