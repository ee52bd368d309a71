import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import type { PodNetwork } from './network';
import type { Container, PodObject, SecurityContext } from './objects';
import type { Root } from './root';

/** What a container is given beside its root. */
export interface Given {
  /** Path of the program that becomes the container's. */
  readonly runner: string;
  readonly mounts: readonly Mount[];
  readonly variables: ReadonlyMap<string, string>;
  readonly command: readonly string[];
  /** File that says all this to the runner. */
  readonly description: string;
  /** File that receives what the container prints. */
  readonly log: string;
}

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** The process of a container. */
export class ContainerProcess {
  readonly startedAt = new Date();
  private readonly child: ChildProcess;
  private readonly end: Promise<void>;
  /** Why it no longer runs. */
  exitCode: number | undefined;

  constructor(pod: PodObject, container: Container, root: Root, network: PodNetwork, given: Given) {
    const rights = rightsOf(pod, container, root);
    writeFileSync(
      given.description,
      JSON.stringify({
        ...rights,
        root: root.folder,
        mounts: given.mounts,
        command: given.command,
        env: [...given.variables].map(([name, value]) => `${name}=${value}`),
        workingDirectory: container.workingDir ?? root.workingDirectory,
      }),
    );
    const log = openSync(given.log, 'a');
    writeSync(log, `--- ${this.startedAt.toISOString()} ${given.command.join(' ')} as ${rights.user}\n`);
    const [program, args] = network.enter([given.runner, given.description]);
    this.child = spawn(program, [...args], { stdio: ['ignore', log, log] });
    closeSync(log);
    this.end = new Promise((resolve) => {
      this.child.once('error', () => this.ended(125, resolve));
      this.child.once('exit', (code, signal) => this.ended(code ?? (signal === 'SIGKILL' ? 137 : 143), resolve));
    });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Ends it, by force after a while, and waits for its exit. */
  async stop(): Promise<void> {
    if (this.exitCode !== undefined) return;
    this.child.kill('SIGTERM');
    const patience = setTimeout(() => this.kill(), 8000);
    await this.end;
    clearTimeout(patience);
  }

  private ended(code: number, resolve: () => void): void {
    this.exitCode = code;
    resolve();
  }
}

/** As whom, and with which rights, the container runs. */
function rightsOf({ spec }: PodObject, { name, securityContext: own = {} }: Container, root: Root) {
  const shared = spec.securityContext ?? {};
  const said = <K extends keyof SecurityContext>(key: K): SecurityContext[K] => own[key] ?? (shared as SecurityContext)[key];
  const user = said('runAsUser') ?? root.user;
  if (said('runAsNonRoot') && user === 0) throw new Error(`${name} has runAsNonRoot, and its image runs as root`);
  return {
    user,
    group: said('runAsGroup') ?? (said('runAsUser') === undefined ? root.user : 0),
    groups: shared.fsGroup === undefined ? [] : [shared.fsGroup],
    readOnlyRoot: own.readOnlyRootFilesystem ?? false,
    dropCapabilities: own.capabilities?.drop?.includes('ALL') ?? false,
    noNewPrivileges: own.allowPrivilegeEscalation === false,
  };
}
