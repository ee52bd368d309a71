import type { App } from 'cdk8s';
import { Installation } from './installation';
import { changes, type Inventory, inventory, LEFT_OUT, writes } from './inventory';
import type { KubectlError } from './kubectl';
import { atRest, until } from './patience';
import { count, say, stopwatch } from './say';
import { onOwnControlPlane } from './suites';

/** What a reader of the output has to know. */
const TERMS = `  Admission is webhook-free: no container runs, so nobody is behind a webhook. Where the plan waits for what only
  programs in containers do, a stand-in plays it: writing CA bundles, turning Certificates Ready. Nothing else is played.`;

/** Describes the life of an App in a cluster: applied wave by wave, each wave once; applied again; deleted. */
export function installs(name: string, app: () => App): void {
  onOwnControlPlane(name, (controlPlane) => {
    const cluster = () => inventory(controlPlane().kubectl);
    let before: Inventory;
    let installation: Installation;
    let installed = false;

    beforeAll(async () => {
      installation = Installation.of(app(), controlPlane().kubectl);
      before = await atRest(cluster);
    });

    afterAll(() => installation?.dispose());

    const then = (title: string, run: () => Promise<void>) =>
      test(title, async () => {
        if (!installed) throw new Error('not run: the installation failed');
        await run();
      });

    test('every wave is applied once', async () => {
      say(`\n${name}`);
      say(TERMS);
      await installation.install();
      installed = true;
    });

    then('every Deployment is available, every definition established', async () => {
      const elapsed = stopwatch();
      const healthy = await installation.healthy();
      say(`  ready   ${healthy} workloads and definitions after ${elapsed()}`);
    });

    then('every object is as it was written', async () => {
      expect((await installation.deviations()).slice(0, 20)).toEqual([]);
      say(`  live    ${count(installation.written.size, 'object')} as written`);
    });

    then('a second apply changes nothing', async () => {
      const earlier = await atRest(() => installation.live());
      const elapsed = stopwatch();
      await installation.applyAgain();
      const { declared, reported } = writes(earlier, await installation.live());
      expect(declared.slice(0, 20)).toEqual([]);
      const meanwhile = reported.length > 0 ? `; meanwhile controllers wrote the status of ${reported.join(', ')}` : '';
      say(`  again   nothing changed in ${elapsed()}${meanwhile}`);
    });

    then('deletion leaves the cluster as it was', async () => {
      const elapsed = stopwatch();
      await installation.delete();
      // Controllers clear away a little later, and a kind that is gone can still be listed among the resources for a moment.
      const remains = () =>
        cluster().then(
          (after) => changes(before, after),
          (error: KubectlError) => [error.message],
        );
      const left = await until(remains, ({ length }) => length === 0);
      expect(left.slice(0, 20)).toEqual([]);
      say(`  deleted in ${elapsed()}: the cluster has the ${count(before.size, 'object')} that it had before`);
      say(`          not counted: ${Object.keys(LEFT_OUT).join(', ')}`);
    });
  });
}
