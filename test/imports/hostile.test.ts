import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import type { Manifest } from '../../lib/core/manifest';
import type { Schema } from '../../lib/core/schemas/schema';
import { run } from '../../lib/imports/cli';
import { generate } from '../../lib/imports/generate';
import { readPoolModule } from '../../lib/imports/pool-module';
import { catalogueOf, check } from '../../lib/imports/read-definitions';
import { readPool } from '../../lib/imports/read-pool';
import { writeFiles } from '../../lib/imports/write-files';
import { definitionOf, fields, listOf, withSpec } from './fixtures/definitions';
import { removeTemporary, temporary } from './fixtures/temporary';

const { kinds, ...kubernetes } = readPool(join(__dirname, '../../crds-imports/schemas'));
const known = { ...kubernetes, definitions: new Map(), kinds: kinds.filter((kind) => kind.kind === 'ConfigMap') };

/** What might end a text, a comment or a line of a program, or is a word of its language. */
const nasty = fc.oneof(
  fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      'toString',
      'default',
      'class',
      'delete',
      'await',
      'meta',
      'shared',
      'schemas',
      'core',
      '',
      ' ',
    ],
    ...[
      "'",
      '"',
      '`',
      `\${process.exit(1)}`,
      '*/',
      '/*',
      '//',
      '\\',
      "\\'",
      '\n',
      '\r',
      '\u2028',
      '\u2029',
      '\ufeff',
      '\0',
      '\ud800',
    ],
    ...[
      "'; console.log('x'); //",
      '`; throw 1; `',
      '}\nconsole.log(1)\n{',
      '*/ console.log(1) /*',
      '</script>',
      '<!--',
      '-->',
      '#!',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...`'"\`$ {}\\*/\n\u2028;()a`), maxLength: 12 }),
);

const { schema } = fc.letrec<{ schema: Schema; leaf: Schema }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      type: fc.constantFrom('string', 'integer', 'boolean', 'object'),
      description: nasty,
      title: nasty,
      format: nasty,
    }),
    fc.record({
      enum: fc.array(fc.oneof(nasty, fc.double(), fc.boolean(), fc.constant(null), fc.array(nasty), fc.dictionary(nasty, nasty))),
      default: nasty,
      description: nasty,
    }),
    fc.record({ type: nasty }),
  ),
  schema: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    tie('leaf'),
    fc
      .array(fc.tuple(nasty, tie('schema')), { maxLength: 5 })
      .map((entries) => fields(Object.fromEntries(entries), ...entries.slice(0, 2).map(([name]) => name))),
    tie('schema').map(listOf),
    tie('schema').map((values): Schema => ({ type: 'object', additionalProperties: values })),
  ),
}));

const label = fc.constantFrom('a', 'class', 'meta', 'x-y', 'delete', 'schemas', 'namespaced', 'join', 'core', 'a1', 'events');

/** Definitions whose names Kubernetes takes and whose schemas are anything. */
const definitions: fc.Arbitrary<Manifest[]> = fc
  .uniqueArray(
    fc.record({
      group: fc.constantFrom(
        'a.b',
        'a-b.c',
        'a.b-c',
        'a.b.c',
        '1.2',
        'default.x',
        'knative.serving',
        'constructor.io',
        'proto.x',
      ),
      plural: label,
      kind: fc.constantFrom('Record', 'Class', 'Array', 'Object', 'X-y', 'string', 'Function', 'Meta', 'A'),
      version: fc.constantFrom('v1', 'v1beta1', 'constructor', 'x-y', 'class'),
      spec: schema,
    }),
    {
      minLength: 1,
      maxLength: 5,
      comparator: (a, b) => a.group === b.group && (a.plural === b.plural || a.kind === b.kind),
    },
  )
  .map((made) =>
    made.map(({ group, plural, kind, version, spec }) => {
      const definition = definitionOf(group, kind, { [version]: withSpec(spec) });
      (definition.spec as { names: { plural: string } }).names.plural = plural;
      return check({ ...definition, metadata: { name: `${plural}.${group}` } }, 'a test');
    }),
  );

