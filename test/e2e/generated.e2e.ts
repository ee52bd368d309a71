import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { core, Definition, declare, type Manifest, toYaml } from 'cdk8s-kubeflow';
import { accepted } from '../support/arbitraries/draft';
import { WORKLOADS } from '../support/arbitraries/workloads';
import { SPECIMENS } from './custom-kinds';
import { differences } from './differences';
import { Installation } from './installation';
import { byName } from './inventory';
import { type Applied, type ApplyOptions, KubectlError } from './kubectl';
import { count, say, stopwatch } from './say';
import { onOwnControlPlane } from './suites';

/** What is thought up follows from it; another one shows other objects. */
const SEED = Number(process.env.E2E_SEED ?? 20260331);

/** Objects of each sort. */
const EACH = Number(process.env.E2E_EACH ?? 14);

/** The groups that workloads are of. */
const GROUPS = ['jobset.x-k8s.io', 'kubeflow.org', 'serving.kserve.io', 'trainer.kubeflow.org'];

const SAMPLES = WORKLOADS.map((workload) => ({ title: workload.title, drafts: accepted(workload, EACH, SEED) }));
const OBJECTS = SAMPLES.flatMap(({ drafts }) => drafts.flatMap(({ objects }) => objects));

onOwnControlPlane(`workloads that nobody wrote, of seed ${SEED}`, (controlPlane) => {
  let folder: string;
  let definitions: Installation;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-generated-'));
    const app = new App();
    const chart = new Chart(app, 'definitions');
    declare(chart, core.namespaces, { metadata: { name: 'team' } });
    for (const { kind } of SPECIMENS) if (GROUPS.includes(kind.group)) new Definition(chart, kind.definition as string, kind);
    say(`\nworkloads that nobody wrote: E2E_SEED=${SEED} E2E_EACH=${EACH}`);
    definitions = Installation.of(app, controlPlane().kubectl);
    await definitions.install();
    await definitions.healthy();
  });

  afterAll(() => {
    definitions?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Applies objects as one file; what the server has against some of them does not keep the others out. */
  const apply = async (
    objects: readonly Manifest[],
    options: ApplyOptions,
  ): Promise<Applied & { refusals: readonly string[] }> => {
    const file = join(folder, 'objects.yaml');
    writeFileSync(file, objects.map((object) => toYaml(object)).join('---\n'));
    try {
      return { ...(await controlPlane().kubectl.apply(file, options)), refusals: [] };
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      return { ...error.applied, refusals: error.refusals };
    }
  };

  test('there are as many as were asked for, of each sort', () => {
    expect(SAMPLES.map(({ title, drafts }) => [title, drafts.length])).toEqual(WORKLOADS.map(({ title }) => [title, EACH]));
    expect(OBJECTS.length).toBeGreaterThanOrEqual(200);
  });

  test('all of them are accepted, and stored as they were written', async () => {
    const elapsed = stopwatch();
    const { names, refusals } = await apply(OBJECTS, { validate: 'strict' });
    expect(refusals).toEqual([]);
    expect(names).toHaveLength(OBJECTS.length);
    say(`  ${count(names.length, 'object')} of ${WORKLOADS.length} sorts created in ${elapsed()}`);
    const live = byName(await controlPlane().kubectl.getFiles([folder]));
    const written = byName(OBJECTS);
    expect(
      [...written].flatMap(([name, object]) => differences(object, live.get(name)).map((place) => `${name} ${place}`)),
    ).toEqual([]);
  });
});
