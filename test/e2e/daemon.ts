import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reaper } from './reaper';

/** What a daemon runs, and where. */
export interface DaemonProps {
  /** Path of the executable. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** File that receives all that it prints. */
  readonly log: string;
  readonly reaper: Reaper;
}

/** A program that runs until it is stopped. */
export class Daemon {
  private readonly child: ChildProcess;
  private readonly exit: Promise<void>;
  /** Why it no longer runs. */
  private ended: string | undefined;

  constructor(
    readonly name: string,
    private readonly props: DaemonProps,
  ) {
    const log = openSync(props.log, 'a');
    this.child = spawn(props.program, [...props.args], { env: props.env, stdio: ['ignore', log, log] });
    closeSync(log);
    // Tests that end without stopping it must not wait for it; the reaper ends it then.
    this.child.unref();
    const { pid } = this.child;
    if (pid !== undefined) props.reaper.started(pid);
    this.exit = new Promise((resolve) => {
      this.child.once('error', (error) => {
        this.ended ??= error.message;
        resolve();
      });
      this.child.once('exit', (code, signal) => {
        this.ended ??= signal === null ? `exit code ${code}` : `signal ${signal}`;
        if (pid !== undefined) props.reaper.exited(pid);
        resolve();
      });
    });
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Waits until `isReady` says so.
   *
   * @throws Error with the end of the log when the daemon exits first, or takes longer than `seconds`
   */
  async ready(isReady: () => Promise<boolean>, seconds = 60): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await isReady())) {
      if (this.ended !== undefined) throw this.failure(`ended before it was ready (${this.ended})`);
      if (Date.now() > deadline) throw this.failure(`was not ready after ${seconds} s`);
      await sleep(100);
    }
  }

  /** Ends it and waits for its exit. */
  async stop(): Promise<void> {
    if (this.ended !== undefined) return;
    this.child.ref();
    this.child.kill('SIGTERM');
    // A graceful end waits for clients; what these programs hold is thrown away, so nobody has to.
    const patience = setTimeout(() => this.child.kill('SIGKILL'), 3000);
    await this.exit;
    clearTimeout(patience);
  }

  private failure(what: string): Error {
    const lines = readFileSync(this.props.log, 'utf8').trimEnd().split('\n').slice(-40);
    return new Error(`${this.name} ${what}. The end of its log:\n${lines.join('\n')}`);
  }
}
