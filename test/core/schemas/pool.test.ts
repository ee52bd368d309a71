import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool, type PoolFile } from '../../../lib/core/schemas/pool';

const folder = mkdtempSync(join(tmpdir(), 'pool-'));
const shared = { type: 'object', properties: { size: { type: 'integer' } } };
const example: PoolFile = {
  group: 'example.org',
  kinds: {
    'v1/Box': { plural: 'boxes', scope: 'Namespaced', schema: { $ref: 'example.org#Box' }, definition: 'boxes.example.org' },
    'v1alpha1/Box': {
      plural: 'boxes',
      scope: 'Namespaced',
      served: false,
      schema: { $ref: 'shared#Spec' },
      definition: 'boxes.example.org',
    },
  },
  definitions: {
    'boxes.example.org': {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'boxes.example.org' },
      spec: {
        group: 'example.org',
        versions: [
          { name: 'v1', schema: { openAPIV3Schema: { $ref: 'example.org#Box' } } },
          { name: 'v1alpha1', schema: { openAPIV3Schema: { $ref: 'shared#Spec' } } },
          { name: 'v0' },
        ],
      },
    },
  },
  schemas: {
    Box: {
      type: 'object',
      properties: { spec: { $ref: 'shared#Spec' }, parts: { type: 'array', items: { $ref: 'shared#Spec' } } },
    },
  },
};

beforeAll(() => {
  writeFileSync(join(folder, 'example.org.json'), JSON.stringify(example));
  writeFileSync(
    join(folder, 'shared.json'),
    JSON.stringify({ group: 'shared', kinds: {}, definitions: {}, schemas: { Spec: shared } }),
  );
  writeFileSync(join(folder, 'broken.org.json'), '{');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder is one pool, however it is written', () => {
  expect(Pool.at(folder)).toBe(Pool.at(`${folder}/./`));
});

test('a kind is found by its apiVersion, also at a version that is not served', () => {
  const pool = Pool.at(folder);
  expect(pool.kind('example.org/v1', 'Box')).toMatchObject({ plural: 'boxes', scope: 'Namespaced', served: true });
  expect(pool.kind('example.org/v1alpha1', 'Box')).toMatchObject({ served: false });
  expect(pool.kind('example.org/v2', 'Box')).toBeUndefined();
  expect(pool.kind('nobody.org/v1', 'Box')).toBeUndefined();
  expect(pool.kinds('example.org').map(({ version, kind, served }) => [version, kind, served])).toEqual([
    ['v1', 'Box', true],
    ['v1alpha1', 'Box', false],
  ]);
  expect(pool.kinds('nobody.org')).toEqual([]);
});

test('only the files that are asked for are read', () => {
  expect(Pool.at(folder).kind('example.org/v1', 'Box')).toBeDefined();
  expect(() => Pool.at(folder).kind('broken.org/v1', 'Box')).toThrow(SyntaxError);
});

test('a reference is followed, also into another file; any other schema stands for itself', () => {
  const pool = Pool.at(folder);
  expect(pool.resolve({ $ref: 'shared#Spec' })).toEqual(shared);
  expect(pool.resolve(pool.resolve({ $ref: 'example.org#Box' }).properties?.spec ?? {})).toEqual(shared);
  const inline = { type: 'string' };
  expect(pool.resolve(inline)).toBe(inline);
});

test('a reference to nothing is an error that names it and the folder', () => {
  expect(() => Pool.at(folder).resolve({ $ref: 'shared#Nothing' })).toThrow(`${folder} has no schema shared#Nothing`);
  expect(() => Pool.at(folder).resolve({ $ref: 'nowhere#Spec' })).toThrow('nowhere#Spec');
});

test('a definition is emitted whole, and what occurs in several places is one object', () => {
  const definition = Pool.at(folder).definition('boxes.example.org');
  const box = { type: 'object', properties: { spec: shared, parts: { type: 'array', items: shared } } };
  const versions = [
    { name: 'v1', schema: { openAPIV3Schema: box } },
    { name: 'v1alpha1', schema: { openAPIV3Schema: shared } },
    { name: 'v0' },
  ];
  expect(definition?.spec).toEqual({ group: 'example.org', versions });
  const [first, second] = (definition?.spec as { versions: { schema: { openAPIV3Schema: typeof box } }[] }).versions;
  expect(first?.schema.openAPIV3Schema.properties.spec).toBe(second?.schema.openAPIV3Schema);
  expect(Pool.at(folder).definition('balls.example.org')).toBeUndefined();
  expect(Pool.at(folder).definition('boxes.nobody.org')).toBeUndefined();
});
