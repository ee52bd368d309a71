import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, ApiError } from './api';
import { NamespaceData } from './namespace-data';
import { PodNetwork } from './network';
import type { PodObject } from './objects';
import { type ContainerStatus, RunningContainer } from './running-container';
import { Volumes } from './volumes';

/** Where the Pods of a cluster keep their files. */
export interface Folders {
  readonly pods: string;
  readonly claims: string;
  readonly logs: string;
  /** Path of the file with the names that a namespace knows. */
  readonly hosts: (namespace: string) => string;
  readonly runner: string;
}

/** A Pod that runs, from its start until it is deleted. */
export class RunningPod {
  private readonly network: PodNetwork;
  private readonly containers: readonly RunningContainer[];
  private readonly volumes: Volumes;
  private readonly startedAt = now();
  private readonly conditions = new Map<string, { readonly status: string; readonly lastTransitionTime: string }>();
  private reported = '';
  private refreshedAt = Date.now();
  private stopping = false;
  /** Ends when the Pod is gone. */
  readonly life: Promise<void>;
  /** Why it could not be brought further last time. */
  trouble: string | undefined;

  constructor(
    private readonly pod: PodObject,
    private readonly api: Api,
    folders: Folders,
  ) {
    const { namespace, name, uid } = pod.metadata;
    const folder = join(folders.pods, `${namespace}_${name}`);
    mkdirSync(folder, { recursive: true });
    this.network = new PodNetwork(uid.slice(0, 8));
    const data = new NamespaceData(api, namespace);
    this.volumes = new Volumes(pod, data, join(folder, 'volumes'), join(folders.claims, namespace));
    const { network, volumes } = this;
    const surroundings = {
      pod,
      network,
      data,
      volumes,
      folder,
      logs: folders.logs,
      hosts: folders.hosts(namespace),
      runner: folders.runner,
    };
    this.containers = pod.spec.containers.map((container) => new RunningContainer(container, surroundings));
    this.life = this.live();
  }

  /** Ends it soon. */
  stop(): void {
    this.stopping = true;
  }

  private async live(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.tick();
        this.trouble = undefined;
      } catch (error) {
        this.trouble = (error as Error).message;
      }
      await sleep(1000);
    }
    await Promise.all(this.containers.map((container) => container.stop()));
    this.network.remove();
    await this.remove();
  }

  private async tick(): Promise<void> {
    await this.refresh();
    const statuses: ContainerStatus[] = [];
    for (const container of this.containers) statuses.push(await container.tick());
    await this.report(statuses);
  }

  /** Controllers see changed ConfigMaps and Secrets without a restart. */
  private async refresh(): Promise<void> {
    if (Date.now() - this.refreshedAt < 10_000) return;
    this.refreshedAt = Date.now();
    for (const volume of this.pod.spec.volumes ?? []) {
      if (Volumes.isReadOnly(volume)) await this.volumes.folderOf(volume);
    }
  }

  private async report(containerStatuses: readonly ContainerStatus[]): Promise<void> {
    const podIP = this.network.address;
    const ready = containerStatuses.every((container) => container.ready);
    const conditions = [
      ...['PodScheduled', 'Initialized', 'PodReadyToStartContainers'].map((type) => this.condition(type, true)),
      ...['ContainersReady', 'Ready'].map((type) => this.condition(type, ready)),
    ];
    const status = { phase: 'Running', podIP, podIPs: [{ ip: podIP }], startTime: this.startedAt, conditions, containerStatuses };
    const report = JSON.stringify(status);
    if (report === this.reported) return;
    await this.api.patch(`${this.path}/status`, { status });
    this.reported = report;
  }

  private condition(type: string, holds: boolean): object {
    const status = holds ? 'True' : 'False';
    const before = this.conditions.get(type);
    const condition = before?.status === status ? before : { status, lastTransitionTime: now() };
    this.conditions.set(type, condition);
    return { type, ...condition };
  }

  private async remove(): Promise<void> {
    const { uid } = this.pod.metadata;
    const options = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid } };
    try {
      await this.api.delete(this.path, options);
    } catch (error) {
      if (!(error instanceof ApiError)) this.trouble = (error as Error).message;
    }
  }

  private get path(): string {
    const { namespace, name } = this.pod.metadata;
    return `/api/v1/namespaces/${namespace}/pods/${name}`;
  }
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
