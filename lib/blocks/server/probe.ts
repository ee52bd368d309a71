import type { Probe } from '../../../crds-imports/core';
import type { Port } from '../../contracts';
import { portRef } from './port';

/** What of a probe differs from Kubernetes' own defaults. */
type Timings = Pick<Probe, 'initialDelaySeconds' | 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold' | 'successThreshold'>;

/** Asks an HTTP path. */
export type ProbePath = { readonly path: string; readonly scheme?: 'HTTP' | 'HTTPS' } & Timings;

/** Asks the gRPC health service of the port. */
export type ProbeGrpc = { readonly grpc: true } & Timings;

/** Opens a connection to the port. */
export type ProbeTcp = { readonly tcp: true } & Timings;

/** Runs a command in the container; it is well when the command ends with 0. */
export type ProbeCommand = { readonly command: readonly string[] } & Timings;

export type HealthProbe = ProbePath | ProbeGrpc | ProbeTcp | ProbeCommand;

/** How a program tells whether it has started, whether it lives and whether it is ready. */
export interface Health {
  readonly port: Port;
  /** The others wait for it. @default - no startup probe */
  readonly startup?: HealthProbe;
  /** @default - no liveness probe */
  readonly liveness?: HealthProbe;
  /** @default - no readiness probe */
  readonly readiness?: HealthProbe;
}

/** The probes of a container. */
export function probes({ port, startup, liveness, readiness }: Health) {
  return {
    ...(startup && { startupProbe: toProbe(startup, port) }),
    ...(liveness && { livenessProbe: toProbe(liveness, port) }),
    ...(readiness && { readinessProbe: toProbe(readiness, port) }),
  };
}

function toProbe(probe: HealthProbe, port: Port): Probe {
  if ('path' in probe) {
    const { path, scheme, ...timings } = probe;
    return { httpGet: { path, port: portRef(port), scheme }, ...timings };
  }
  if ('grpc' in probe) {
    const { grpc: _, ...timings } = probe;
    return { grpc: { port: port.port }, ...timings };
  }
  if ('tcp' in probe) {
    const { tcp: _, ...timings } = probe;
    return { tcpSocket: { port: portRef(port) }, ...timings };
  }
  const { command, ...timings } = probe;
  return { exec: { command }, ...timings };
}
