import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { environment, expand } from './environment';
import { NOT_RUN, repositoryOf } from './images';
import type { NamespaceData } from './namespace-data';
import type { PodNetwork } from './network';
import type { Container, PodObject, Probe } from './objects';
import { passes } from './probe';
import { ContainerProcess, type Mount } from './process';
import { makeRoot } from './root';
import { Volumes } from './volumes';

/** What the containers of a Pod share. */
export interface Surroundings {
  readonly pod: PodObject;
  readonly network: PodNetwork;
  readonly data: NamespaceData;
  readonly volumes: Volumes;
  /** Of the Pod. */
  readonly folder: string;
  readonly logs: string;
  /** File with the names of Services. */
  readonly hosts: string;
  readonly runner: string;
}

/** A container of a Pod: started, probed, started again when it ends. */
export class RunningContainer {
  private process: ContainerProcess | undefined;
  private restarts = 0;
  private exitedAt = 0;
  private started = false;
  private ready = false;
  private failures = 0;
  private probedAt = 0;

  constructor(
    private readonly container: Container,
    private readonly surroundings: Surroundings,
  ) {}

  /** Brings it a second further, and returns its status. */
  async tick(): Promise<ContainerStatus> {
    const { name, image } = this.container;
    if (NOT_RUN.includes(repositoryOf(image)))
      return status(this.container, { ready: true, restarts: 0, state: running(new Date(0)) });
    if (!this.process) this.process = await this.start();
    else if (this.process.exitCode !== undefined) await this.again(this.process);
    const { exitCode, startedAt } = this.process;
    if (exitCode === undefined) await this.probe(startedAt);
    const state =
      exitCode === undefined
        ? running(startedAt)
        : { waiting: { reason: 'CrashLoopBackOff', message: `${name} ended with ${exitCode}` } };
    return status(this.container, { ready: this.ready, restarts: this.restarts, state });
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  private async again({ exitCode }: ContainerProcess): Promise<void> {
    if (exitCode === undefined) return;
    if (this.exitedAt === 0) {
      this.exitedAt = Date.now();
      this.ready = false;
      this.started = false;
      this.failures = 0;
    }
    if (Date.now() - this.exitedAt < 1000 * Math.min(5 * (this.restarts + 1), 30)) return;
    this.process = await this.start();
    this.exitedAt = 0;
    this.restarts += 1;
  }

  private async probe(startedAt: Date): Promise<void> {
    const { startupProbe, readinessProbe, livenessProbe } = this.container;
    const age = (Date.now() - startedAt.getTime()) / 1000;
    this.started ||= await this.passes(startupProbe);
    if (!this.started) return;
    // Slow images are not run here: what waits longer than a few seconds would only make the tests slower.
    this.ready = age >= Math.min(readinessProbe?.initialDelaySeconds ?? 0, 3) && (await this.passes(readinessProbe));
    const period = 1000 * (livenessProbe?.periodSeconds ?? 10);
    if (!livenessProbe || age < (livenessProbe.initialDelaySeconds ?? 0) || Date.now() - this.probedAt < period) return;
    this.probedAt = Date.now();
    this.failures = (await this.passes(livenessProbe)) ? 0 : this.failures + 1;
    if (this.failures >= (livenessProbe.failureThreshold ?? 3)) this.process?.kill();
  }

  private async passes(probe: Probe | undefined): Promise<boolean> {
    return probe === undefined || passes(probe, this.container, this.surroundings.network.address);
  }

  private async start(): Promise<ContainerProcess> {
    const { container } = this;
    const { pod, network, data, folder, logs, runner } = this.surroundings;
    const own = join(folder, container.name);
    mkdirSync(own, { recursive: true });
    const root = makeRoot(container.image, join(own, 'root'));
    const variables = await environment(pod, container, data, network.address);
    const command = [...(container.command ?? [root.entrypoint]), ...(container.args ?? [])];
    return new ContainerProcess(pod, container, root, network, {
      runner,
      variables,
      mounts: [...(await this.mounts()), ...root.shared.map((path) => ({ source: path, target: path, readOnly: false }))],
      command: command.map((word) => expand(word, variables)),
      description: join(own, 'container.json'),
      log: join(logs, `${pod.metadata.namespace}_${pod.metadata.name}_${container.name}.log`),
    });
  }

  private async mounts(): Promise<Mount[]> {
    const { pod, volumes, hosts } = this.surroundings;
    const mounts = [{ source: hosts, target: '/etc/hosts', readOnly: true }];
    for (const { name, mountPath, subPath = '', readOnly = false } of this.container.volumeMounts ?? []) {
      const volume = pod.spec.volumes?.find((one) => one.name === name);
      if (!volume) throw new Error(`${pod.metadata.name} has no volume ${name}`);
      const source = join(await volumes.folderOf(volume), subPath);
      mounts.push({ source, target: mountPath, readOnly: readOnly || Volumes.isReadOnly(volume) });
    }
    return mounts;
  }
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly [field: string]: unknown;
}

function running(startedAt: Date): object {
  return { running: { startedAt: `${startedAt.toISOString().slice(0, 19)}Z` } };
}

function status({ name, image }: Container, now: { ready: boolean; restarts: number; state: object }): ContainerStatus {
  const { ready, restarts: restartCount, state } = now;
  return { name, image, imageID: image, ready, started: ready, restartCount, state };
}