/** Statements of a generated file that are neither imports nor exports of what they declare, and what the parser says of it. */
function otherThanDeclarations(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const problems = (file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  const others = file.statements.filter((statement) => !isDeclaration(statement)).map((statement) => statement.getText());
  return [...problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')), ...others];
}

function isDeclaration(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return true;
  if (ts.isInterfaceDeclaration(statement)) return true;
  return (
    ts.isVariableStatement(statement) && statement.declarationList.declarations.every(({ initializer }) => isData(initializer))
  );
}

/** Whether what a constant is set to calls nothing but the maker of kinds, with texts. */
function isData(value: ts.Expression | undefined): boolean {
  if (!value) return false;
  if (ts.isStringLiteral(value) || ts.isNoSubstitutionTemplateLiteral(value)) return true;
  if (ts.isIdentifier(value)) return ['schemas', '__dirname'].includes(value.text);
  if (ts.isTaggedTemplateExpression(value))
    return value.tag.getText() === 'String.raw' && isData(value.template as ts.Expression);
  if (ts.isObjectLiteralExpression(value))
    return value.properties.every((property) => ts.isPropertyAssignment(property) && isData(property.initializer));
  return (
    ts.isCallExpression(value) &&
    ['kindsOf', 'join', 'namespaced', 'cluster'].includes(value.expression.getText()) &&
    value.arguments.every(isData)
  );
}

afterEach(removeTemporary);

test.each([
  ['module', '.js'],
  ['folder', ''],
] as const)('whatever schemas say, what is generated with a pool in a %s parses and only declares', (pool, extension) => {
  fc.assert(
    fc.property(definitions, (given) => {
      const files = generate(catalogueOf(given), { kinds: 'cdk8s-kubeflow', types: 'cdk8s-kubeflow', pool, extension }, known);
      for (const [name, text] of files) {
        expect(name).toMatch(/^(?:schemas\/)?[a-z0-9.-]+\.(?:ts|json)$/);
        if (name.endsWith('.ts')) expect([name, otherThanDeclarations(name, text)]).toEqual([name, []]);
        else JSON.parse(text);
      }
    }),
    { numRuns: 150 },
  );
});

test('a module gives the pool back that a folder has', () => {
  fc.assert(
    fc.property(definitions, (given) => {
      const made = (pool: 'module' | 'folder') =>
        generate(catalogueOf(given), { kinds: 'k', types: 't', pool, extension: '' }, known);
      const inFolder = [...made('folder')].filter(([name]) => name.endsWith('.json'));
      const inModule = readPoolModule(made('module').get('schemas.ts') ?? '');
      expect(Object.entries(inModule).map(([name, text]) => [`schemas/${name}.json`, JSON.parse(text)])).toEqual(
        inFolder.map(([name, text]) => [name, JSON.parse(text)]),
      );
    }),
    { numRuns: 60 },
  );
});

test('what is declared has no name twice', () => {
  fc.assert(
    fc.property(definitions, (given) => {
      const files = generate(catalogueOf(given), { kinds: 'k', types: 't', pool: 'module', extension: '' }, known);
      for (const [name, text] of files) {
        const names = [
          ...text.matchAll(/^(?:export (?:const|interface|\* as)|import type \* as) (\w+)|^import (?:type )?\{ (\w+) \}/gm),
        ];
        const declared = names.map(([, first, second]) => first ?? second);
        expect([name, declared]).toEqual([name, [...new Set(declared)]]);
      }
    }),
    { numRuns: 60 },
  );
});

const VALID = definitionOf('example.com', 'Widget', { v1: withSpec(fields({})) });
type Spec = { group: unknown; names: Record<string, unknown>; versions: Record<string, unknown>[] };

/** The definition with something else in its spec, named as its spec says. */
function changed(change: (spec: Spec) => void): Manifest {
  const definition = structuredClone(VALID) as unknown as { metadata: { name: string }; spec: Spec };
  change(definition.spec);
  definition.metadata.name = `${definition.spec.names.plural}.${definition.spec.group}`;
  return definition as unknown as Manifest;
}

/** Runs the command over one definition. */
function imported(content: unknown, name = 'hostile.json'): { folder: string; run: () => string } {
  const folder = temporary();
  mkdirSync(join(folder, 'definitions'));
  writeFileSync(join(folder, 'definitions', name), typeof content === 'string' ? content : JSON.stringify(content));
  return { folder, run: () => run(['imports', '--definitions', join(folder, 'definitions'), '--out', join(folder, 'out')]) };
}

describe('names are what Kubernetes takes, or an error that names file, definition, value and rule', () => {
  const CODE = "v1', 'a', 'b'); console.log('x'); //";
  test.each<[place: string, value: unknown, change: (spec: Spec, value: unknown) => void]>([
    ['spec.versions[].name', CODE, (spec, value) => Object.assign(spec.versions[0] ?? {}, { name: value })],
    ['spec.versions[].name', 'V1', (spec, value) => Object.assign(spec.versions[0] ?? {}, { name: value })],
    ['spec.versions[].name', '1v', (spec, value) => Object.assign(spec.versions[0] ?? {}, { name: value })],
    ['spec.group', '../../../../x', (spec, value) => Object.assign(spec, { group: value })],
    ['spec.group', 'nodots', (spec, value) => Object.assign(spec, { group: value })],
    ['spec.group', `${'a'.repeat(250)}.com`, (spec, value) => Object.assign(spec, { group: value })],
    ['spec.names.kind', "W'", (spec, value) => Object.assign(spec.names, { kind: value })],
    ['spec.names.kind', '1W', (spec, value) => Object.assign(spec.names, { kind: value })],
    ['spec.names.kind', ['W'], (spec, value) => Object.assign(spec.names, { kind: value })],
    ['spec.names.plural', '__proto__', (spec, value) => Object.assign(spec.names, { plural: value })],
    ['spec.names.plural', 'a\nb', (spec, value) => Object.assign(spec.names, { plural: value })],
  ])('%s %j', (place, value, change) => {
    const { folder, run } = imported(changed((spec) => change(spec, value)));
    let message = '';
    try {
      run();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(join(folder, 'definitions/hostile.json'));
    expect(message).toContain('CustomResourceDefinition');
    expect(message).toContain(`${place} is ${JSON.stringify(value).slice(0, 90)}`);
    expect(message).toMatch(/must be a (?:DNS|name)/);
    expect(message.split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['definitions']);
  });

  test.each(['A', 'Kind2', 'My-Kind'])('the kind %s is taken', (kind) => {
    expect(imported(changed((spec) => Object.assign(spec.names, { kind }))).run()).toBe(`added    example.com/v1 ${kind}\n`);
  });
});

const YAML = (properties: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.example.com }\nspec:\n  group: example.com\n  names: { kind: Widget, plural: widgets }\n  scope: Namespaced\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema: { openAPIV3Schema: { type: object, properties: ${properties} } }\n`;

/** Lists of nine times the list before. */
const BOMB = `{ a: { enum: [${Array.from(
  { length: 9 },
  (_, n) =>
    `&l${n} [${
      n
        ? Array(9)
            .fill(`*l${n - 1}`)
            .join(', ')
        : 'x'
    }]`,
).join(', ')}] } }`;

const deep = (levels: number): Schema => {
  let inner: Schema = { type: 'string' };
  for (let level = 0; level < levels; level++) inner = fields({ a: inner });
  return inner;
};

test.each<[string, unknown, string, RegExp]>([
  [
    'contains itself',
    YAML('&p { a: { type: object, properties: *p } }'),
    'h.yaml',
    /h\.yaml: .*widgets\.example\.com is deeper than/,
  ],
  ['multiplies by aliases', YAML(BOMB), 'h.yaml', /h\.yaml: Excessive alias count/],
  [
    'is deeper than any other',
    changed((spec) => Object.assign(spec.versions[0] ?? {}, { schema: { openAPIV3Schema: deep(1500) } })),
    'h.json',
    /h\.json: .*deeper than 200 levels/,
  ],
  ['is deeper than a parser takes', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'h.yaml', /h\.yaml: /],
  [
    'is larger than a request',
    changed((spec) =>
      Object.assign(spec.versions[0] ?? {}, {
        schema: { openAPIV3Schema: { type: 'object', description: 'x'.repeat(4_000_000) } },
      }),
    ),
    'h.json',
    /larger than 3 MiB/,
  ],
  [
    'has a value that JSON does not have',
    `%YAML 1.1\n---\n${YAML('{ a: { default: 2001-01-01 } }')}`,
    'h.yaml',
    /has a Date, which is no value of JSON/,
  ],
  [
    'has a pattern that RE2 refuses',
    YAML("{ a: { type: string, pattern: '(?=a)' } }"),
    'h.yaml',
    /a has pattern \(\?=a\), which is no regular expression of RE2: invalid/,
  ],
  ['has one in a combination', YAML("{ a: { anyOf: [{ pattern: '(' }] } }"), 'h.yaml', /no regular expression of RE2/],
  ['has properties that are none', YAML('{ a: { properties: text } }'), 'h.yaml', /a has properties "text", must be an object/],
  ['has a version twice', changed((spec) => spec.versions.push({ ...spec.versions[0] })), 'h.json', /has the version v1 twice/],
])('a definition that %s is an error, and nothing is written', (_, content, name, message) => {
  const { folder, run } = imported(content, name);
  expect(run).toThrow(message);
  expect(readdirSync(folder)).toEqual(['definitions']);
});

test('a field called __proto__ is a field', () => {
  const { folder, run } = imported(YAML('{ spec: { type: object, properties: { __proto__: { type: string } } } }'), 'h.yaml');
  run();
  expect(readFileSync(join(folder, 'out/example.com.ts'), 'utf8')).toContain('  __proto__?: string;\n');
});

describe('files stay in their folder', () => {
  test.each(['../x.ts', 'a/../../x.ts', '..'])('the path %s is refused', (path) => {
    const folder = temporary();
    expect(() => writeFiles(join(folder, 'out'), new Map([[path, '']]))).toThrow(/is outside of .*out/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a link to a folder elsewhere is refused, and what is there stays', () => {
    const folder = temporary();
    mkdirSync(join(folder, 'out'));
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/a.json'), '{\n"group": "a"}');
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'out/schemas'));
    expect(() => writeFiles(join(folder, 'out'), new Map([['schemas/b.json', '']]))).toThrow(/is outside of/);
    writeFiles(join(folder, 'out'), new Map([['a.ts', '']]));
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['a.json']);
  });

  test.each(['a.ts', 'a.ts.new'])('a link %s to a file elsewhere is replaced, not followed', (name) => {
    const folder = temporary();
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'precious'), 'kept');
    symlinkSync(join(folder, 'precious'), join(folder, 'out', name));
    writeFiles(join(folder, 'out'), new Map([['a.ts', 'new']]));
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('kept');
    expect(readFileSync(join(folder, 'out/a.ts'), 'utf8')).toBe('new');
    expect(existsSync(join(folder, 'out/a.ts.new'))).toBe(false);
  });
});
