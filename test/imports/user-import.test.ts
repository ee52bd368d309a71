import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Kind } from '../../lib/core/kind';
import { Pool } from '../../lib/core/schemas/pool';
import { run } from '../../lib/imports/cli';
import { removeTemporary, temporary } from './fixtures/temporary';

const ROOT = join(__dirname, '../..');
const LIBRARY = join(__dirname, 'fixtures/library');

const WIDGETS = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  scope: Namespaced
  versions:
    - name: v1alpha1
      served: true
      storage: false
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          description: A widget, with prose that comes out again.
          type: object
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            spec:
              type: object
              required: [size]
              properties:
                size: { anyOf: [{ type: integer }, { type: string }], x-kubernetes-int-or-string: true }
                mode: { type: string, enum: ['on', 'off'] }
                y: { type: boolean, description: 'a name that YAML 1.1 takes for a boolean' }
                selector: { type: object, properties: &selector { matchLabels: { type: object, additionalProperties: { type: string } } } }
                parts:
                  type: array
                  items: { type: object, required: [name], properties: { name: { type: string }, weight: { type: number }, tags: { type: array, items: { type: string } } } }
                options: { type: object, additionalProperties: { type: string } }
                raw: { type: object, x-kubernetes-preserve-unknown-fields: true }
            status: { type: object, properties: { ready: { type: boolean } } }
`;

const GADGETS = `
apiVersion: v1
kind: ConfigMap
metadata: { name: passed-over }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gadgets.tools.example.com }
spec:
  group: tools.example.com
  names: { kind: Gadget, plural: gadgets }
  scope: Cluster
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { image: { type: string } } } } } }
---
`;

/** A program that uses what was generated. */
const USE = `
import { example, tools } from './kinds';

export const good: typeof example.widgets.type = {
  metadata: { name: 'w', labels: { a: 'b' } },
  spec: { size: '10Gi', mode: 'on', parts: [{ name: 'p', weight: 1.5 }], options: { a: 'b' }, raw: { anything: [1] }, y: true },
};
export const cluster: typeof tools.gadgets.type = { metadata: { name: 'g' }, spec: { image: 'nginx' } };

