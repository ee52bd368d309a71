import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE, produce } from '../e2e/cache';

const run = promisify(execFile);

/** A version of a Go module, as the module proxy has it. */
export interface ModuleSource {
  readonly module: string;
  readonly version: string;
  /** What Go calls the hash of its content. */
  readonly sum: string;
}

/** A tag of a Git repository, for what the module proxy does not have. */
export interface TagSource {
  readonly repository: string;
  readonly tag: string;
  /** The commit that the tag is known to name. */
  readonly commit: string;
  /** What is checked out, in the words of `git sparse-checkout`. */
  readonly paths: readonly string[];
}

export type Source = ModuleSource | TagSource;

/** `sigs.k8s.io/jobset v0.11.0` */
export function nameOf(source: Source): string {
  return 'module' in source ? `${source.module} ${source.version}` : `${source.repository} ${source.tag}`;
}

/**
 * The folder of a source. A program is compiled there, by upstream's own go.mod and go.sum, so that it is made of what the release
 * is made of.
 *
 * @throws Error when it cannot be had, or is not what was pinned
 */
export function checkout(source: Source): Promise<string> {
  return 'module' in source ? downloaded(source) : cloned(source);
}

async function downloaded({ module, version, sum }: ModuleSource): Promise<string> {
  // Outside of any module: versions of one program must not decide those of another.
  const { stdout } = await run('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: tmpdir(),
    env: { ...process.env, GOWORK: 'off' },
  });
  const download = JSON.parse(stdout) as { readonly Dir: string; readonly Sum: string };
  if (download.Sum !== sum) throw new Error(`${module} ${version} has the sum ${download.Sum}, not ${sum}`);
  return download.Dir;
}

async function cloned({ repository, tag, commit, paths }: TagSource): Promise<string> {
  const folder = join(CACHE, 'sources', commit);
  await produce(folder, async (unfinished) => {
    mkdirSync(unfinished);
    const git = (...args: string[]) => run('git', ['-C', unfinished, ...args]);
    await git('init', '--quiet');
    await git('remote', 'add', 'origin', repository);
    await git('fetch', '--quiet', '--depth=1', '--filter=blob:none', 'origin', `refs/tags/${tag}`);
    await git('sparse-checkout', 'set', '--no-cone', ...paths);
    await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    const { stdout } = await git('rev-parse', 'HEAD');
    if (stdout.trim() !== commit) throw new Error(`${repository} ${tag} is ${stdout.trim()}, not ${commit}`);
  });
  return folder;
}
