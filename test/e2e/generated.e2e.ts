import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { core, Definition, declare, istioSecurity, type Manifest, toYaml } from 'cdk8s-kubeflow';
import * as fc from 'fast-check';
import { podSpecs } from '../../lib/core';
import { checkAgainst } from '../../lib/core/schemas/check';
import { Schemas } from '../../lib/core/schemas/schemas';
import { accepted } from '../support/arbitraries/draft';
import { trialOf } from '../support/arbitraries/tuning/made-trial';
import { WORKLOADS } from '../support/arbitraries/workloads';
import { type Breakage, breakages } from './breakage';
import { CEL_CASES, NO_CASE } from './cel-cases';
import { celRules } from './cel-rules';
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

/** What is Istio's, and what the Gateway API's, in workloads. */
const ISTIO = 'AuthorizationPolicy';
const GATEWAY_API = 'spec.router.';

const SAMPLES = WORKLOADS.map((workload) => ({ title: workload.title, drafts: accepted(workload, EACH, SEED) }));
const OBJECTS = SAMPLES.flatMap(({ drafts }) => drafts.flatMap(({ objects }) => objects));

/** The rules in the definitions of their kinds. */
const CEL = [...new Map(OBJECTS.map((object) => [`${object.apiVersion} ${object.kind}`, object])).values()].flatMap(celRules);

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

  test('a trial of each experiment is accepted, as Katib would make it', async () => {
    const trials = OBJECTS.filter(({ kind }) => kind === 'Experiment').flatMap((object) => trialOf(object) ?? []);
    const { names, refusals } = await apply(trials, { validate: 'strict', dryRun: true });
    expect(refusals).toEqual([]);
    expect(names).toHaveLength(trials.length);
    expect(trials.length).toBeGreaterThan(EACH / 2);
    say(`  ${count(trials.length, 'trial')} accepted, of the kinds ${[...new Set(trials.map(({ kind }) => kind))].join(', ')}`);
  });

  test('the pods of training jobs are accepted, as their operator would make them', async () => {
    const pods = OBJECTS.filter(({ apiVersion }) => apiVersion === 'kubeflow.org/v1').flatMap(podsOf);
    const { names, refusals } = await apply(pods, { validate: 'strict', dryRun: true });
    expect(refusals).toEqual([]);
    expect(names).toHaveLength(pods.length);
    expect(pods.length).toBeGreaterThan(6 * EACH);
    say(`  ${count(pods.length, 'pod')} of training jobs accepted`);
  });

  test('each of them, broken in one field, is refused by the server and by the offline check, or by neither', async () => {
    const broken = OBJECTS.map((object, index) => renamed(pick(object, index), `broken-${index}`));
    const { refusals } = await apply(
      broken.map(({ object }) => object),
      { validate: 'strict', dryRun: true },
    );
    const verdicts = broken.map(({ object, what }, index) => {
      const said = refusals.find((refusal) => new RegExp(`broken-${index}(?!\\d)`).test(refusal));
      return { what, said, online: said !== undefined && !isServersOwn(said), offline: !isWhatItsSchemaSays(object) };
    });
    expect(verdicts.filter(({ online, offline }) => online !== offline)).toEqual([]);
    const counted = verdicts.filter(({ offline }) => offline).length;
    expect(counted).toBeGreaterThan(OBJECTS.length / 3);
    expect(counted).toBeLessThan(OBJECTS.length);
    const further = verdicts.filter(({ said, offline }) => said !== undefined && !offline).length;
    say(`  ${counted} of ${broken.length} broken ones refused by both, ${further} by rules that only the server has`);
  });

  test('there is a breach of every CEL rule of Kubeflow’s own', () => {
    const told = [...CEL_CASES.map(({ message }) => message), ...Object.keys(NO_CASE)];
    const own = CEL.filter(({ kind, path }) => kind !== ISTIO && !path.startsWith(GATEWAY_API));
    const without = own.filter(({ message }) => !told.some((one) => message.startsWith(one)));
    expect(without).toEqual([]);
    expect(CEL_CASES.filter(({ message }) => !CEL.some((rule) => rule.message.startsWith(message)))).toEqual([]);
  });

  test('a breach of a CEL rule is refused by the server, and by the library where it knows of it', async () => {
    const before = CEL_CASES.flatMap((breach) => breach.before ?? []);
    expect((await apply(before, { validate: 'strict' })).refusals).toEqual([]);
    const { names, refusals } = await apply(
      CEL_CASES.map(({ object }) => object),
      { validate: 'strict', dryRun: true },
    );
    expect(names).toEqual([]);
    const silent = CEL_CASES.filter(
      ({ message, object }) => !refusals.some((said) => said.includes(`"${object.metadata.name}"`) && said.includes(message)),
    );
    expect(silent).toEqual([]);
    const unaware = CEL_CASES.filter(({ ours }) => !ours?.words.includes(ours.rule));
    expect(unaware.map(({ message }) => message)).toEqual(LEFT_TO_THE_SERVER);
  });
});

/** A pod of each template, without what it needs in the cluster: accounts and classes. */
function podsOf(object: Manifest, index: number): Manifest[] {
  return podSpecs(object).map(({ spec, labels }, pod) => {
    const { serviceAccountName: _, priorityClassName: __, runtimeClassName: ___, ...rest } = spec;
    const metadata = { name: `pod-${index}-${pod}`, namespace: object.metadata.namespace as string, labels };
    return { apiVersion: 'v1', kind: 'Pod', metadata, spec: rest };
  });
}

/** What the library says nothing of: values that its types do not have. */
const LEFT_TO_THE_SERVER = ['ManagedBy must be trainer.kubeflow.org/trainjob-controller or kueue.x-k8s.io/multikueue if set'];

/** One way to break an object. */
function pick(object: Manifest, index: number): Breakage {
  return fc.sample(breakages(object), { seed: SEED + index, numRuns: 1 })[0] as Breakage;
}

/** Under a name of its own, so that it is known what became of it. */
function renamed({ object, what }: Breakage, name: string): Breakage {
  const said = `${object.kind} ${object.metadata.name}: ${what}`;
  return { object: { ...object, metadata: { ...object.metadata, name } }, what: said };
}

/** Whether a refusal comes of CEL, or of the subresource `scale`: the offline check leaves both to the server. */
function isServersOwn(refusal: string): boolean {
  return refusal.includes('should be a non-negative integer') || CEL.some(({ message }) => refusal.includes(message));
}

function isWhatItsSchemaSays(object: Manifest): boolean {
  const known = Schemas.shipped.find(object.apiVersion, object.kind);
  if (!known) throw new Error(`nothing is known of ${object.kind}`);
  return checkAgainst(known.schema, object, known.source).violations.length === 0;
}
