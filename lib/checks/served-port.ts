import type { Service } from '../../crds-imports/core';
import { type Manifest, podSpecs } from '../core';

/** The port behind a Service's port in the pods of a workload; its name where no container has a port of that name. */
export function listeningPort(service: Manifest | undefined, port: number | string | undefined, workload: Manifest) {
  const ports = (service as unknown as Service | undefined)?.spec?.ports ?? [];
  const served =
    port === undefined && ports.length === 1 ? ports[0] : ports.find((one) => one.port === port || one.name === port);
  const wanted = served?.targetPort ?? served?.port;
  return typeof wanted === 'string' ? (containerPort(workload, wanted) ?? wanted) : wanted;
}

/** The number of a named port of a workload's containers. */
export function containerPort(workload: Manifest, name: string): number | undefined {
  const containers = podSpecs(workload).flatMap(({ spec }) => spec.containers ?? []);
  return containers.flatMap(({ ports = [] }) => ports).find((port) => port.name === name)?.containerPort;
}
