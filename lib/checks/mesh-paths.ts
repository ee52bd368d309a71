import { type Breach, describe, type ObjectModel, podSpecs, type Rule } from '../core';
import { AuthorizationPolicies, type IdentifiedPods } from './authorization-policies';
import { isGuarded } from './mesh-membership';
import { NetworkPolicies } from './network-policies';
import { type RoutedService, routedServices, routedWorkloads } from './routes';
import { hasUnknownPods } from './unknown-pods';

/**
 * What comes through a gateway arrives: behind the Service of a route there are pods that listen, and neither a NetworkPolicy nor an
 * AuthorizationPolicy refuses the gateway. Whether gateway, Service and port are there at all, the references tell.
 */
export const meshPaths: readonly Rule<ObjectModel>[] = [
  {
    id: 'mesh/route-without-pods',
    level: 'error',
    reason: 'A gateway answers 503 for a Service that selects no pods.',
    check: onceEach(withoutPods),
  },
  {
    id: 'mesh/route-to-missing-port',
    level: 'error',
    reason: 'A Service leads nowhere when no container has a port of the name that it leads to.',
    check: onceEach(withoutPort),
  },
  {
    id: 'mesh/gateway-shut-out',
    level: 'error',
    reason: 'Requests through a gateway hang when no NetworkPolicy admits its pods to the port behind the route.',
    check: onceEach(shutOut),
  },
  {
    id: 'mesh/unauthorized-gateway',
    level: 'error',
    reason:
      'Requests through a gateway are answered 403 when no AuthorizationPolicy admits its identity to the port behind the route.',
    check: onceEach(unauthorized),
  },
];

type Said = readonly [routed: RoutedService, message: string];

/** Several routes to one Service, or one through several gateways, are told of once. */
function onceEach(search: (model: ObjectModel) => Iterable<Said>): (model: ObjectModel) => Iterable<Breach> {
  return function* check(model) {
    const told = new Set<string>();
    for (const [{ construct }, message] of search(model)) {
      if (told.has(message)) continue;
      told.add(message);
      yield { path: construct.node.path, message };
    }
  };
}

function* withoutPods(model: ObjectModel): Iterable<Said> {
  for (const routed of routedServices(model)) {
    const { route, construct, service, selector } = routed;
    if (model.index.behind(service).length > 0) continue;
    if (hasUnknownPods(model, construct, service.metadata.namespace, selector)) continue;
    yield [
      routed,
      `${describe(service)} has no pods behind it, to which ${describe(route)} leads: no workload of the model has the labels ${JSON.stringify(selector)}`,
    ];
  }
}

function* withoutPort(model: ObjectModel): Iterable<Said> {
  for (const routed of routedWorkloads(model)) {
    const { route, service, workload, port } = routed;
    if (typeof port === 'string')
      yield [
        routed,
        `${describe(workload)}: no container has a port named ${port}, to which ${describe(route)} leads through ${describe(service)}`,
      ];
  }
}

function* shutOut(model: ObjectModel): Iterable<Said> {
  const policies = new NetworkPolicies(model);
  for (const routed of routedWorkloads(model)) {
    const { route, gateway, workload, port, callers } = routed;
    if (typeof port !== 'number' || callers.length === 0) continue;
    if (callers.some((caller) => policies.admit(caller, workload, port))) continue;
    yield [
      routed,
      `${describe(workload)}: no NetworkPolicy admits the Gateway ${gateway.namespace}/${gateway.name} to port ${port}, to which ${describe(route)} leads`,
    ];
  }
}

function* unauthorized(model: ObjectModel): Iterable<Said> {
  const policies = new AuthorizationPolicies(model);
  for (const routed of routedWorkloads(model)) {
    const { route, workload, port, callers } = routed;
    if (typeof port !== 'number' || callers.length === 0 || !isGuarded(workload, port, model.index)) continue;
    const labels = podSpecs(workload)[0]?.labels ?? {};
    if (callers.some((caller) => policies.admit(caller, workload, labels, port))) continue;
    yield [
      routed,
      `${describe(workload)}: no AuthorizationPolicy admits ${called(callers)} to port ${port}, to which ${describe(route)} leads`,
    ];
  }
}

function called(callers: readonly IdentifiedPods[]): string {
  return callers.map(({ namespace, principal }) => principal ?? `pods of ${namespace}`).join(' or ');
}
