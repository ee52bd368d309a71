import type { Construct } from 'constructs';
import type { Caller, Port, Route } from '../../contracts';
import { ConstructError } from '../../core';
import type { Health, HealthProbe, ProbeCommand } from '../server/probe';
import { Replicas } from '../server/replicas';
import { Server, type ServerProps } from '../server/server';
import { WebAppAccess } from './web-app-access';

/** What a web application has to know of those who use it. */
export interface Users {
  /** HTTP header with the user's name; undefined where nobody sets one: it asks for no user then, since nobody else reaches it. */
  readonly header: string | undefined;
  /** Path at which users find it, with a `/` at both ends. */
  readonly path: string;
  /** Address on which it has to listen; undefined for all. */
  readonly address: string | undefined;
}

/** A web application for people. */
export interface WebAppProps
  extends Omit<ServerProps, 'ports' | 'replicas' | 'health' | 'command' | 'args' | 'env' | 'mesh' | 'runs'> {
  /** Where it listens. */
  readonly port: Omit<Port, 'callers'>;
  /** Path below which it serves, with a `/` at both ends. @default '/' */
  readonly path?: string;
  /** Where the gateway of a mesh leads to it. @default - its own path, as it is */
  readonly route?: Partial<Route>;
  /** How users reach it. @default - through the gateway of the platform's mesh; a port-forward where it has none */
  readonly access?: WebAppAccess;
  /** Who calls it besides users. @default - nobody */
  readonly callers?: readonly Caller[];
  /** Whether it is well, asked for at its port. */
  readonly probes: Omit<Health, 'port'>;
  /** How it is started for its users. */
  readonly start: (users: Users) => Pick<ServerProps, 'command' | 'args' | 'env'>;
  /**
   * How its container asks itself over the loopback interface, which the kubelet does not reach.
   *
   * @default - it cannot listen there, so a port-forward is refused
   */
  readonly askItself?: (url: string) => ProbeCommand;
}

const LOOPBACK = '127.0.0.1';

/** A web application: a server, and what leads its users to it. */
export class WebApp extends Server {
  /** @throws ConstructError when users are to come through a mesh that is not there, or by a port-forward to which it cannot listen */
  constructor(scope: Construct, id: string, props: WebAppProps) {
    const {
      port,
      path = '/',
      route,
      access = WebAppAccess.ofPlatform(scope),
      callers = [],
      probes,
      start,
      askItself,
      ...rest
    } = props;
    const { caller, membership } = access;
    const prefix = route?.prefix ?? path;
    const called: Port = caller ? { ...port, callers: [caller, ...callers] } : { ...port, served: undefined };
    if (!caller && !askItself)
      throw new ConstructError(
        `${scope.node.path}/${id}`,
        'it listens to everybody who reaches its pod, so a port-forward would leave it without a login; give access through a mesh or an Ingress',
      );
    super(scope, id, {
      ...rest,
      ...start({
        header: access.userHeader(scope),
        path: membership === 'inside' ? prefix : path,
        address: caller ? undefined : LOOPBACK,
      }),
      mesh: membership,
      ports: [called],
      replicas: caller ? Replicas.any() : Replicas.one('a port-forward reaches one pod'),
      health: {
        port,
        ...(caller || !askItself ? probes : asked(probes, (at) => askItself(`http://${LOOPBACK}:${port.port}${at}`))),
      },
    });
    access.expose(this, {
      server: this.guarded,
      workload: this.workload.name,
      port: called,
      path,
      route: { rewrite: path, ...route, prefix },
    });
  }
}

/** The same probes, asked by the container itself. */
function asked(probes: Omit<Health, 'port'>, ask: (path: string) => ProbeCommand): Omit<Health, 'port'> {
  const itself = (probe: HealthProbe): HealthProbe => {
    if (!('path' in probe)) return probe;
    const { path, scheme: _, ...timings } = probe;
    return { ...timings, ...ask(path) };
  };
  return Object.fromEntries(Object.entries(probes).map(([name, probe]) => [name, probe && itself(probe)]));
}
