import { type ControlPlane, startControlPlane } from './control-plane';
import { say } from './say';

/** The environment variable that says why there is no control plane of our own; unset when there is one. */
export const NO_CONTROL_PLANE = 'E2E_NO_CONTROL_PLANE';

/** Tests that may ask for the control plane once they run. */
type Tests = (controlPlane: () => ControlPlane) => void;

/** Describes tests on a control plane of their own, or on the cluster of `E2E_KUBECONFIG`, which has other users. */
export function onAnyControlPlane(name: string, tests: Tests): void {
  suite(name, tests, process.env[NO_CONTROL_PLANE] !== undefined && !process.env.E2E_KUBECONFIG);
}

/** Describes tests on a control plane of their own: they install and delete what the users of a cluster may have. */
export function onOwnControlPlane(name: string, tests: Tests): void {
  suite(name, tests, process.env[NO_CONTROL_PLANE] !== undefined);
}

function suite(name: string, tests: Tests, skipped: boolean): void {
  if (skipped) say(`skipped: ${name}`);
  const declare = skipped ? describe.skip : describe;
  declare(name, () => {
    let controlPlane: ControlPlane | undefined;

    beforeAll(async () => {
      controlPlane = await startControlPlane();
    });

    afterAll(() => controlPlane?.stop());

    tests(() => {
      if (!controlPlane) throw new Error('the control plane has not started');
      return controlPlane;
    });
  });
}
