import { type ControlPlane, startControlPlane } from '../../../e2e/control-plane';
import type { Kubectl } from '../../../e2e/kubectl';
import { Backend } from './project';
import { NO_ENGINE } from './setup';

/** A cluster, and a backend for what is deployed to it. */
export interface Engine {
  readonly kubectl: Kubectl;
  readonly kubeconfig: string;
  readonly backend: Backend;
}

/** Describes tests with Pulumi's real engine on a control plane of their own; they are skipped where `setup.ts` has told why. */
export function onEngine(name: string, tests: (engine: () => Engine) => void): void {
  (process.env[NO_ENGINE] === undefined ? describe : describe.skip)(name, () => {
    let controlPlane: ControlPlane | undefined;
    let backend: Backend | undefined;

    beforeAll(async () => {
      controlPlane = await startControlPlane();
      backend = new Backend(controlPlane.kubeconfig);
    });

    tests(() => {
      if (!controlPlane || !backend) throw new Error('the control plane has not started');
      return { kubectl: controlPlane.kubectl, kubeconfig: controlPlane.kubeconfig, backend };
    });

    // After what the tests themselves have to end.
    afterAll(async () => {
      backend?.remove();
      await controlPlane?.stop();
    });
  });
}

/** Says how long something took; nothing is asserted of it. */
export async function timed<T>(what: string, action: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const result = await action();
  process.stderr.write(`${what}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return result;
}
