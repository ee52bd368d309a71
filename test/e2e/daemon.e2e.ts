import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Daemon } from './daemon';
import { Reaper } from './reaper';

describe('a daemon', () => {
  let folder: string;
  let reaper: Reaper;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-e2e-'));
    reaper = new Reaper(folder);
  });

  afterEach(() => reaper.finish());

  const start = (program: string, ...args: string[]) =>
    new Daemon(program, { program, args, env: { PATH: process.env.PATH }, log: join(folder, 'log'), reaper });

  test('that ends before it is ready fails with the end of its log', async () => {
    const daemon = start('sh', '-c', 'echo no such flag >&2; exit 3');
    await expect(daemon.ready(async () => false)).rejects.toThrow(
      /^sh ended before it was ready \(exit code 3\).*\nno such flag$/s,
    );
  });

  test('that cannot be started fails with the reason', async () => {
    const daemon = start('no-such-program');
    await expect(daemon.ready(async () => false)).rejects.toThrow('ENOENT');
  });

  test('is ended by stop', async () => {
    const daemon = start('sleep', '600');
    await daemon.stop();
    expect(isRunning(daemon)).toBe(false);
  });

  test('that nobody stops is ended by the reaper, with its folder', async () => {
    const daemon = start('sleep', '600');
    await reaper.finish();
    await until(() => !isRunning(daemon));
    expect(existsSync(folder)).toBe(false);
  });
});

function isRunning({ pid }: Daemon): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A killed process stays visible until its parent has taken note. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await sleep(10);
}