// @ts-expect-error a required field is missing
export const incomplete: typeof example.widgets.type = { metadata: { name: 'w' }, spec: {} };
// @ts-expect-error no such value
export const wrong: typeof example.widgets.type = { metadata: { name: 'w' }, spec: { size: 1, mode: 'maybe' } };
// @ts-expect-error a misspelt field
export const misspelt: typeof tools.gadgets.type = { metadata: { name: 'g' }, spec: { imgae: 'nginx' } };
// @ts-expect-error the status is not authored
export const status: typeof example.widgets.type = { metadata: { name: 'w' }, spec: { size: 1 }, status: { ready: true } };
`;

let folder: string;
beforeEach(() => {
  folder = temporary();
  mkdirSync(join(folder, 'definitions/more'), { recursive: true });
  writeFileSync(join(folder, 'definitions/widgets.yaml'), WIDGETS);
  writeFileSync(join(folder, 'definitions/more/gadgets.yml'), GADGETS);
});
afterEach(removeTemporary);

const definitions = () => join(folder, 'definitions');
const out = () => join(folder, 'kinds');
const imported = (...more: string[]): string => run(['imports', '--definitions', definitions(), '--out', out(), ...more]);

test('kinds of a user are generated next to a pool of their own', () => {
  expect(imported()).toBe(
    'added    example.com/v1 Widget\nadded    example.com/v1alpha1 Widget\nadded    tools.example.com/v1 Gadget\n',
  );
  expect(readdirSync(out()).sort()).toEqual(['example.com.ts', 'index.ts', 'schemas.ts', 'tools.example.com.ts']);
  const file = readFileSync(join(out(), 'example.com.ts'), 'utf8');
  expect(file).toContain(
    "import { kindsOf } from 'cdk8s-kubeflow';\nimport type { meta } from 'cdk8s-kubeflow';\nimport { schemas } from './schemas';\n",
  );
  expect(file).toContain('metadata: meta.ObjectMeta;');
  expect(file).toContain("mode?: 'on' | 'off';");
});

test('the kinds work: as values, and with the definitions and schemas of their pool', () => {
  imported('--library', LIBRARY);
  const { widgets, widgetsV1alpha1 } = require(join(out(), 'example.com.ts')) as Record<string, Kind>;
  const { gadgets } = require(join(out(), 'tools.example.com.ts')) as Record<string, Kind>;
  expect(widgets).toMatchObject({
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    scope: 'Namespaced',
  });
  expect(widgetsV1alpha1?.apiVersion).toBe('example.com/v1alpha1');
  expect(gadgets?.scope).toBe('Cluster');
  const pool = Pool.at(widgets?.schemas ?? '');
  expect(pool.definition(widgets?.definition ?? '')).toEqual(parse(WIDGETS));
  const schema = pool.resolve(pool.kind('example.com/v1', 'Widget')?.schema ?? {});
  expect(Object.keys(schema.properties?.spec?.properties ?? {})).toContain('y');
});

test('the types compile, and refuse what the definitions refuse', () => {
  imported('--library', LIBRARY);
  const index = readFileSync(join(out(), 'index.ts'), 'utf8')
    .replace('exampleCom', 'example')
    .replace('toolsExampleCom', 'tools');
  writeFileSync(join(out(), 'index.ts'), index);
  writeFileSync(join(folder, 'use.ts'), USE);
  const flags = '--ignoreConfig --noEmit --strict --noUnusedLocals --skipLibCheck --module nodenext --target es2022 --types node';
  const types = ['--typeRoots', join(ROOT, 'node_modules/@types')];
  const compile = () =>
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), [...flags.split(' '), ...types, join(folder, 'use.ts')], {
      encoding: 'utf8',
    });
  expect(compile()).toBe('');
}, 60_000);

test('a second run tells what changed, and removes what is no longer generated', () => {
  imported();
  writeFileSync(join(out(), 'notes.ts'), 'export {};');
  expect(imported()).toBe('no kind changed\n');
  writeFileSync(
    join(definitions(), 'widgets.yaml'),
    WIDGETS.replace('y: { type: boolean', 'z: { type: boolean')
      .replace('required: [size]', 'required: []')
      .replace('singular: widget', 'singular: wid'),
  );
  writeFileSync(join(definitions(), 'more/gadgets.yml'), '');
  expect(imported()).toBe(
    'changed  example.com/v1 Widget: ~definition, ~spec, -spec.y, +spec.z\nremoved  tools.example.com/v1 Gadget\n',
  );
  expect(readdirSync(out()).sort()).toEqual(['example.com.ts', 'index.ts', 'notes.ts', 'schemas.ts']);
});

test('without definitions the files are made anew from the pool', () => {
  imported();
  const before = readFileSync(join(out(), 'example.com.ts'), 'utf8');
  writeFileSync(join(out(), 'example.com.ts'), '');
  expect(run(['imports', '--out', out()])).toBe('no kind changed\n');
  expect(readFileSync(join(out(), 'example.com.ts'), 'utf8')).toBe(before);
});

test.each<[string, string, RegExp]>([
  ['is no YAML', 'a: [', /broken\.yaml: .*/],
  [
    'is of an old version',
    WIDGETS.replace('extensions.k8s.io/v1', 'extensions.k8s.io/v1beta1'),
    /broken\.yaml: CustomResourceDefinition widgets\.example\.com has apiVersion ".*v1beta1"; only/,
  ],
  ['has a wrong name', WIDGETS.replace('name: widgets.', 'name: widget.'), /must be named widgets\.example\.com/],
  ['has a wrong scope', WIDGETS.replace('Namespaced', 'namespaced'), /has scope "namespaced"; it is Namespaced or Cluster/],
  ['serves nothing', WIDGETS.replaceAll('served: true', 'served: false'), /has no served version/],
  [
    'has a part that is no schema',
    WIDGETS.replace('y: { type: boolean', 'y: true\n                x: { type: boolean'),
    /has a schema of v1 in which spec\.y is true, not a schema/,
  ],
  ['has a reference', WIDGETS.replace('y: { type: boolean', 'y: { $ref: other'), /spec\.y is a \$ref/],
  ['is there twice', WIDGETS, /widgets\.yaml: widgets\.example\.com is already defined by .*broken\.yaml/],
])('a definition that %s is an error that names the file, and nothing is written', (_, text, message) => {
  writeFileSync(join(definitions(), 'broken.yaml'), text);
  expect(() => imported()).toThrow(message);
  expect(readdirSync(folder)).toEqual(['definitions']);
});

test('other mistakes are told too', () => {
  expect(() => run(['imports', '--definitions', join(folder, 'nowhere'), '--out', out()])).toThrow(/nowhere: no such folder/);
  expect(() => run(['imports', '--out', out()])).toThrow(/nothing to generate/);
  writeFileSync(join(folder, 'empty.yaml'), '');
  mkdirSync(join(folder, 'none'));
  expect(() => run(['imports', '--definitions', join(folder, 'none'), '--out', out()])).toThrow(
    /none: no CustomResourceDefinition/,
  );
  expect(() => run(['imports', '--kubernetes', join(folder, 'none'), '--out', out()])).toThrow(/none: no OpenAPI v3 document/);
  expect(() => run(['exports'])).toThrow('unknown command exports');
  expect(() => run(['imports', '--nonsense'])).toThrow('--nonsense');
  expect(run(['--help'])).toContain('--definitions <folder>');
});
