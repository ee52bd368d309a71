import { buildPrograms } from '../../../e2e/programs';
import { say } from '../../../e2e/say';
import { missingPrograms } from './missing';

/** The environment variable that says why there is no engine, or no control plane for it; unset when there are both. */
export const NO_ENGINE = 'PULUMI_NO_ENGINE';

/**
 * Runs once before all tests of the engine: builds the programs of the control plane, so that no test waits for the compiler. Where
 * the engine or the control plane cannot be had, the tests are skipped, aloud.
 */
export default async function setup(): Promise<void> {
  const missing = await whatIsMissing();
  if (missing.length === 0) return;
  say(["skipped: Pulumi's engine", ...missing].join('\n  '));
  process.env[NO_ENGINE] = missing.join('; ');
}

async function whatIsMissing(): Promise<string[]> {
  const missing = missingPrograms();
  if (missing.length > 0) return missing;
  const built = await buildPrograms();
  return 'missing' in built ? [built.missing] : [];
}
