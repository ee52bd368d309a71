import type { Plan } from '../../core/plan/plan';
import { planName } from '../../core/plan/plan';
import type { Wait } from '../../core/plan/readiness';
import { DIAGRAM_FILE } from './file-names';
import type { ComponentFiles } from './layout';

/** The content of plan.json. */
export interface PlanFile {
  /** In the order in which they are applied. `waitFor` is what has to be ready before the wave, each an argument list of `kubectl wait`. */
  readonly waves: readonly { readonly folder: string; readonly waitFor: readonly Wait[]; readonly objects: readonly string[] }[];
  /** A picture of the plan. */
  readonly diagram: string;
  /** Files of each component. */
  readonly components: Readonly<Record<string, readonly string[]>>;
  /** What waits for what, until when, and why. */
  readonly gates: readonly {
    readonly object: string;
    readonly waitsFor: string;
    readonly until: string;
    readonly because: string;
  }[];
}

/** What plan.json says of a plan. */
export function planFile(plan: Plan, components: readonly ComponentFiles[]): PlanFile {
  return {
    waves: plan.waves.map(({ objects, waits }, wave) => ({
      folder: `wave-${wave}`,
      waitFor: waits,
      objects: objects.map(planName),
    })),
    diagram: DIAGRAM_FILE,
    components: Object.fromEntries(components.map(({ name, files }) => [name, [...files.values()].sort()])),
    gates: plan.gates.map(({ object, waitsFor, ready, because }) => ({
      object: planName(object),
      waitsFor: planName(waitsFor),
      until: ready,
      because,
    })),
  };
}
