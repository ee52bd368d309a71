// Holds the platform against the reference of the upstream distribution, object by object and field by field.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { synth } from 'cdk8s-kubeflow';
import { COMPONENTS, upstreamExample } from './stack';

const CHECK = resolve('..', 'shared', 'parity', 'check.mjs');
const OUTDIR = join('dist', 'conformance');

if (existsSync(CHECK)) {
  synth(upstreamExample(), { outdir: OUTDIR, report: () => {} });
  const deviations = join('test', 'conformance', 'deviations.yaml');
  const { status } = spawnSync(
    process.execPath,
    [CHECK, OUTDIR, '--components', COMPONENTS.join(','), '--deviations', deviations, ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
} else {
  process.stdout.write(`skipped: parity needs the reference of the upstream distribution, ${CHECK}\n`);
  process.exitCode = process.env.CI ? 1 : 0;
}
