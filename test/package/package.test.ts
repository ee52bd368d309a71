import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const INSTALLED = join(ROOT, 'node_modules');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** A definition with a default, a pattern, and a field that must not be left out. */
const WIDGETS = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size, colour]
              properties:
                size: { type: integer, minimum: 1 }
                colour: { type: string, default: red, pattern: '^[a-z]+$' }
`;

/** A program with objects of an own kind; the argument is the size of one. */
const own = (extension: string): string => `
import { App, Chart } from 'cdk8s';
import { Definition, KubeObject, synth } from 'cdk8s-kubeflow';
import type { Deployment } from 'cdk8s-kubeflow/pulumi';
import { exampleCom } from './kinds${extension}';

export type Deployed = Deployment;
const app = new App({ outdir: 'own' });
const chart = new Chart(app, 'team', { namespace: 'team' });
new Definition(chart, 'definition', exampleCom.widgets);
new KubeObject(chart, 'widget', exampleCom.widgets, { metadata: { name: 'w' }, spec: { size: Number(process.argv[2]) } });
// @ts-expect-error a required field without a default
export const incomplete: typeof exampleCom.widgets.type = { metadata: { name: 'w' }, spec: {} };
synth(app);
`;

/** The first program of the README, as it stands there. */
const first = /```ts\n(.*?)```/s.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';

const COMMON = { strict: true, target: 'es2022', types: ['node'], outDir: 'out', rootDir: 'src', skipLibCheck: true };

/** Projects as users have them. */
const PROJECTS: Record<string, { type: string; compiler: string; options: object; index: string }> = {
  'CommonJS under moduleResolution node': {
    type: 'commonjs',
    compiler: 'tsc6',
    options: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    index: '',
  },
  'CommonJS under nodenext': { type: 'commonjs', compiler: 'tsc', options: { module: 'nodenext', declaration: true }, index: '' },
  'ES modules under nodenext': {
    type: 'module',
    compiler: 'tsc',
    options: { module: 'nodenext', verbatimModuleSyntax: true, isolatedModules: true, skipLibCheck: false },
    index: '/index.js',
  },
  'ES modules under bundler': {
    type: 'module',
    compiler: 'tsc',
    options: { module: 'esnext', moduleResolution: 'bundler' },
    index: '/index.js',
  },
};

let place: string;
let packed: string[];

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'package-'));
  // What a fresh clone has: no build.
  const clone = join(place, 'clone');
  for (const name of readdirSync(ROOT).filter((entry) => !['node_modules', 'build', 'dist', '.git', 'docs'].includes(entry)))
    cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  symlinkSync(INSTALLED, join(clone, 'node_modules'));
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', place], {
    cwd: clone,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const [{ filename, files }] = JSON.parse(said) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);

  // What npm would install: the package, what it depends on, and the peers that are not optional.
  const modules = join(place, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  execFileSync('tar', ['-xzf', join(place, filename), '-C', modules]);
  cpSync(join(modules, 'package'), join(modules, manifest.name), { recursive: true });
  rmSync(join(modules, 'package'), { recursive: true });
  const optional = Object.keys(manifest.peerDependenciesMeta);
  const peers = Object.keys(manifest.peerDependencies).filter((name) => !optional.includes(name));
  for (const name of [...Object.keys(manifest.dependencies), ...peers, '@types/node', '@pulumi'])
    symlinkSync(join(INSTALLED, name), join(modules, name));
}, 300_000);

afterAll(() => rmSync(place, { recursive: true, force: true }));

test('a fresh clone packs whole: code, types, schemas, and nothing of the tests', () => {
  const targets = JSON.stringify([manifest.exports, manifest.bin, manifest.main, manifest.types]);
  const named = [...targets.matchAll(/"(?:\.\/)?([^"]+\.(?:js|ts|json))"/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(5);
  expect(packed).toEqual(expect.arrayContaining([...named, 'README.md', 'LICENSE', 'CHANGELOG.md']));
  expect(packed).toEqual(expect.arrayContaining(['build/crds-imports/schemas/core.json', 'build/crds-imports/core.d.ts']));
  expect(packed.filter((path) => /^(?:build\/)?(?:test|stacks|examples|lib\/)/.test(path.replace('build/lib/', '')))).toEqual([]);
});

test('every entry has a type for compilers that do not read exports', () => {
  const entries = Object.keys(manifest.exports).filter((entry) => entry.startsWith('./') && entry !== './package.json');
  expect(entries).toContain('./pulumi');
  for (const entry of entries) expect(manifest.typesVersions['*'][entry.slice(2)]).toEqual([manifest.exports[entry].types]);
});

test('the command tells its version', () => {
  const command = join(place, 'node_modules', manifest.name, manifest.bin[manifest.name]);
  expect(execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' })).toBe(`${manifest.version}\n`);
});

describe.each(Object.entries(PROJECTS))('a project of %s', (title, { type, compiler, options, index }) => {
  let project: string;
  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });

  beforeAll(() => {
    project = join(place, title.replaceAll(' ', '-'));
    mkdirSync(join(project, 'src'), { recursive: true });
    mkdirSync(join(project, 'crds'));
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...COMMON, ...options }, include: ['src'] }),
    );
    writeFileSync(join(project, 'crds/widgets.yaml'), WIDGETS);
    writeFileSync(join(project, 'src/first.ts'), first);
    writeFileSync(join(project, 'src/own.ts'), own(index));
    const command = join(place, 'node_modules', manifest.name, manifest.bin[manifest.name]);
    const imported = node(command, 'imports', '--definitions', 'crds', '--out', 'src/kinds');
    expect(imported.stdout + imported.stderr).toBe('added    example.com/v1 Widget\n');
    const compiled = spawnSync(join(INSTALLED, '.bin', compiler), ['-p', project], { encoding: 'utf8' });
    expect(compiled.stdout + compiled.stderr).toBe('');
  }, 120_000);

  // A bundler finds what Node does not; what it makes is its own affair.
  if ('moduleResolution' in options && options.moduleResolution === 'bundler') {
    test('compiles', () => expect(existsSync(join(project, 'out/own.js'))).toBe(true));
    return;
  }

  test('synthesises the first program of the README', () => {
    const { status, stdout, stderr } = node('out/first.js');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('objects');
    expect(existsSync(join(project, 'dist/plan.json'))).toBe(true);
  });

  test('finds the schemas of own kinds in what was compiled', () => {
    const { status, stderr } = node('out/own.js', '3');
    expect([status, stderr]).toEqual([0, '']);
    const written = readdirSync(join(project, 'own'), { recursive: true }) as string[];
    expect(written.filter((name) => name.endsWith('widgets.example.com.yaml'))).toHaveLength(1);
  });

  test('and has objects held against them', () => {
    const { status, stdout, stderr } = node('out/own.js', '0');
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('spec.size is 0, must be at least 1');
  });
});
