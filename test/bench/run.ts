import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program tells of itself, and what is seen of it from outside. */
export type Run<Told> = Told & {
  /** Milliseconds from the start of the process to its end. */
  readonly wall: number;
  readonly output: { readonly files: number; readonly bytes: number };
};

/** Runs a program of the benchmark in a fresh process, with an empty output folder. */
export function run<Told>(program: string, ...args: (string | number)[]): Run<Told> {
  return withOutput(program, args, (_, told) => told as Run<Told>);
}

/** Runs a program in the same way, and does something with what it wrote and told. */
export function withOutput<T>(program: string, args: readonly (string | number)[], use: (outdir: string, told: unknown) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const started = performance.now();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(__dirname, 'programs', `${program}.js`), ...args.map(String)],
      {
        encoding: 'utf8',
        env: { ...process.env, CDK8S_OUTDIR: outdir },
      },
    );
    const wall = performance.now() - started;
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr}`);
    return use(outdir, { ...JSON.parse(stdout), wall, output: sizeOf(outdir) });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function sizeOf(folder: string): { files: number; bytes: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = entries.map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return { files: entries.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
