import type { IConstruct } from 'constructs';
import type { Service } from '../../crds-imports/core';
import { MESH, MESH_REFERENCE } from '../contracts';
import { describe, type Finding, type Manifest, type ObjectModel, podSpecs, type Reference } from '../core';
import { target } from '../core/references';
import { AuthorizationPolicies, type IdentifiedPods } from './authorization-policies';
import { podsWith } from './gateway-pods';
import { isGuarded } from './mesh-membership';
import { NetworkPolicies } from './network-policies';
import { listeningPort } from './served-port';
import { hasUnknownPods } from './unknown-pods';

/**
 * What comes through a gateway arrives: behind the Service of a route there are pods that listen, and neither a NetworkPolicy nor an
 * AuthorizationPolicy refuses the gateway. Whether gateway, Service and port are there at all, the references tell.
 */
export function* meshPaths(model: ObjectModel): Iterable<Finding> {
  const paths = new Paths(model);
  const told = new Set<string>();
  for (const { construct, manifest } of model.objects) {
    const references = model.index.references(manifest);
    const gateways = references.filter(({ kind }) => kind === 'Gateway');
    const services = references.filter(({ group, kind }) => group === '' && kind === 'Service');
    for (const gateway of gateways)
      for (const service of services)
        for (const message of paths.problems(manifest, construct, gateway, service)) {
          if (told.has(message)) continue;
          told.add(message);
          yield { severity: 'error', path: construct.node.path, message };
        }
  }
}

class Paths {
  private readonly networkPolicies: NetworkPolicies;
  private readonly authorizationPolicies: AuthorizationPolicies;

  constructor(private readonly model: ObjectModel) {
    this.networkPolicies = new NetworkPolicies(model);
    this.authorizationPolicies = new AuthorizationPolicies(model);
  }

  /** What stops requests that come through a gateway and go to a Service. */
  *problems(route: Manifest, construct: IConstruct, gateway: Reference, to: Reference): Iterable<string> {
    const { index } = this.model;
    const service = index.get(target(to));
    const { selector } = (service as unknown as Service | undefined)?.spec ?? {};
    if (!service || !selector) return;
    const workloads = index.behind(service);
    if (workloads.length === 0 && !hasUnknownPods(this.model, construct, service.metadata.namespace, selector))
      yield `${describe(service)} has no pods behind it, to which ${describe(route)} leads: no workload of the model has the labels ${JSON.stringify(selector)}`;
    const callers = this.callersOf(gateway, construct);
    for (const workload of workloads) {
      const port = listeningPort(service, to.port, workload);
      if (typeof port === 'string')
        yield `${describe(workload)}: no container has a port named ${port}, to which ${describe(route)} leads through ${describe(service)}`;
      if (typeof port !== 'number' || callers.length === 0) continue;
      const refused = `to port ${port}, to which ${describe(route)} leads`;
      if (!callers.some((caller) => this.networkPolicies.admit(caller, workload, port)))
        yield `${describe(workload)}: no NetworkPolicy admits the Gateway ${gateway.namespace}/${gateway.name} ${refused}`;
      if (isGuarded(workload, port, index) && !callers.some((caller) => this.isAuthorized(caller, workload, port)))
        yield `${describe(workload)}: no AuthorizationPolicy admits ${called(callers)} ${refused}`;
    }
  }

  private isAuthorized(caller: IdentifiedPods, workload: Manifest, port: number): boolean {
    return this.authorizationPolicies.admit(caller, workload, podSpecs(workload)[0]?.labels ?? {}, port);
  }

  /** The pods of a gateway: of the model, or as the mesh that the cluster has tells of them. */
  private callersOf(gateway: Reference, construct: IConstruct): readonly IdentifiedPods[] {
    const declared = this.model.index.get(target(gateway));
    const { selector } = (declared?.spec ?? {}) as { selector?: Readonly<Record<string, string>> };
    if (selector) return podsWith(selector, this.model);
    const name = `${gateway.namespace}/${gateway.name}`;
    return [
      ...MESH.all(construct)
        .map((mesh) => mesh.gateway)
        .filter((known) => known.name === name)
        .map(({ namespace, pods, principal }) => ({ namespace, labels: pods, principal })),
      ...MESH_REFERENCE.all(construct)
        .filter((known) => known.gateway === name)
        .map(({ namespace, gatewayPrincipal }) => ({ namespace, principal: gatewayPrincipal })),
    ];
  }
}

function called(callers: readonly IdentifiedPods[]): string {
  return callers.map(({ namespace, principal }) => principal ?? `pods of ${namespace}`).join(' or ');
}
