// Measures the synthesis in fresh processes, against plain cdk8s on the same tree, and Pulumi's engine where it is installed: prints
// tables and writes dist/bench.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingPrograms } from '../deploy/pulumi/engine/missing';
import { ControlPlaneUnavailable } from '../e2e/control-plane';
import { measureEngine, type StackFigures } from './engine';
import { measure } from './measure';
import { report, reportEngine } from './report';

async function engine(): Promise<StackFigures[] | undefined> {
  const missing = missingPrograms();
  try {
    if (missing.length === 0) return await measureEngine();
  } catch (error) {
    if (!(error instanceof ControlPlaneUnavailable)) throw error;
    missing.push(error.message);
  }
  process.stdout.write(`\n${["skipped: Pulumi's engine", ...missing].join('\n  ')}\n`);
  return undefined;
}

async function main(): Promise<void> {
  const figures = measure({ runs: 7, runsOfTeams: 3, tenants: [100, 300, 1000, 3000, 10_000], teamsOfSteps: 2000 });
  process.stdout.write(report(figures));
  const stacks = await engine();
  if (stacks) process.stdout.write(reportEngine(stacks));
  mkdirSync('dist', { recursive: true });
  writeFileSync(join('dist', 'bench.json'), `${JSON.stringify({ ...figures, engine: stacks }, null, 2)}\n`);
}

void main();
