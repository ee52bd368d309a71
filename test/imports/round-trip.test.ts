import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Manifest } from '../../lib/core/manifest';
import { Pool } from '../../lib/core/schemas/pool';
import type { Schema } from '../../lib/core/schemas/schema';
import { generate } from '../../lib/imports/generate';
import { catalogueOf } from '../../lib/imports/read-definitions';
import { readPool } from '../../lib/imports/read-pool';
import { definitionOf, withSpec } from './fixtures/definitions';
import { removeTemporary, temporary } from './fixtures/temporary';

const { kinds, ...kubernetes } = readPool(join(__dirname, '../../crds-imports/schemas'));
// One kind of Kubernetes is enough: it brings the types that all objects have.
const known = { ...kubernetes, definitions: new Map(), kinds: kinds.filter((kind) => kind.kind === 'ConfigMap') };
const LIBRARY = { kinds: 'cdk8s-kubeflow', types: 'cdk8s-kubeflow', pool: 'folder', extension: '' } as const;

// Few names, so that equal and similar schemas occur; some that are keywords of a schema, or of JavaScript.
const names = fc.constantFrom(
  'spec',
  'template',
  'items',
  'properties',
  'metadata',
  'selector',
  'rules',
  'x-y',
  '$ref',
  '[]',
  '__proto__',
  'constructor',
  'env',
);

const { schema } = fc.letrec<{ schema: Schema; leaf: Schema }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Schema>(
      { type: 'string' },
      { type: 'integer', format: 'int64' },
      { type: 'boolean', default: false },
      { type: 'object' },
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      { 'x-kubernetes-preserve-unknown-fields': true },
      { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
      { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    ),
    fc.record({
      type: fc.constant('string'),
      enum: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
      description: fc.string(),
    }),
  ),
  schema: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    tie('leaf'),
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 6, noNullPrototype: true }),
        required: fc.uniqueArray(names, { maxLength: 3 }),
        'x-kubernetes-preserve-unknown-fields': fc.boolean(),
      },
      { requiredKeys: ['type', 'properties'] },
    ),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({ type: fc.constant('object'), additionalProperties: tie('schema') }),
  ),
}));

const definitions: fc.Arbitrary<Manifest[]> = fc
  .uniqueArray(
    fc.record({
      group: fc.constantFrom('a.org', 'b.org', 'c.org'),
      kind: fc.constantFrom('Box', 'Cat', 'Dog', 'Record'),
      v1: schema,
      v2: schema,
      unserved: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 5,
      selector: ({ group, kind }) => `${kind}.${group}`,
    },
  )
  .map((made) =>
    made.map(({ group, kind, v1, v2, unserved }) =>
      definitionOf(group, kind, { v1: withSpec(v1), v2: withSpec(v2) }, unserved ? ['v2'] : []),
    ),
  );

/** A pool in a new folder. */
function written(files: ReadonlyMap<string, string>): string {
  const folder = temporary();
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return join(folder, 'schemas');
}

afterEach(removeTemporary);

test('what goes into a pool comes out of it, whatever the schemas', () => {
  fc.assert(
    fc.property(definitions, (given) => {
      const pool = Pool.at(written(generate(catalogueOf(given), LIBRARY, known)));
      for (const definition of given) expect(pool.definition(definition.metadata.name)).toEqual(definition);
    }),
    { numRuns: 100 },
  );
});

test('the same definitions give the same files, in whatever order they and their keys come, and again from the pool', () => {
  fc.assert(
    fc.property(definitions, (given) => {
      const files = generate(catalogueOf(given), LIBRARY, known);
      expect(generate(catalogueOf([...given].reverse().map(reversed) as Manifest[]), LIBRARY, known)).toEqual(files);
      expect(generate(readPool(written(files)), LIBRARY, known)).toEqual(files);
    }),
    { numRuns: 30 },
  );
});

test('every type that generated TypeScript names is declared in it once', () => {
  fc.assert(
    fc.property(definitions, (given) => {
      for (const [path, code] of generate(catalogueOf(given), LIBRARY, known)) {
        if (!path.endsWith('.ts') || path === 'index.ts') continue;
        const declared = [...code.matchAll(/^export interface (\w+)/gm)].map(([, name]) => name);
        expect(new Set(declared).size).toBe(declared.length);
        const plain = code.replace(/'(?:[^'\\]|\\.)*'/g, "''");
        const used = [...plain.matchAll(/: (?:readonly \(*|Record<string, )*([A-Z]\w*)/g)].map(([, name]) => name);
        for (const name of used) expect([...declared, 'Record']).toContain(name);
      }
    }),
    { numRuns: 60 },
  );
});

/** The same content with the keys of schemas the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => [key, reversed(part)]);
  return Object.fromEntries(isSchema(value) ? entries.reverse() : entries);
}

function isSchema(value: object): boolean {
  return 'type' in value && !('group' in value);
}
