import { FACTS } from '../../../lib/kinds';
// Synthesises an app and tells what that took: synthesis.js <library | cdk8s> [number of tenants instead of the release]
import { type Lap, Laps } from '../laps';

/** What the program tells. */
export interface Synthesis {
  readonly parts: Readonly<Record<string, Lap>>;
  /** Peak of the resident memory, in MiB. */
  readonly memory: number;
}

const laps = new Laps();
laps.end('Node start');
require('constructs');
laps.end('module constructs');
require('cdk8s');
laps.end('module cdk8s');
const { Assembly, Manifests } = require('../../../lib') as typeof import('../../../lib');
laps.end('module cdk8s-kubeflow');

const { readPool, release, tenants } = require('../trees') as typeof import('../trees');
const [by, count] = process.argv.slice(2);
if (count === undefined) {
  // Building the tree would read the files one by one.
  readPool();
  laps.end('reading schemas');
}
const app = count === undefined ? release() : tenants(Number(count));
laps.end('tree');

if (by === 'library') {
  const assembly = Assembly.of(app, { facts: FACTS });
  laps.end('assembly');
  new Manifests(assembly).write(app.outdir);
  laps.end('writing');
} else {
  app.synth();
  laps.end('app.synth()');
}

const told: Synthesis = { parts: laps.parts, memory: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(JSON.stringify(told));
