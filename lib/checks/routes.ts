import type { IConstruct } from 'constructs';
import type { Service } from '../../crds-imports/core';
import { MESH } from '../contracts';
import type { Labels, Manifest, ObjectModel, Reference } from '../core';
import { target } from '../core/references';
import type { IdentifiedPods } from './authorization-policies';
import { podsWith } from './gateway-pods';
import { listeningPort } from './served-port';

/** That requests which come through a gateway go to a Service of the model. */
export interface RoutedService {
  /** The VirtualService or HTTPRoute. */
  readonly route: Manifest;
  readonly construct: IConstruct;
  readonly gateway: Reference;
  /** The name of the Service in the route. */
  readonly to: Reference;
  readonly service: Manifest;
  readonly selector: Labels;
}

/** That they go to the pods of a workload. */
export interface RoutedWorkload extends RoutedService {
  readonly workload: Manifest;
  /** On which the pods listen; a name where no container has a port of that name. */
  readonly port: number | string;
  /** The pods of the gateway; none where nobody knows them. */
  readonly callers: readonly IdentifiedPods[];
}

/** Services of the model that routes lead to. A route is what names both gateways and Services. */
export function* routedServices({ objects, index }: ObjectModel): Iterable<RoutedService> {
  for (const { construct, manifest: route } of objects) {
    const references = index.references(route);
    const gateways = references.filter(({ kind }) => kind === 'Gateway');
    const services = references.filter(({ group, kind }) => group === '' && kind === 'Service');
    for (const gateway of gateways)
      for (const to of services) {
        const service = index.get(target(to));
        const { selector } = (service as unknown as Service | undefined)?.spec ?? {};
        if (service && selector) yield { route, construct, gateway, to, service, selector };
      }
  }
}

/** Workloads of the model that routes lead to. */
export function* routedWorkloads(model: ObjectModel): Iterable<RoutedWorkload> {
  for (const routed of routedServices(model)) {
    const callers = callersOf(routed, model);
    for (const workload of model.index.behind(routed.service)) {
      const port = listeningPort(routed.service, routed.to.port, workload);
      if (port !== undefined) yield { ...routed, workload, port, callers };
    }
  }
}

/** The pods of a gateway: of the model, or as the mesh that the cluster has tells of them. */
function callersOf({ gateway, construct }: RoutedService, model: ObjectModel): readonly IdentifiedPods[] {
  const declared = model.index.get(target(gateway));
  const { selector } = (declared?.spec ?? {}) as { selector?: Labels };
  if (selector) return podsWith(selector, model);
  const name = `${gateway.namespace}/${gateway.name}`;
  return MESH.all(construct)
    .map((mesh) => mesh.gateway)
    .filter((known) => known.name === name)
    .map(({ namespace, pods, principal }) => ({ namespace, labels: pods, principal }));
}
