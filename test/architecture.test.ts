import { Schemas } from '../lib/core';
import { type Import, imports, sources } from './support/source';

const IMPORTS = sources('lib').flatMap(imports);

/** The folders of the library; each may import from those above it. Those in one line stand side by side. */
const LAYERS = [
  ['core'],
  ['release', 'imports'],
  ['kinds'],
  ['contracts'],
  ['blocks', 'checks'],
  ['foundation'],
  ['components'],
  ['platform'],
  ['tenants'],
  ['workloads'],
  ['deploy'],
  ['cli'],
];

/** The folder of lib that a file stands in; undefined for lib/index.ts and for files elsewhere. */
function folderOf(file: string): string | undefined {
  return /^lib\/([^/]+)\//.exec(file)?.[1];
}

/** A component, a part of the foundation, or a way out: `components/katib`. */
function productOf(file: string): string | undefined {
  return /^lib\/((components|foundation|deploy)\/[^/]+)\//.exec(file)?.[1];
}

function layerOf(folder: string): number {
  return LAYERS.findIndex((layer) => layer.includes(folder));
}

/** The imports that break a rule, as text. */
function breaking(rule: (it: Import) => boolean): string[] {
  return IMPORTS.filter(rule).map(({ from, to }) => `${from} imports ${to}`);
}

test('every folder of the library has its place', () => {
  const folders = new Set(sources('lib').flatMap((file) => folderOf(file) ?? []));
  expect([...folders].filter((folder) => layerOf(folder) < 0)).toStrictEqual([]);
  expect(IMPORTS.length).toBeGreaterThan(300);
});

test('a folder imports only from those above it', () => {
  const isUpwards = ({ from, to }: Import) => {
    const [own, other] = [folderOf(from), folderOf(to)];
    return own !== undefined && other !== undefined && own !== other && layerOf(other) >= layerOf(own);
  };
  expect(breaking(isUpwards)).toStrictEqual([]);
});

test('nothing imports what users import', () => {
  expect(breaking(({ to }) => to === 'lib/index.ts' || to === 'cdk8s-kubeflow')).toStrictEqual([]);
});

test('a component never imports another one, nor a way out another one', () => {
  const isSideways = ({ from, to }: Import) => {
    const [own, other] = [productOf(from), productOf(to)];
    return own !== undefined && other !== undefined && own !== other && folderOf(from) === folderOf(to);
  };
  expect(breaking(isSideways)).toStrictEqual([]);
});

test("the kernel knows of no kinds but Kubernetes' own", () => {
  const isCustom = ({ from, to }: Import) => {
    const group = /^crds-imports\/(.+)\.ts$/.exec(to)?.[1];
    if (!from.startsWith('lib/core/') || group === undefined) return false;
    return group === 'index' || Schemas.shipped.kinds(group).some(({ definition }) => definition !== undefined);
  };
  expect(breaking(isCustom)).toStrictEqual([]);
  expect(isCustom({ from: 'lib/core/any.ts', to: 'crds-imports/cert-manager.io.ts', values: [] })).toBe(true);
});

test('the generated catalogue imports nothing of the library but what a kind is', () => {
  const generated = sources('crds-imports').flatMap(imports);
  expect(new Set(generated.map(({ to }) => to).filter((to) => to.startsWith('lib/')))).toStrictEqual(
    new Set(['lib/core/kind.ts']),
  );
});

test('only the kernel touches the classes of cdk8s', () => {
  // Quantities are words of the public vocabulary, like the types; a deployment takes an App.
  const vocabulary = new Set(['Size', 'Duration', 'Cpu']);
  const touches = ({ from, to, values }: Import) =>
    /^cdk8s(-plus-\d+)?$/.test(to) && !/^lib\/(core|deploy)\//.test(from) && values.some((name) => !vocabulary.has(name));
  expect(breaking(touches)).toStrictEqual([]);
});

test('lib/index.ts never reaches Pulumi', () => {
  const reached = new Set(['lib/index.ts']);
  for (const file of reached) for (const { from, to } of IMPORTS) if (from === file) reached.add(to);
  const ways = new Set([...reached].flatMap((file) => (folderOf(file) === 'deploy' ? (productOf(file) ?? []) : [])));
  expect([...ways]).toStrictEqual(['deploy/manifests']);
  expect([...reached].filter((file) => file.startsWith('@pulumi/'))).toStrictEqual([]);
  expect(reached.has('lib/deploy/manifests/output/output.ts')).toBe(true);
  expect(breaking(({ from, to }) => to.startsWith('@pulumi/') && !from.startsWith('lib/deploy/pulumi/'))).toStrictEqual([]);
});

test('the kernel knows nothing of the packages that only some users have', () => {
  const packages = new Set(IMPORTS.filter(({ from }) => from.startsWith('lib/core/')).map(({ to }) => to));
  const own = [...packages].filter((name) => !/^(lib|crds-imports)\//.test(name) && !name.startsWith('node:'));
  expect(own.sort()).toStrictEqual(['cdk8s', 'constructs']);
});

test('the kernel knows no files but those of schemas', () => {
  const touches = ({ from, to }: Import) => from.startsWith('lib/core/') && to === 'node:fs';
  expect(new Set(IMPORTS.filter(touches).map(({ from }) => from))).toStrictEqual(new Set(['lib/core/schemas/pool.ts']));
});
