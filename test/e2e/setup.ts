import { buildPrograms } from './programs';
import { say } from './say';
import { NO_CONTROL_PLANE } from './suites';

/**
 * Runs once before all suites: builds the programs of the control plane, so that no test waits for the compiler. Where they
 * cannot be had, the suites that need them are skipped, aloud. In CI that is a failure.
 */
export default async function setup(): Promise<void> {
  const reason = await whyNoControlPlane();
  if (reason === undefined) return;
  if (process.env.CI) throw new Error(`These tests have to run in CI. ${reason}`);
  say(reason);
  process.env[NO_CONTROL_PLANE] = reason;
}

async function whyNoControlPlane(): Promise<string | undefined> {
  if (process.env.E2E_KUBECONFIG) {
    return 'E2E_KUBECONFIG is set: what installs and deletes a whole platform is left to a control plane of its own, which starts without it.';
  }
  const built = await buildPrograms();
  return 'missing' in built ? built.missing : undefined;
}
