import { Installation } from '../e2e/installation';
import { changes, type Inventory, inventory } from '../e2e/inventory';
import type { KubectlError, KubernetesObject } from '../e2e/kubectl';
import { atRest, until } from '../e2e/patience';
import { count, say, stopwatch } from '../e2e/say';
import { Cluster } from './cluster/cluster';
import { areBuilt } from './cluster/images';
import { PlayedTrials } from './played-trials';
import { type Parts, platformWithWorkloads, TEAM, TRIALS } from './workloads';

const certificates = areBuilt('quay.io/jetstack/');
const PARTS: Parts = {
  operator: areBuilt('ghcr.io/kubeflow/training-v1/'),
  certificates,
  tuning: certificates && areBuilt('ghcr.io/kubeflow/katib/'),
  serving: certificates && areBuilt('kserve/'),
};

const OPERATOR_JOBS = [
  ['pytorchjobs', 'pytorch'],
  ['tfjobs', 'tensorflow'],
  ['xgboostjobs', 'xgboost'],
  ['paddlejobs', 'paddle'],
  ['jaxjobs', 'jax'],
  ['mpijobs', 'mpi'],
] as const;

const TERMS = `  The controllers of the release run as their Deployments say: ServiceAccount, arguments, configuration, Secrets, user, probes, each
  in a network of its own; webhooks are on, and what comes in through Services is held to the NetworkPolicies.
  Played: all other Pods (by kwok), the metric that a trial reports, MySQL (by MariaDB). Not looked at: what Pods send out.`;

interface WithConditions extends KubernetesObject {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly [field: string]: unknown;
  };
}

describe('the controllers of the release', () => {
  let cluster: Cluster;
  let installation: Installation;
  let before: Inventory;
  const trials = new PlayedTrials(TEAM, 'accuracy');
  let installed = false;

  beforeAll(async () => {
    cluster = await Cluster.start(process.env.CONTROLLERS_FOLDER ?? '');
    before = await atRest(() => inventory(cluster.kubectl));
    installation = Installation.withPrograms(platformWithWorkloads(PARTS), cluster.kubectl);
  });

  afterAll(async () => {
    await trials.stop();
    await cluster?.stop();
    installation?.dispose();
  });

  const then = (title: string, run: () => Promise<void>) =>
    test(title, async () => {
      if (!installed) throw new Error('not run: the installation failed');
      await run();
    });

  const skipped = (title: string, _run: () => Promise<void>) => test.skip(title, () => {});

  /** Waits for a condition of an object in the team's namespace. */
  async function reaches(resource: string, name: string, condition: string): Promise<WithConditions> {
    const read = async () => (await cluster.kubectl.get<WithConditions>(resource, { name, namespace: TEAM }))[0];
    const holds = (object: WithConditions | undefined) =>
      object?.status?.conditions?.some(({ type, status }) => type === condition && status === 'True') ?? false;
    const object = await until(read, holds, 120);
    if (!object || !holds(object))
      throw new Error(`${resource} ${name} is not ${condition}: ${JSON.stringify(object?.status, null, 2)}`);
    return object;
  }

  test('take in the platform and the workloads, each wave once', async () => {
    say(`\nthe controllers of the release\n${TERMS}`);
    for (const [part, built] of Object.entries(PARTS)) if (!built) say(`  left out, because programs are missing: ${part}`);
    if (PARTS.tuning) trials.start(cluster.kubectl);
    try {
      await installation.install();
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${cluster.troubles.join('\n')}`);
    }
    installed = true;
  });

  then('become available', async () => {
    const elapsed = stopwatch();
    const healthy = await installation.healthy();
    say(`  ready   ${healthy} workloads and definitions after ${elapsed()}`);
  });

  then('bring a TrainJob to its end', async () => {
    await reaches('trainjobs.trainer.kubeflow.org', 'torch', 'Complete');
  });

  for (const [kind, name] of OPERATOR_JOBS) {
    (PARTS.operator ? then : skipped)(`bring ${kind} to their end`, async () => {
      await reaches(`${kind}.kubeflow.org`, name, 'Succeeded');
    });
  }

  (PARTS.tuning ? then : skipped)('search: the algorithm is reached, trials run, the best one is known', async () => {
    const { status } = await reaches('experiments.kubeflow.org', 'search', 'Succeeded');
    await trials.stop();
    expect(status).toMatchObject({ trialsSucceeded: TRIALS, currentOptimalTrial: { parameterAssignments: [{ name: 'rate' }] } });
  });

  (PARTS.serving ? then : skipped)('serve a model', async () => {
    await reaches('inferenceservices.serving.kserve.io', 'iris', 'Ready');
    const [deployment] = await cluster.kubectl.get('deployment', { name: 'iris-predictor', namespace: TEAM });
    expect(JSON.stringify(deployment?.spec)).toContain('sklearn');
  });

  then('are forbidden nothing, and nobody is kept from another', async () => {
    const { total, forbidden } = cluster.calls;
    say(
      `  calls   ${count(total, 'call')} of ServiceAccounts, ${forbidden.length} forbidden; ${cluster.refusals.length} connections refused`,
    );
    expect(forbidden).toEqual([]);
    expect(cluster.refusals).toEqual([]);
  });

  then('leave what was written, and a second apply has no conflicts', async () => {
    expect((await installation.deviations()).slice(0, 20)).toEqual([]);
    const elapsed = stopwatch();
    await installation.applyAgain();
    say(`  again   without conflicts in ${elapsed()}`);
  });

  then('are removed without remains', async () => {
    const elapsed = stopwatch();
    await installation.delete();
    const remains = () =>
      inventory(cluster.kubectl).then(
        (after) => changes(before, after),
        (error: KubectlError) => [error.message],
      );
    const left = await until(remains, ({ length }) => length === 0, 120);
    expect(left.slice(0, 20)).toEqual([]);
    say(`  deleted in ${elapsed()}: the cluster has the ${count(before.size, 'object')} that it had before`);
  });
});
