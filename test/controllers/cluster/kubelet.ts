import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../../e2e/kubectl';
import { Api } from './api';
import { runs } from './images';
import { API_SERVER } from './network';
import { admits, type NetworkPolicy, type Peer } from './network-policy';
import type { EndpointSlice, PodObject, ServiceObject } from './objects';
import { type Folders, RunningPod } from './running-pod';
import { type Backend, backendsOf, hostsOf, ServiceProxy } from './service-proxy';

/** Runs the Pods whose programs are there, and connects them by their Services. */
export class Kubelet {
  private readonly api: Api;
  private readonly pods = new Map<string, RunningPod>();
  private readonly proxy = new ServiceProxy((from, to) => this.admits(from, to));
  private readonly folders: Folders;
  private readonly hosts = new Map<string, string>();
  private peers = new Map<string, NamedPeer>();
  private policies: readonly NetworkPolicy[] = [];
  private stopping = false;
  private life: Promise<void> = Promise.resolve();
  /** Connections that NetworkPolicies refused, each once. */
  readonly refusals = new Set<string>();

  /**
   * @param kubeconfig of the control plane
   * @param folder for what Pods write, and for their logs
   * @param runner path of the program that becomes a container's
   */
  constructor(kubeconfig: string, folder: string, runner: string) {
    this.api = new Api(kubeconfig);
    const below = (name: string) => join(folder, name);
    for (const name of ['pods', 'claims', 'logs', 'hosts']) mkdirSync(below(name), { recursive: true });
    this.folders = {
      pods: below('pods'),
      claims: below('claims'),
      logs: below('logs'),
      hosts: (namespace) => join(below('hosts'), namespace),
      runner,
    };
  }

  start(): void {
    this.life = this.live();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.life;
    for (const pod of this.pods.values()) pod.stop();
    await Promise.all([...this.pods.values()].map(({ life }) => life));
    this.proxy.close();
    this.api.close();
  }

  /** Why Pods could not be brought further last time. */
  get troubles(): string[] {
    return [...this.pods.values()].flatMap(({ trouble }) => trouble ?? []);
  }

  private async live(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.tick();
      } catch (error) {
        // The API server may be busy; the next second tries again.
        writeFileSync(join(this.folders.logs, 'kubelet.log'), `${(error as Error).stack}\n`, { flag: 'a' });
      }
      await sleep(1000);
    }
  }

  private async tick(): Promise<void> {
    const [pods, services, slices, namespaces, policies] = await Promise.all([
      this.api.list<PodObject>('/api/v1/pods'),
      this.api.list<ServiceObject>('/api/v1/services'),
      this.api.list<EndpointSlice>('/apis/discovery.k8s.io/v1/endpointslices'),
      this.api.list<KubernetesObject>('/api/v1/namespaces'),
      this.api.list<NetworkPolicy>('/apis/networking.k8s.io/v1/networkpolicies'),
    ]);
    this.policies = policies;
    this.peers = peersOf(pods, namespaces);
    for (const { metadata } of namespaces) this.writeHosts(metadata.name, hostsOf(services, slices, metadata.name));
    const backends = backendsOf(services, slices);
    backends.set(`${API_SERVER}:443`, [{ address: '127.0.0.1', port: this.api.port }]);
    this.proxy.update(backends);
    this.follow(pods);
  }

  private writeHosts(namespace: string, content: string): void {
    if (this.hosts.get(namespace) === content) return;
    this.hosts.set(namespace, content);
    // In its place: containers have the file itself mounted.
    writeFileSync(this.folders.hosts(namespace), content);
  }

  private follow(pods: readonly PodObject[]): void {
    const there = new Set(pods.map(({ metadata }) => metadata.uid));
    for (const pod of pods) {
      const { uid, deletionTimestamp } = pod.metadata;
      const running = this.pods.get(uid);
      if (deletionTimestamp !== undefined) running?.stop();
      if (running || !pod.spec.nodeName || !runs(pod)) continue;
      // One that is deleted before it has started does so too: whoever stops also removes.
      const started = new RunningPod(pod, this.api, this.folders);
      if (deletionTimestamp !== undefined) started.stop();
      this.pods.set(uid, started);
      void started.life.then(() => this.pods.delete(uid));
    }
    for (const [uid, pod] of this.pods) if (!there.has(uid)) pod.stop();
  }

  private admits(from: string, to: Backend): boolean {
    const [source, target] = [this.peers.get(from), this.peers.get(to.address)];
    // The API server and the node are no Pods.
    if (!source || !target || admits(this.policies, source, target, to.port)) return true;
    this.refusals.add(`${source.namespace}/${source.name} to ${target.namespace}/${target.name} port ${to.port}`);
    return false;
  }
}

interface NamedPeer extends Peer {
  readonly name: string;
}

function peersOf(pods: readonly PodObject[], namespaces: readonly KubernetesObject[]): Map<string, NamedPeer> {
  const labels = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  return new Map(
    pods.flatMap(({ metadata, spec, status }) => {
      if (!status.podIP || status.phase !== 'Running') return [];
      const { namespace, name } = metadata;
      const ports = spec.containers.flatMap((container) => container.ports ?? []);
      const peer: NamedPeer = {
        namespace,
        name,
        namespaceLabels: labels.get(namespace) ?? {},
        labels: metadata.labels ?? {},
        address: status.podIP,
        ports: Object.fromEntries(ports.flatMap((port) => (port.name === undefined ? [] : [[port.name, port.containerPort]]))),
      };
      return [[status.podIP, peer] as const];
    }),
  );
}
