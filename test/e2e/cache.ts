import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What takes minutes to make and serves many runs; outside of the checkout. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-kubeflow');

/** Makes a file or folder unless it is there: under a name of this process first, so that nobody ever sees half of it. */
export async function produce(path: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) return;
  const unfinished = `${path}.unfinished-${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    await make(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    // Another run may have made the same in the meantime.
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
