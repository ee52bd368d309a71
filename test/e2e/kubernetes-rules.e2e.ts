import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { type Manifest, toYaml } from 'cdk8s-kubeflow';
import * as fc from 'fast-check';
import { changes } from '../../lib/imports/changes';
import { readKubernetes } from '../../lib/imports/read-kubernetes';
import { readPool } from '../../lib/imports/read-pool';
import { podTemplate } from '../../lib/workloads/pod/pod-options';
import { assemble } from '../support/app';
import { options } from '../support/arbitraries/options';
import { podOptions } from '../support/arbitraries/pod';
import { REPOSITORY } from '../support/repository';
import { RULE_CASES } from '../support/validation/cases';
import { WARNING_CASES } from '../support/validation/containers';
import { breakages } from './breakage';
import { KubectlError } from './kubectl';
import { writeOpenApi } from './openapi';
import { count, say } from './say';
import { onOwnControlPlane } from './suites';

/** What is thought up follows from it; another one shows other objects. */
const SEED = Number(process.env.E2E_SEED ?? 20260331);

/** Pods that are thought up, and as many broken ones. */
const PODS = 20 * Number(process.env.E2E_EACH ?? 14);

/** The namespace that every cluster has. */
const NAMESPACE = 'default';

const CASES = [...RULE_CASES, ...WARNING_CASES];

onOwnControlPlane(`Kubernetes’ own validation, of seed ${SEED}`, (controlPlane) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-rules-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the server says of each object; undefined for those that it takes. */
  const refusals = async (objects: readonly Manifest[]): Promise<(string | undefined)[]> => {
    const named = objects.map(renamed);
    const file = join(folder, 'objects.yaml');
    writeFileSync(file, named.map((object) => toYaml(object)).join('---\n'));
    const { names, said } = await apply(file);
    const taken = new Set(names.map((name) => name.slice(name.indexOf('/') + 1)));
    return named.map(({ metadata: { name } }) =>
      taken.has(name) ? undefined : (said.find((one) => one.includes(`"${name}"`) || one.includes(`/${name};`)) ?? 'refused'),
    );
  };

  const apply = async (file: string): Promise<{ names: readonly string[]; said: readonly string[] }> => {
    try {
      const { names } = await controlPlane().kubectl.apply(file, { validate: 'strict', dryRun: true });
      return { names, said: [] };
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      return { names: error.applied.names, said: error.refusals };
    }
  };

  test('is of the kinds that the pool has, value for value', async () => {
    const documents = join(folder, 'openapi');
    await writeOpenApi(controlPlane().kubectl, documents);
    const served = readKubernetes(documents);
    const pooled = readPool(join(REPOSITORY, 'crds-imports/schemas'));
    const own = { ...pooled, kinds: pooled.kinds.filter(({ definition }) => definition === undefined), definitions: new Map() };
    expect(changes(own, served)).toEqual([]);
    expect(served.kinds.length).toBeGreaterThan(50);
  });

  test('takes what breaks none of its rules', async () => {
    const found = await refusals(CASES.map(({ sound }) => sound));
    expect(CASES.flatMap(({ title }, index) => (found[index] === undefined ? [] : [`${title}: ${found[index]}`]))).toEqual([]);
  });

  test('refuses a breach of each rule, but for those that only a node or a controller minds', async () => {
    const found = await refusals(CASES.map(({ broken }) => broken));
    const wrong = CASES.filter(({ isTaken }, index) => isTaken !== (found[index] === undefined));
    expect(wrong.map(({ title, words, isTaken }) => `${title} (${words}): ${isTaken ? 'refused' : 'taken'}`)).toEqual([]);
    say(`\n  ${count(found.filter((one) => one !== undefined).length, 'object')} that break a rule refused by both`);
  });

  test('takes the pods of any options, and so do we', async () => {
    const found = await refusals(SOUND);
    expect(SOUND.flatMap((object, index) => (found[index] === undefined ? [] : [{ said: found[index], object }]))).toEqual([]);
    expect(SOUND.flatMap(offline)).toEqual([]);
    expect(SOUND.length).toBe(PODS);
  });

  test('refuses what is broken in one field where we do, and nowhere else', async () => {
    const broken = [...SOUND, ...BUILT_IN].map((object, index) => {
      const [breakage] = fc.sample(breakages(object), { seed: SEED + index, numRuns: 1 });
      return breakage as NonNullable<typeof breakage>;
    });
    const found = await refusals(broken.map(({ object }) => object));
    const verdicts = broken.map(({ object, what }, index) => ({ object, what, online: found[index], offline: offline(object) }));
    const differ = verdicts.filter(
      ({ online, offline: ours }) => (online === undefined) !== (ours.length === 0) && !ours.every(isStricter),
    );
    expect(differ.map(({ object, ...verdict }) => ({ kind: object.kind, ...verdict }))).toEqual([]);
    const refused = verdicts.filter(({ online }) => online !== undefined).length;
    expect(refused).toBeGreaterThan(broken.length / 3);
    say(`  ${refused} of ${count(broken.length, 'object')} that are broken in one field refused by both`);
  });
});

/** Pods of options that nobody wrote. */
const SOUND: readonly Manifest[] = fc
  .sample(options(podOptions, ['image'], 1 / 3), { seed: SEED, numRuns: PODS })
  .map((given) => ({
    apiVersion: 'v1',
    kind: 'PodTemplate',
    metadata: { name: 'a', namespace: NAMESPACE },
    template: JSON.parse(JSON.stringify(podTemplate('main', given))),
  }));

/** Objects of other kinds, each several times. */
const BUILT_IN = Array.from({ length: 3 }, () => RULE_CASES.map(({ sound }) => sound))
  .flat()
  .filter(({ kind, metadata }) => kind !== 'PodTemplate' && metadata.name.length === 1);

/** Under a name of its own, so that it is known what became of it; but for names that are what matters. */
function renamed(object: Manifest, index: number): Manifest {
  const { name, namespace } = object.metadata;
  return {
    ...object,
    metadata: { ...object.metadata, ...(namespace && { namespace: NAMESPACE }), name: name.length > 1 ? name : `rule-${index}` },
  };
}

/** What is said of an object without a cluster. */
function offline(object: Manifest): string[] {
  const { findings } = assemble((chart) => new ApiObject(chart, 'object', object as never));
  return findings.filter(({ severity }) => severity === 'error').map(({ message, rule }) => `${message} (${rule})`);
}

/**
 * Where the library is stricter on purpose: what only a node minds, an empty text where one of several is chosen, and a field that
 * its schema requires though the server puts something there.
 */
function isStricter(message: string): boolean {
  return (
    / is "", must be one of /.test(message) ||
    / is required \(kubernetes\/invalid-field\)$/.test(message) ||
    WARNING_WORDS.some((words) => message.includes(words))
  );
}

const WARNING_WORDS = RULE_CASES.filter(({ isTaken }) => isTaken).map(({ words }) => words.replace(/^.*, must/, 'must'));
