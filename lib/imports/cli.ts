#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { imports } from './imports';

const USAGE = `cdk8s-kubeflow imports --definitions <folder> --out <folder>

Generates typed kinds and a pool of schemas from CustomResourceDefinitions, so that objects of your own kinds are typed and checked too.

  --definitions <folder>  CustomResourceDefinitions in .yaml and .json files; default: those that --out has already
  --kubernetes <folder>   OpenAPI v3 documents of an API server, for Kubernetes' own kinds of another version
  --out <folder>          where the generated files go; in a checkout of the library its own catalogue is the default
  --library <module>      what the generated files import from; default: cdk8s-kubeflow

The files import each other as the project around --out wants it: with extensions where its package.json says "type": "module".

cdk8s-kubeflow --version tells the version.
`;

/** Tells the library's own checkout, whose catalogue is made where no other folder is named. */
const OWN = 'lib/core/kind.ts';

/** Runs a command line; returns what it has to say. */
export function run(args: readonly string[]): string {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      definitions: { type: 'string' },
      kubernetes: { type: 'string' },
      out: { type: 'string' },
      library: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  if (values.version) return `${version()}\n`;
  if (values.help || positionals.length === 0) return USAGE;
  if (positionals.join(' ') !== 'imports') throw new Error(`unknown command ${positionals.join(' ')}; there is: imports`);
  const { definitions, kubernetes, out, library } = values;
  if (out === undefined && !existsSync(OWN)) throw new Error('--out is missing: a folder for the generated files');
  const target =
    out === undefined
      ? ({ out: 'crds-imports', library: '../lib/core/kind', pool: 'folder' } as const)
      : { out, library: 'cdk8s-kubeflow' };
  const report = imports({ ...target, ...(library !== undefined && { library }), definitions, kubernetes });
  return `${report.length > 0 ? report.join('\n') : 'no kind changed'}\n`;
}

/** The version of the package, which is above the sources and above the compiled files. */
function version(): string {
  const manifest = [join(__dirname, '../../package.json'), join(__dirname, '../../../package.json')].find((file) =>
    existsSync(file),
  );
  return (JSON.parse(readFileSync(manifest as string, 'utf8')) as { version: string }).version;
}

if (require.main === module) {
  try {
    process.stdout.write(run(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`cdk8s-kubeflow: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
