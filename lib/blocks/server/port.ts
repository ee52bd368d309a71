import type { ContainerPort, ServicePort } from '../../../crds-imports/core';
import type { Port, ServedPort } from '../../contracts';

export type { Port, ServedPort };

/** How a probe or a Service names a container port: by name where it has one. */
export function portRef({ name, port }: Port): string | number {
  return name ?? port;
}

/** The container's side of a port. */
export function containerPort({ name, port, protocol = 'TCP' }: Port): ContainerPort {
  return { ...(name && { name }), containerPort: port, protocol };
}

/** A Service's side of a port, given where the Service serves it. */
export function servicePort(port: Port, served: ServedPort = {}): ServicePort {
  const { name = port.name, port: number = port.port, appProtocol, byNumber = false } = served;
  const { protocol = 'TCP' } = port;
  return {
    ...(name && { name }),
    port: number,
    protocol,
    ...(appProtocol && { appProtocol }),
    targetPort: byNumber ? port.port : portRef(port),
  };
}

/** A port at a Service. */
export interface ServiceAddress {
  /** Name of the Service. */
  readonly service: string;
  readonly port: Port;
  readonly served: ServedPort;
}

/**
 * Where a port is served, the first Service before others.
 *
 * @param server name of the Service of ports that name none
 */
export function servedAt(port: Port, server: string): ServiceAddress[] {
  const served = [port.served ?? []].flat() as ServedPort[];
  return served.map((at) => ({ service: at.service ?? server, port, served: at }));
}

/** The Services of a server by name, each with the ports that it serves. */
export function servicesOf(ports: readonly Port[], server: string): Map<string, ServiceAddress[]> {
  const services = new Map<string, ServiceAddress[]>();
  for (const at of ports.flatMap((port) => servedAt(port, server)))
    services.set(at.service, [...(services.get(at.service) ?? []), at]);
  return services;
}
