import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../e2e/patience';
import type { EndpointSlice, ServiceObject } from './objects';

/** Where a connection to a Service may end. */
export interface Backend {
  readonly address: string;
  readonly port: number;
}

/** Seconds by which a Service's Pods may be known too late. */
const LATENESS = 3;

/** Says whether a connection is admitted. */
export type Admission = (from: string, to: Backend) => boolean;

/** Listens at the ports of all Services and hands connections on to their Pods, when the network's policies admit it. */
export class ServiceProxy {
  private readonly listeners = new Map<string, Server>();
  private readonly backends = new Map<string, readonly Backend[]>();
  private readonly clients = new Set<Socket>();
  private turn = 0;

  constructor(private readonly admits: Admission) {}

  /** @param backends by `<address>:<port>` of the Service */
  update(backends: ReadonlyMap<string, readonly Backend[]>): void {
    this.backends.clear();
    for (const [at, found] of backends) {
      this.backends.set(at, found);
      if (!this.listeners.has(at)) this.listen(at);
    }
    for (const [at, server] of this.listeners) {
      if (this.backends.has(at)) continue;
      server.close();
      this.listeners.delete(at);
    }
  }

  /** Listens no more, and ends all connections. */
  close(): void {
    this.update(new Map());
    for (const client of this.clients) client.destroy();
  }

  private listen(at: string): void {
    const [host, port] = at.split(':');
    const server = createServer((socket) => void this.serve(at, socket));
    // The next update tries again.
    server.on('error', () => this.listeners.delete(at));
    server.listen({ host, port: Number(port) });
    this.listeners.set(at, server);
  }

  private async serve(at: string, client: Socket): Promise<void> {
    this.clients.add(client);
    client.on('error', () => {});
    client.on('close', () => this.clients.delete(client));
    // What is read each second is a little late; nodes hear at once of a Pod that has become ready.
    const backend = await until(
      async () => this.next(at),
      (one) => one !== undefined,
      LATENESS,
    );
    if (!backend) {
      client.destroy();
      return;
    }
    if (!this.admits(client.remoteAddress ?? '', backend)) {
      // What a policy refuses gets no answer.
      await sleep(20_000);
      client.destroy();
      return;
    }
    if (client.destroyed) return;
    const server = connect({ host: backend.address, port: backend.port });
    server.on('error', () => client.destroy());
    client.on('close', () => server.destroy());
    client.pipe(server).pipe(client);
  }

  /** The Pods of a Service take turns. */
  private next(at: string): Backend | undefined {
    const backends = this.backends.get(at) ?? [];
    this.turn += 1;
    return backends[this.turn % backends.length];
  }
}

/** The Pods behind each port of each Service. */
export function backendsOf(services: readonly ServiceObject[], slices: readonly EndpointSlice[]): Map<string, Backend[]> {
  const backends = new Map<string, Backend[]>();
  for (const { metadata, spec } of services) {
    if (!spec.clusterIP || spec.clusterIP === 'None') continue;
    const own = slices.filter((slice) => belongs(slice, metadata));
    for (const { name = '', port } of spec.ports ?? []) {
      const found = own.flatMap(({ endpoints, ports }) => {
        const target = ports?.find((one) => (one.name ?? '') === name)?.port;
        if (target === undefined) return [];
        const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready ?? true);
        return ready.map(({ addresses }) => ({ address: addresses[0] ?? '', port: target }));
      });
      backends.set(`${spec.clusterIP}:${port}`, found);
    }
  }
  return backends;
}

/** The lines of /etc/hosts in Pods of a namespace: what its DNS would answer. */
export function hostsOf(services: readonly ServiceObject[], slices: readonly EndpointSlice[], namespace: string): string {
  const lines = ['127.0.0.1 localhost'];
  for (const { metadata, spec } of services) {
    const known = [`${metadata.name}.${metadata.namespace}`];
    const names = (host: string) => {
      const short = metadata.namespace === namespace ? [host.slice(0, -1 - namespace.length)] : [];
      return [...short, host, `${host}.svc`, `${host}.svc.cluster.local`].join(' ');
    };
    if (spec.clusterIP && spec.clusterIP !== 'None') lines.push(`${spec.clusterIP} ${known.map(names).join(' ')}`);
    for (const { addresses, hostname } of slices
      .filter((slice) => belongs(slice, metadata))
      .flatMap(({ endpoints }) => endpoints ?? [])) {
      if (hostname !== undefined) lines.push(`${addresses[0]} ${known.map((name) => names(`${hostname}.${name}`)).join(' ')}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function belongs({ metadata }: EndpointSlice, service: ServiceObject['metadata']): boolean {
  return metadata.namespace === service.namespace && metadata.labels?.['kubernetes.io/service-name'] === service.name;
}
