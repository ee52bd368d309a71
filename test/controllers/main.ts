/**
 * Builds what the tests of the controllers run, and runs them in namespaces of their own: network, mounts, processes. Whatever
 * they start or set up there ends with them, and the machine does not see it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../e2e/programs';
import { say } from '../e2e/say';
import { REPOSITORY } from '../support/repository';
import { buildControllers, compile } from './build';

/** The environment variable with the folder of a run. */
export const FOLDER = 'CONTROLLERS_FOLDER';

async function main(args: readonly string[]): Promise<number> {
  const lacking = whatTheMachineLacks();
  if (lacking.length > 0) return skip(`This machine has no ${lacking.join(', no ')}.`);
  const programs = await buildPrograms();
  if ('missing' in programs) return skip(programs.missing);
  const missing = await buildControllers();
  for (const [source, reason] of missing) say(`left out, because it could not be built: ${source}\n${reason}`);
  if (missing.size > 0 && process.env.CI) return 1;
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-controllers-'));
  await compile(join(REPOSITORY, 'test/controllers/container'), '.', join(folder, 'container'));
  const status = runTests(folder, args);
  if (status === 0) rmSync(folder, { recursive: true, force: true });
  else say(`the logs are in ${join(folder, 'logs')}`);
  return status;
}

function runTests(folder: string, args: readonly string[]): number {
  const jest = [
    join(REPOSITORY, 'node_modules/jest/bin/jest.js'),
    '--config',
    'test/controllers/jest.config.json',
    '--runInBand',
  ];
  const alone = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const { status } = spawnSync('unshare', [...alone, process.execPath, ...jest, ...args], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: { ...process.env, [FOLDER]: folder },
  });
  return status ?? 1;
}

function skip(reason: string): number {
  if (process.env.CI) {
    say(`These tests have to run in CI. ${reason}`);
    return 1;
  }
  say(`skipped: the tests of the controllers. ${reason}`);
  return 0;
}

function whatTheMachineLacks(): string[] {
  if (process.platform !== 'linux') return ['Linux'];
  const lacking = process.getuid?.() === 0 ? [] : ['rights of root, which network namespaces need'];
  const tools = {
    ip: 'iproute2',
    unshare: 'util-linux',
    go: 'Go',
    git: 'Git',
    mariadbd: 'MariaDB (package mariadb-server-core)',
  };
  for (const [tool, name] of Object.entries(tools)) if (!isOnPath(tool)) lacking.push(name);
  return lacking;
}

function isOnPath(tool: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, tool)));
}

main(process.argv.slice(2)).then((status) => process.exit(status));
