import type { IConstruct } from 'constructs';
import type { ServedRuntime } from '../../../contracts';
import { namespaceOf } from '../../../core';
import { clusterOf } from '../cluster';
import { SERVING_RUNTIMES } from './formats';
import { ServingRuntimeBase } from './serving-runtime';

/** The serving runtimes that a server may be run by. */
export interface Runtimes {
  /** By name; one of the namespace goes before one of the cluster. */
  readonly shapes: Readonly<Record<string, ServedRuntime>>;
  /** Whether there are no others, as far as the model tells. */
  readonly complete: boolean;
}

/** The runtimes of the cluster, those that are declared before in the app, and those of the construct's namespace. */
export function runtimesAt(construct: IConstruct): Runtimes {
  const { runtimes } = clusterOf(construct);
  const cluster = ServingRuntimeBase.around(construct);
  const namespace = namespaceOf(construct);
  const own = namespace === undefined ? [] : ServingRuntimeBase.around(construct, namespace);
  const declared = Object.fromEntries([...cluster, ...own].map(({ name, spec }) => [name, spec]));
  return { shapes: { ...(runtimes ?? SERVING_RUNTIMES), ...declared }, complete: runtimes !== undefined };
}
