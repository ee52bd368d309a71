import type { Caller } from './caller';

/** Where a port is reached from other pods. */
export interface ServedPort {
  /**
   * Name of the Service.
   *
   * @default - the Service of the workload, named like it
   */
  readonly service?: string;
  /** @default - the container port's */
  readonly name?: string;
  /** @default - the container port's */
  readonly port?: number;
  /** What the port speaks, as a mesh or gateway reads it: `http`, `grpc`. @default - not said */
  readonly appProtocol?: string;
  /**
   * Whether the Service names the container port by its number.
   *
   * @default false
   */
  readonly byNumber?: boolean;
}

/**
 * A port on which a program listens, and who calls it: the only declaration of both. The container's port, the Services', the probes,
 * network policies and what a mesh has to know follow.
 */
export interface Port {
  /** 1 to 65535 */
  readonly port: number;
  /** @default - unnamed */
  readonly name?: string;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
  /** Services that lead to it: one, or several. @default - no Service leads to it */
  readonly served?: ServedPort | readonly ServedPort[];
  /** Who calls it. @default - whom the namespace's own policy admits */
  readonly callers?: readonly Caller[];
}
