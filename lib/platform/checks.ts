import type { IConstruct } from 'constructs';
import { Endpoint } from '../contracts';
import { RANGES, rangeProblems, refuse } from '../core';
import type { KubeflowPlatformProps } from './kubeflow-platform';
import { type AnyProduct, products } from './products';
import { settingProblems } from './setting-problems';
import type { WorkloadSettings } from './workload-settings';

const PRODUCTS: ReadonlyMap<string, AnyProduct> = new Map(products);

/** Refuses a platform for everything that is wrong with its props, but for those of single components. */
export function checkPlatform(
  platform: IConstruct,
  { components, existing = {}, workloads, verbosity, endpoint }: KubeflowPlatformProps,
): void {
  const { objects, ...there } = existing;
  refuse(platform, [
    ...rangeProblems(RANGES.verbosity, { verbosity }),
    ...rangeProblems(RANGES.natural, replicasOf(workloads)),
    ...(workloads ? settingProblems(workloads) : []),
    ...(endpoint ? Endpoint.problems(endpoint) : []),
    ...unknown('component', named(components), ([, { install }]) => install !== undefined),
    ...unknown('component', named(there), () => true),
    ...named(components)
      .filter((name) => named(there).includes(name))
      .map(
        (name) => `${idOf(name)} is to be installed and declared as existing; leave out components.${name} or existing.${name}`,
      ),
    ...missing(components, new Set([...named(components), ...named(there)])),
  ]);
}

/** The names that are given a value. */
function named(record: object): string[] {
  return Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

function idOf(name: string): string {
  return PRODUCTS.get(name)?.id ?? name;
}

function unknown(what: string, names: readonly string[], fits: (product: (typeof products)[number]) => boolean): string[] {
  const known = products.filter(fits).map(([name]) => name);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => `there is no ${what} ${name}; there are ${known.join(', ')}`);
}

/** What components need that is neither installed nor existing. */
function missing(components: object, there: ReadonlySet<string>): string[] {
  return Object.entries(components).flatMap(([name, options]) =>
    options === undefined
      ? []
      : Object.entries(PRODUCTS.get(name)?.needs?.(options as never) ?? {})
          .filter(([needed]) => !there.has(needed))
          .map(
            ([needed, why]) =>
              `${idOf(name)} needs ${idOf(needed)} for ${why}; install it (components.${needed} = {}) or declare it as existing (existing.${needed})`,
          ),
  );
}

function replicasOf({ replicas = {} }: WorkloadSettings = {}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(replicas).map(([workload, number]) => [`workloads.replicas[${JSON.stringify(workload)}]`, number]),
  );
}
