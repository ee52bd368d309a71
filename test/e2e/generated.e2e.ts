import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { core, Definition, declare, istioSecurity, type Manifest, toYaml } from 'cdk8s-kubeflow';
import * as fc from 'fast-check';
import { checkAgainst } from '../../lib/core/schemas/check';
import { Schemas } from '../../lib/core/schemas/schemas';
import { accepted } from '../support/arbitraries/draft';
import { WORKLOADS } from '../support/arbitraries/workloads';
import { type Breakage, breakages } from './breakage';
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
    // What an exposed server adds.
    new Definition(chart, 'policies', istioSecurity.authorizationpolicies);
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

  test('each of them, broken in one field, is refused by the server and by the offline check, or by neither', async () => {
    const broken = OBJECTS.map((object, index) => renamed(pick(object, index), `broken-${index}`));
    const offline = broken.filter(({ object }) => !isWhatItsSchemaSays(object)).map(({ what }) => what);
    const { names, refusals } = await apply(
      broken.map(({ object }) => object),
      { validate: 'strict', dryRun: true },
    );
    const taken = new Set(names.map((name) => name.split('/')[1]));
    const online = broken.filter(({ object }) => !taken.has(object.metadata.name)).map(({ what }) => what);
    expect({ online, refusals }).toEqual({ online: offline, refusals: expect.anything() });
    expect(offline.length).toBeGreaterThan(OBJECTS.length / 3);
    expect(offline.length).toBeLessThan(OBJECTS.length);
    say(`  ${offline.length} of ${broken.length} broken ones refused by both, the others by neither`);
  });
});

/** One way to break an object. */
function pick(object: Manifest, index: number): Breakage {
  return fc.sample(breakages(object), { seed: SEED + index, numRuns: 1 })[0] as Breakage;
}

/** Under a name of its own, so that it is known what became of it. */
function renamed({ object, what }: Breakage, name: string): Breakage {
  const said = `${object.kind} ${object.metadata.name}: ${what}`;
  return { object: { ...object, metadata: { ...object.metadata, name } }, what: said };
}

function isWhatItsSchemaSays(object: Manifest): boolean {
  const known = Schemas.shipped.find(object.apiVersion, object.kind);
  if (!known) throw new Error(`nothing is known of ${object.kind}`);
  return checkAgainst(known.schema, object, known.source).violations.length === 0;
}
