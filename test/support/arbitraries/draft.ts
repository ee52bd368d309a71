import type { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { Assembly, type Manifest } from '../../../lib/core';
import { FACTS } from '../../../lib/kinds';
import { teamChart } from '../app';

/** A workload that nobody has written: its name and what is said of it. */
export interface Draft {
  readonly name: string;
  readonly props: object;
  readonly declare: (chart: Chart) => void;
}

/** Workloads of one sort. */
export interface Workload {
  /** What the sort is called. */
  readonly title: string;
  readonly drafts: fc.Arbitrary<Draft>;
  /** Everything that can be said of one, nested options by their path: `pytorch.elastic`. */
  readonly options: readonly string[];
}

/** How workloads of a sort are made of names and props. */
export interface Recipe<Props extends object> extends Pick<Workload, 'title' | 'options'> {
  readonly names: fc.Arbitrary<string>;
  readonly props: fc.Arbitrary<Props>;
  readonly declare: (chart: Chart, name: string, props: Props) => unknown;
}

/** Workloads of a sort. */
export function workload<Props extends object>({ title, names, props, options, declare }: Recipe<Props>): Workload {
  const drafts = fc.tuple(names, props).map(([name, given]) => ({
    name,
    props: given,
    declare: (chart: Chart) => void declare(chart, name, given),
  }));
  return { title, drafts, options };
}

/** What came of a draft: the objects, or why there are none. */
export type Outcome = { readonly refusal: string } | { readonly assembly: Assembly; readonly objects: readonly Manifest[] };

/**
 * Declares a draft in a chart of its own.
 *
 * @throws whatever a constructor throws that is no answer to its user
 */
export function declared({ declare }: Draft): Outcome {
  const chart = teamChart();
  try {
    declare(chart);
  } catch (error) {
    if ((error as Error).name !== 'ConstructError') throw error;
    return { refusal: (error as Error).message };
  }
  const assembly = Assembly.of(chart.node.root, { facts: FACTS });
  return { assembly, objects: assembly.model.manifests };
}

/** A draft that is not refused, and its objects. */
export interface Accepted extends Draft {
  readonly objects: readonly Manifest[];
}

/** The first drafts of a sort that are not refused, each with another name; fewer than asked for when most are refused. */
export function accepted({ drafts }: Workload, count: number, seed: number): Accepted[] {
  const found = new Map<string, Accepted>();
  for (const draft of fc.sample(drafts, { seed, numRuns: count * 20 })) {
    if (found.size === count) break;
    if (found.has(draft.name)) continue;
    const outcome = declared(draft);
    if ('objects' in outcome) found.set(draft.name, { ...draft, objects: outcome.objects });
  }
  return [...found.values()];
}
