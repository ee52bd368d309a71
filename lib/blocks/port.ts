import type { ContainerPort, ServicePort } from '../../crds-imports/core';

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
  /**
   * Whether the Service names the container port by its number.
   *
   * @default false
   */
  readonly byNumber?: boolean;
}

/**
 * A port on which a program listens: the only declaration of it. The container's port, the Service's, the probes and the network
 * policies follow.
 */
export interface Port {
  /** 1 to 65535 */
  readonly port: number;
  /** @default - unnamed */
  readonly name?: string;
  /** @default - no Service leads to it */
  readonly served?: ServedPort;
}

/** How a probe or a Service names a container port: by name where it has one. */
export function portRef({ name, port }: Port): string | number {
  return name ?? port;
}

/** The container's side of a port. */
export function containerPort({ name, port }: Port): ContainerPort {
  return { ...(name && { name }), containerPort: port, protocol: 'TCP' };
}

/** The Service's side of a port. */
export function servicePort(port: Port): ServicePort {
  const { name = port.name, port: number = port.port, byNumber = false } = port.served ?? {};
  return { ...(name && { name }), port: number, protocol: 'TCP', targetPort: byNumber ? port.port : portRef(port) };
}
