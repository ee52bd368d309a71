import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Assembly, core, Definition, declare, KubeObject, type Manifest } from 'cdk8s-kubeflow';
import { FACTS } from '../../lib/kinds';
import type { Environment } from '../../stacks/environments/environment';
import { environments, platform } from '../../stacks/platform';
import { SPECIMENS } from './custom-kinds';
import { Installation } from './installation';
import { KubectlError } from './kubectl';
import { misspell } from './misspell';
import { say } from './say';
import { onOwnControlPlane } from './suites';

const EXAMPLE = '01-first-workloads';

/** The examples of workloads: everything that a team writes, without a platform. */
const WORKLOADS = readdirSync(join(__dirname, '../../examples'))
  .filter((file) => /^(3[0-24]|4\d|5\d)-.*\.ts$/.test(file))
  .map((file) => basename(file, '.ts'));

const TEAM = 'ml-team-a';

test('there is a specimen of every kind that the presets define', () => {
  const app = platform(environments.production as Environment);
  const defined = Assembly.of(app, { facts: FACTS }).model.manifests.filter(({ kind }) => kind === 'CustomResourceDefinition');
  expect(SPECIMENS.map(({ kind }) => kind.definition).sort()).toEqual(defined.map(({ metadata }) => metadata.name).sort());
});

onOwnControlPlane('strict validation', (controlPlane) => {
  const installations: Installation[] = [];
  const installed = async (installation: Installation) => {
    installations.push(installation);
    await installation.install();
    return installation;
  };

  beforeAll(async () => {
    const app = new App();
    const chart = new Chart(app, 'definitions');
    declare(chart, core.namespaces, { metadata: { name: TEAM } });
    for (const { kind } of SPECIMENS) new Definition(chart, kind.definition, kind);
    say('\nstrict validation: definitions');
    const definitions = await installed(Installation.of(app, controlPlane().kubectl));
    await definitions.healthy();
  });

  afterAll(() => {
    for (const installation of installations) installation.dispose();
  });

  /** What the API server has against an object. */
  const refusals = async (object: Manifest) => {
    try {
      await controlPlane().kubectl.applyObjects([object], { validate: 'strict', dryRun: true });
      return [];
    } catch (error) {
      if (error instanceof KubectlError) return error.refusals;
      throw error;
    }
  };

  const specimens = SPECIMENS.map((specimen) => [specimen.kind.definition, specimen] as const);
  test.each(specimens)('%s: server and offline check agree', async (_, { kind, spec, field }) => {
    const chart = new Chart(new App(), 'chart', { namespace: TEAM });
    const object = new KubeObject(chart, 'object', kind, {
      metadata: { name: 'specimen' },
      ...(spec === undefined ? {} : { spec }),
    }).toJson();
    expect(await refusals(object)).toEqual([]);
    expect(errors(object)).toEqual([]);
    if (field === undefined) return;

    const misspelt = misspell(object, field);
    expect(await refusals(misspelt.object)).toEqual([
      expect.stringContaining(`: .${misspelt.path}: field not declared in schema`),
    ]);
    expect(errors(misspelt.object)).toContainEqual(expect.stringContaining(` ${misspelt.path} unknown field`));
  });

  test.each(WORKLOADS)('examples/%s is accepted', async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-example-'));
    try {
      runExample(name, folder);
      await controlPlane().kubectl.apply(join(folder, 'wave-0'), { recursive: true, validate: 'strict', dryRun: true });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test(`the objects of examples/${EXAMPLE} are accepted, and one misspelt field is refused`, async () => {
    say(`\nstrict validation: examples/${EXAMPLE}`);
    const example = await installed(new Installation(controlPlane().kubectl, (folder) => runExample(EXAMPLE, folder)));
    expect(await example.deviations()).toEqual([]);
    const fields = { InferenceService: 'spec.predictor.minReplicas', PyTorchJob: 'spec.pytorchReplicaSpecs.Worker.replicas' };
    const objects = [...example.written.values()];
    expect(objects.map(({ kind }) => kind).sort()).toEqual(Object.keys(fields));
    for (const object of objects) {
      const misspelt = misspell(object as Manifest, fields[object.kind as keyof typeof fields]);
      expect(await refusals(misspelt.object)).toEqual([
        expect.stringContaining(`: .${misspelt.path}: field not declared in schema`),
      ]);
    }
  });
});

/** What the offline check has against an object. */
function errors(object: Manifest): string[] {
  const app = new App();
  new ApiObject(new Chart(app, 'chart'), 'object', object);
  const found = Assembly.of(app, { facts: FACTS }).findings.filter(({ severity }) => severity === 'error');
  return found.map(({ message }) => message);
}

/** Examples are programs: they synthesise themselves. */
function runExample(name: string, folder: string): void {
  const program = join(__dirname, '../../build/examples', `${name}.js`);
  execFileSync(process.execPath, [program], { env: { ...process.env, CDK8S_OUTDIR: folder } });
}
