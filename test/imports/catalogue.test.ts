import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  apps,
  autoscaling,
  type certManager,
  core,
  istioNetworking,
  istioTelemetry,
  kserve,
  kubeflow,
  rbac,
} from '../../crds-imports';
import { generate } from '../../lib/imports/generate';
import { imports } from '../../lib/imports/imports';
import { readPool } from '../../lib/imports/read-pool';

const FOLDER = join(__dirname, '../../crds-imports');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const known = readPool(join(FOLDER, 'schemas'));

test('kinds are values with a type, a group, a version and a scope', () => {
  const job: typeof kubeflow.pytorchjobs.type = {
    metadata: { name: 'train' },
    spec: { pytorchReplicaSpecs: { Worker: { replicas: 2 } } },
  };
  expect(job.spec?.pytorchReplicaSpecs).toBeDefined();
  expect(kubeflow.pytorchjobs).toMatchObject({ apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob', scope: 'Namespaced' });
  expect(core.pods).toMatchObject({ group: '', version: 'v1', kind: 'Pod', plural: 'pods', scope: 'Namespaced' });
  expect(core.namespaces.scope).toBe('Cluster');
  expect(rbac.clusterroles.scope).toBe('Cluster');
  expect(apps.deployments.schemas).toBe(join(FOLDER, 'schemas'));
  expect(kserve.inferenceservices.definition).toBe('inferenceservices.serving.kserve.io');
});

test('the preferred version has the plain name, the others a suffix', () => {
  expect(istioNetworking.virtualservices.version).toBe('v1');
  expect(istioNetworking.virtualservicesV1beta1.version).toBe('v1beta1');
  expect(istioTelemetry.telemetries.version).toBe('v1alpha1'); // what is stored, although v1 is served too
  expect(autoscaling.horizontalpodautoscalers.version).toBe('v2');
  expect(autoscaling.horizontalpodautoscalersV1.version).toBe('v1');
});

test('types of Kubernetes are reused in custom ones', () => {
  expect(textOf('serving.kserve.io.ts')).toContain('affinity?: core.Affinity;');
  expect(textOf('cert-manager.io.ts')).not.toContain('export interface ObjectMeta');
  const certificate: typeof certManager.certificates.type = {
    metadata: { name: 'serving' },
    spec: { secretName: 'serving', issuerRef: { name: 'ca' } },
  };
  expect(certificate.metadata.name).toBe('serving');
});

test('what the kind or the cluster fills in is not authored', () => {
  for (const file of files) {
    const [, body = ''] = /export interface PyTorchJob \{([^}]*)\}/.exec(textOf(file)) ?? [];
    expect(body).not.toMatch(/apiVersion|kind|status/);
  }
});

test('the types stay a few thousand lines', () => {
  const builtIn = new Set(
    known.kinds
      .filter((kind) => kind.definition === undefined)
      .map((kind) => `${kind.group || 'core'}.ts`)
      .concat('meta.ts'),
  );
  const lines = (own: boolean) =>
    files.filter((file) => builtIn.has(file) === own).reduce((sum, file) => sum + textOf(file).split('\n').length, 0);
  expect(lines(false)).toBeLessThan(7500);
  expect(lines(true)).toBeLessThan(3500);
});

test('no interface has a long name, and none is told apart by a number', () => {
  const names = files.flatMap((file) => [...textOf(file).matchAll(/^export interface (\w+)/gm)].map(([, name = '']) => name));
  expect(names.length).toBeGreaterThan(1000);
  expect(names.filter((name) => name.length > 50)).toEqual([]);
  const own = known.kinds.map(({ version }) => version.toUpperCase());
  const numbered = names.filter((name) => /[a-z]\d$/.test(name) && !own.some((version) => name.toUpperCase().endsWith(version)));
  expect(numbered).toEqual(['Oauth2']);
});

test('a file declares an interface once', () => {
  for (const file of files) {
    const names = [...textOf(file).matchAll(/^export (?:interface|const) (\w+)/gm)].map(([, name]) => name);
    expect([file, new Set(names).size]).toEqual([file, names.length]);
  }
});

test('regenerated from its own pool the catalogue is the same, byte for byte', () => {
  for (const [path, text] of generate(known, { kinds: '../lib/core/kind', pool: 'folder', extension: '' })) {
    expect([path, text === textOf(path)]).toEqual([path, true]);
  }
});

const KUBERNETES = process.env.KUBERNETES_OPENAPI ?? '';
const UPSTREAM = join(__dirname, '../../../shared/reference/26.03.1/crds');
const fromSources = existsSync(KUBERNETES) && existsSync(UPSTREAM) ? test : test.skip;
fromSources('made anew from its sources the catalogue is the same, byte for byte', () => {
  const out = mkdtempSync(join(tmpdir(), 'catalogue-'));
  imports({ definitions: UPSTREAM, kubernetes: KUBERNETES, out, library: '../lib/core/kind', pool: 'folder' });
  for (const file of [...files, ...readdirSync(join(FOLDER, 'schemas')).map((name) => `schemas/${name}`)]) {
    expect([file, readFileSync(join(out, file), 'utf8') === textOf(file)]).toEqual([file, true]);
  }
  rmSync(out, { recursive: true });
});
