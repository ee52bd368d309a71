import type { IConstruct } from 'constructs';
import { namespaceOf } from '../../../core';
import { clusterOf } from '../cluster';
import type { Candidate } from './choice';
import { SERVING_RUNTIMES } from './formats';
import type { ModelRuntime } from './model-runtime';
import { ServingRuntimeBase } from './serving-runtime';

/** The serving runtimes that a server may be run by. */
export interface Runtimes {
  /** Those of the namespace, and those of the cluster. */
  readonly groups: readonly (readonly Candidate[])[];
  /** Whether there are no others, as far as the model tells. */
  readonly complete: boolean;
}

/** The runtimes of the cluster, those that are declared before in the app, and those of the construct's namespace. */
export function runtimesAt(construct: IConstruct): Runtimes {
  const { runtimes } = clusterOf(construct);
  const cluster = ServingRuntimeBase.around(construct);
  const namespace = namespaceOf(construct);
  const own = namespace === undefined ? [] : ServingRuntimeBase.around(construct, namespace);
  const there = Object.entries(runtimes ?? SERVING_RUNTIMES).map(([name, shape]) => ({ name, shape }));
  const others = there.filter(({ name }) => !cluster.some((declared) => declared.name === name));
  return { groups: [own.map(candidate), [...others, ...cluster.map(candidate)]], complete: runtimes !== undefined };
}

/** The same with the runtime that a model was given, which may be declared elsewhere. */
export function withGiven({ groups, complete }: Runtimes, given: ModelRuntime | undefined): Runtimes {
  if (!given?.shape || given.isShipped || groups.flat().some(({ name }) => name === given.name)) return { groups, complete };
  return { groups: [...groups, [{ name: given.name, shape: given.shape }]], complete };
}

function candidate({ name, shape }: ServingRuntimeBase): Candidate {
  return { name, shape };
}
