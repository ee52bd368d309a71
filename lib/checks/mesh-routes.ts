import type { IConstruct } from 'constructs';
import type { VirtualService } from '../../crds-imports/networking.istio.io';
import { type Breach, describe, type Manifest, type ObjectModel, type Rule } from '../core';
import { groupOf } from '../core/kind';

/** A path at a gateway, and where it is led. */
interface RoutedPath {
  readonly construct: IConstruct;
  readonly route: Manifest;
  readonly gateway: string;
  readonly hosts: readonly string[];
  readonly prefix: string;
  /** Which of the rules of its object it is. */
  readonly rule: number;
}

/**
 * Each path leads to one place. A gateway puts the routes of all VirtualServices of a host into one list and takes the first that
 * fits; only those for `/` come last whatever happens. Across objects nobody can say which is the first.
 *
 * @see https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services
 */
export const meshRoutes: readonly Rule<ObjectModel>[] = [
  {
    id: 'mesh/duplicate-route',
    level: 'error',
    reason: 'Of two routes for one path a gateway takes the one that it happens to read first.',
    check: (model) =>
      conflicts(
        model,
        (first, second) => first.prefix === second.prefix,
        ({ prefix }, { route }) => `the path ${prefix} is led elsewhere by ${describe(route)}; give one of them another path`,
      ),
  },
  {
    id: 'mesh/shadowed-route',
    level: 'error',
    reason: 'A route is never taken when another one for a part of its path comes first.',
    check: (model) =>
      conflicts(model, shadows, ({ prefix, route }, shadowed) =>
        route === shadowed.route
          ? `the path ${prefix} comes before ${shadowed.prefix}, which is below it and is never reached; put the longer one first`
          : `the path ${prefix} hides ${shadowed.prefix} of ${describe(shadowed.route)}, unless that happens to be read first; give one of them another path`,
      ),
  },
];

type Conflict = (first: RoutedPath, second: RoutedPath) => boolean;

function* conflicts(
  model: ObjectModel,
  conflict: Conflict,
  words: (first: RoutedPath, second: RoutedPath) => string,
): Iterable<Breach> {
  const paths = routedPaths(model);
  const told = new Set<string>();
  for (const [at, first] of paths.entries())
    for (const [other, second] of paths.entries()) {
      if (at === other || first.gateway !== second.gateway || !meet(first.hosts, second.hosts)) continue;
      if (!conflict(first, second)) continue;
      const pair = [at, other].sort((a, b) => a - b).join();
      if (told.has(pair)) continue;
      told.add(pair);
      yield { path: first.construct.node.path, message: `${describe(first.route)}: ${words(first, second)}` };
    }
}

/** Whether a path takes the requests of another one that is below it. `/` is the last of all, if it is in an object of its own. */
function shadows(first: RoutedPath, second: RoutedPath): boolean {
  if (first.prefix === second.prefix || !second.prefix.startsWith(first.prefix)) return false;
  return first.route === second.route ? first.rule < second.rule : first.prefix !== '/';
}

/** What requests are matched by nothing but the beginning of their path. */
function routedPaths({ objects }: ObjectModel): RoutedPath[] {
  return objects.flatMap(({ construct, manifest: route }) => {
    if (route.kind !== 'VirtualService' || groupOf(route.apiVersion) !== 'networking.istio.io') return [];
    const { gateways = [], hosts = [], http = [] } = (route as unknown as VirtualService).spec ?? {};
    const names = gateways
      .filter((name) => name !== 'mesh')
      .map((name) => (name.includes('/') ? name : `${route.metadata.namespace}/${name}`));
    return http.flatMap(({ match = [{}] }, rule) =>
      match.flatMap(({ uri = { prefix: '/' }, ...others }) =>
        uri.prefix === undefined || Object.keys(others).some((name) => name !== 'name')
          ? []
          : names.map((gateway) => ({ construct, route, gateway, hosts, prefix: uri.prefix as string, rule })),
      ),
    );
  });
}

/** Whether some host name is among both. A `*` stands for any beginning. */
function meet(one: readonly string[], other: readonly string[]): boolean {
  const covers = (pattern: string, host: string) =>
    pattern === host || (pattern.startsWith('*') && host.endsWith(pattern.slice(1)));
  return one.some((first) => other.some((second) => covers(first, second) || covers(second, first)));
}
