import { cpus } from 'node:os';
import type { Lap } from './laps';
import type { Floor } from './programs/floor';
import type { Steps } from './programs/steps';
import type { Synthesis } from './programs/synthesis';
import { type Run, run, withOutput } from './run';
import { exponent, median } from './statistics';

/** Medians over processes, by part of a process. */
export type Parts = Readonly<Record<string, Lap>>;

/** Medians over the processes that synthesised the release. */
export interface ReleaseFigures {
  /** From the start of the process to its end. */
  readonly whole: Lap;
  /** The synthesis call alone. */
  readonly call: Lap;
  readonly parts: Parts;
  /** Peak of the resident memory, in MiB. */
  readonly memory: number;
  readonly output: { readonly files: number; readonly bytes: number };
}

/** The checks and the plan of one model, each alone. */
export interface StepFigures {
  readonly objects: number;
  readonly gates: number;
  readonly parts: Parts;
}

/** What a run of the benchmark found. */
export type Figures = ReturnType<typeof measure>;

/** How often each process is run, how many tenants the growth is measured with, and how many teams the steps. */
export interface Amounts {
  readonly runs: number;
  readonly runsOfTeams: number;
  readonly tenants: readonly number[];
  readonly teamsOfSteps: number;
}

/** Runs everything in fresh processes; those that are compared take turns, so that what else the machine does meets all alike. */
export function measure({ runs, runsOfTeams, tenants, teamsOfSteps }: Amounts) {
  const library: Run<Synthesis>[] = [];
  const cdk8s: Run<Synthesis>[] = [];
  const steps: Steps[] = [];
  for (let turn = 0; turn < runs; turn++) {
    library.push(run<Synthesis>('synthesis', 'library'));
    cdk8s.push(run<Synthesis>('synthesis', 'cdk8s'));
    steps.push(run<Steps>('steps'));
  }
  const points = tenants.map((size) => {
    const ofSize = repeated(size < 3000 ? runsOfTeams : 1, () => run<Synthesis>('synthesis', 'library', size));
    const whole = median(ofSize.map(({ parts }) => total(Object.values(parts)).cpu));
    return { size, call: medianLap(ofSize.map(call)), whole, memory: median(ofSize.map(({ memory }) => memory)) };
  });
  return {
    machine: { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length },
    library: releaseFigures(library),
    cdk8s: releaseFigures(cdk8s),
    floor: withOutput('synthesis', ['library'], (folder) => median(repeated(runs, () => run<Floor>('floor', folder).cpu))),
    steps: stepFigures(steps),
    stepsOfTeams: stepFigures(repeated(runsOfTeams, () => run<Steps>('steps', teamsOfSteps))),
    growth: { points, exponent: fitted(points), lastExponent: fitted(points.slice(-2)) },
  };
}

function fitted(points: readonly { readonly size: number; readonly call: Lap }[]): number {
  return exponent(points.map(({ size, call }) => ({ x: size, y: call.cpu })));
}

/** Parts of a process that are the synthesis call, of either kind. */
const CALL = ['assembly', 'writing', 'app.synth()'];

function releaseFigures(runs: readonly Run<Synthesis>[]): ReleaseFigures {
  const whole = runs.map(({ wall, parts }) => ({ wall, cpu: total(Object.values(parts)).cpu }));
  const end = runs.map(({ wall, parts }) => ({ wall: wall - total(Object.values(parts)).wall, cpu: 0 }));
  return {
    whole: medianLap(whole),
    call: medianLap(runs.map(call)),
    parts: { ...medianParts(runs), 'end of the process': medianLap(end) },
    memory: median(runs.map(({ memory }) => memory)),
    output: runs[0]?.output ?? { files: 0, bytes: 0 },
  };
}

function stepFigures(runs: readonly Steps[]): StepFigures {
  const { objects = 0, gates = 0 } = runs[0] ?? {};
  return { objects, gates, parts: medianParts(runs) };
}

function call({ parts }: Synthesis): Lap {
  return total(Object.entries(parts).flatMap(([name, part]) => (CALL.includes(name) ? [part] : [])));
}

function total(laps: readonly Lap[]): Lap {
  return laps.reduce((sum, lap) => ({ wall: sum.wall + lap.wall, cpu: sum.cpu + lap.cpu }), { wall: 0, cpu: 0 });
}

function medianParts(runs: readonly { readonly parts: Parts }[]): Parts {
  const names = Object.keys(runs[0]?.parts ?? {});
  return Object.fromEntries(names.map((name) => [name, medianLap(runs.map(({ parts }) => parts[name] ?? { wall: 0, cpu: 0 }))]));
}

function medianLap(laps: readonly Lap[]): Lap {
  return { wall: median(laps.map(({ wall }) => wall)), cpu: median(laps.map(({ cpu }) => cpu)) };
}

function repeated<T>(times: number, action: () => T): T[] {
  return Array.from({ length: times }, action);
}
