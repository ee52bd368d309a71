import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { Assembly, type AssemblyOptions, FACTS, Manifests } from 'cdk8s-kubeflow';
import { environments, platform } from '../../../stacks/platform';
import { upstreamExample } from '../../conformance/stack';
import { type Files, filesBelow } from './files';
import { differences, reviewed } from './golden-files';
import { planSummary } from './plan-summary';

const EXAMPLES = join(__dirname, '..', '..', '..', 'examples');

/** The output that the others are read beside. */
const BASE = 'laptop';

/** Examples that are synthesised, and not kept: every image again, which the tests of images read. */
const LEFT_OUT = ['03-private-registry'];

/** Every file that `test/golden` should have: what the environments, the platform of the conformance test and the examples are. */
export function goldenFiles(): Files {
  const base = environmentFiles(BASE);
  const others = new Map<string, Files>();
  for (const name of Object.keys(environments)) if (name !== BASE) others.set(name, environmentFiles(name));
  others.set('upstream-example', withPlan(upstreamExample()));
  for (const program of examplePrograms()) {
    const name = program.slice(0, -'.ts'.length);
    const files = reviewed(exampleFiles(program));
    if (!LEFT_OUT.includes(name)) others.set(`examples/${name}`, files);
  }

  const golden = new Map([...base].map(([path, content]) => [`${BASE}/${path}`, content]));
  for (const [folder, files] of others) {
    for (const [path, content] of sharesObjects(base, files) ? differences(BASE, base, files) : files) {
      golden.set(`${folder}/${path}`, content);
    }
  }
  return golden;
}

function sharesObjects(base: Files, files: Files): boolean {
  return [...files.keys()].some((path) => path.endsWith('.yaml') && base.has(path));
}

function environmentFiles(name: string): Files {
  const environment = environments[name];
  if (!environment) throw new Error(`there is no environment ${name}`);
  return withPlan(platform(environment), { checks: environment.checks });
}

function withPlan(app: App, options?: AssemblyOptions): Files {
  const output = new Manifests(Assembly.of(app, { facts: FACTS, ...options })).files();
  return new Map([...reviewed(output), ['plan.txt', planSummary(output)]]);
}

function examplePrograms(): readonly string[] {
  return readdirSync(EXAMPLES)
    .filter((file) => /^\d\d-.*\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
    .sort();
}

/** Runs an example as a user would, and returns what it wrote. */
function exampleFiles(program: string): Files {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-example-'));
  process.env.CDK8S_OUTDIR = folder;
  try {
    require(join(EXAMPLES, program));
    return filesBelow(folder);
  } finally {
    delete process.env.CDK8S_OUTDIR;
    rmSync(folder, { recursive: true });
  }
}
