import type { App } from 'cdk8s';
import { standingChecks } from '../../checks';
import { Assembly, type AssemblyOptions } from '../../core/assembly';
import type { Facts } from '../../core/facts/facts';
import { FACTS } from '../../kinds';
import { Manifests } from './manifests';
import { report } from './report';

/** Options of a synthesis. */
export interface SynthOptions extends AssemblyOptions {
  /**
   * What is known of kinds beyond their schemas: `FACTS.and(…)` adds to it.
   *
   * @default FACTS
   */
  readonly facts?: Facts;

  /**
   * Folder for the output.
   *
   * @default - the App's own: `dist`, or what the cdk8s CLI asks for
   */
  readonly outdir?: string;

  /**
   * Receives the report.
   *
   * @default - it goes to standard output
   */
  readonly report?: (text: string) => void;
}

/**
 * Assembles an App, writes its manifests and plan, and reports.
 *
 * @returns the assembly, to look at
 * @throws SynthesisError with all findings when one is an error, Error when the folder cannot be written; nothing is changed then
 */
export function synth(app: App, options: SynthOptions = {}): Assembly {
  const started = performance.now();
  const { checks = [], outdir = app.outdir, report: tell = (text) => process.stdout.write(`${text}\n`) } = options;
  const assembly = Assembly.of(app, { facts: FACTS, ...options, checks: [...standingChecks, ...checks] });
  const manifests = new Manifests(assembly);
  const result = manifests.write(outdir);
  tell(report(assembly, manifests.components, result, outdir, performance.now() - started));
  return assembly;
}
