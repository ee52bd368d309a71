import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE, produce } from '../e2e/cache';
import { say } from '../e2e/say';
import { PROGRAMS, type Program } from './programs';
import { checkout, nameOf } from './sources';

const run = promisify(execFile);

/** Where the program of an image is once it is built. */
export function executable(program: Program): string {
  const { source, folder = '.', package: main = '.' } = program;
  const hash = createHash('sha256')
    .update(JSON.stringify([source, folder, main, process.platform, process.arch]))
    .digest('hex');
  return join(CACHE, 'controllers', hash.slice(0, 16), program.path.split('/').at(-1) ?? 'program');
}

/** Builds every controller that is not built yet. Returns why some cannot be had, by the name of their source. */
export async function buildControllers(): Promise<ReadonlyMap<string, string>> {
  const missing = new Map<string, string>();
  for (const program of PROGRAMS) {
    const name = nameOf(program.source);
    if (missing.has(name)) continue;
    try {
      await build(program);
    } catch (error) {
      const { stderr, message } = error as Error & { readonly stderr?: string };
      missing.set(name, stderr || message);
    }
  }
  return missing;
}

function build(program: Program): Promise<void> {
  return produce(executable(program), async (unfinished) => {
    say(`building ${program.image} from ${nameOf(program.source)}; the first time takes minutes`);
    const started = Date.now();
    const folder = join(await checkout(program.source), program.folder ?? '.');
    await compile(folder, program.package ?? '.', unfinished);
    say(`built ${program.image} in ${Math.round((Date.now() - started) / 1000)} s`);
  });
}

/** Compiles a main package, by the go.mod of its folder. */
export async function compile(folder: string, main: string, output: string): Promise<void> {
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  await run('go', ['build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags=-s -w', '-o', output, main], {
    cwd: folder,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
}
