import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../support/repository';

/**
 * Ends what the tests started, and removes their data folder, however the tests end: done, interrupted or killed.
 *
 * It is a process of its own because no handler in this one would do: nothing is called on SIGKILL, and test runners
 * give their tests a `process` that hears no signals.
 */
export class Reaper {
  private readonly child: ChildProcess;
  private readonly exit: Promise<void>;

  constructor(folder: string) {
    // In a session of its own, so that an interrupt from the terminal does not reach it before its work is done.
    this.child = spawn(process.execPath, [join(REPOSITORY, 'test/e2e/reap.cjs'), folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    this.exit = new Promise((resolve) => {
      this.child.once('exit', () => resolve());
    });
    this.child.unref();
    this.child.stdin?.on('error', () => {});
  }

  started(pid: number): void {
    this.child.stdin?.write(`+${pid}\n`);
  }

  exited(pid: number): void {
    this.child.stdin?.write(`-${pid}\n`);
  }

  /** Does its work now, and waits until it is done. */
  async finish(): Promise<void> {
    this.child.ref();
    this.child.stdin?.end();
    await this.exit;
  }
}
