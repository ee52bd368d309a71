import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import { core } from '../../crds-imports';
import { KubeObject, type Manifest, Patch } from '../../lib/core';
import { Manifests } from '../../lib/deploy/manifests';
import { assemble, errors } from '../support/app';

/** The ConfigMap of a model as a parser of YAML reads it. */
function written(build: Parameters<typeof assemble>[0]): Manifest {
  const files = new Manifests(assemble(build)).files();
  return parse(files.get('wave-0/team/configmap-a.yaml') as string) as Manifest;
}

describe('half of a character', () => {
  const HALF = '\ud83d';
  const told = (field: string) =>
    expect.stringContaining(`${field} holds half of a character (a lone surrogate), which is no text and cannot be written`);

  test.each([
    ['a value', { data: { a: `x${HALF}y` } }, 'data.a'],
    ['the second half', { data: { a: '\ude00' } }, 'data.a'],
    ['a key', { data: { [HALF]: 'x' } }, 'data'],
    ['an annotation', { metadata: { name: 'a', annotations: { b: HALF } } }, 'metadata.annotations.b'],
  ])('is refused in %s', (_, body, field) => {
    const assembly = assemble((chart) => {
      new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' }, ...body });
    });
    expect(errors(assembly)).toStrictEqual([told(field)]);
  });

  test('is refused in objects of plain cdk8s, and in what patches write', () => {
    const plain = assemble((chart) => {
      new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: HALF } });
    });
    expect(errors(plain)).toStrictEqual([told('data.a')]);
    const patched = assemble((chart) => {
      new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' } });
      Patch.merge({ data: { a: HALF } }).on(chart);
    });
    expect(errors(patched)).toStrictEqual([told('data.a')]);
  });

  test('is no whole character, which is written', () => {
    const data = { a: 'x😀y' };
    expect(written((chart) => void new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' }, data }))).toMatchObject(
      {
        data,
      },
    );
  });
});

describe('a key called __proto__', () => {
  const data = JSON.parse('{"__proto__": "kept", "a": "b"}') as Record<string, string>;

  test('is kept like any other', () => {
    const object = written((chart) => void new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' }, data }));
    expect(Object.entries(object.data as object)).toStrictEqual([
      ['__proto__', 'kept'],
      ['a', 'b'],
    ]);
  });

  test.each([
    ['merge', Patch.merge({ data })],
    ['strategic merge', Patch.strategic({ data })],
  ])('is kept in a %s patch', (_, patch) => {
    const object = written((chart) => {
      new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' }, data: { c: 'd' } });
      patch.on(chart);
    });
    expect(Object.entries(object.data as object).sort()).toStrictEqual([
      ['__proto__', 'kept'],
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
