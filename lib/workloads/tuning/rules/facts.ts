import type { Tuning } from '../../../contracts';
import type { Algorithm } from '../algorithm';
import { type AlgorithmKind, algorithmKind } from '../algorithms';
import type { EarlyStopping } from '../early-stopping';
import type { MetricsCollector } from '../metrics-collector';
import type { NasSearch } from '../nas';
import type { Objective } from '../objective';
import type { Parameter } from '../parameter';
import type { TrialDeclaration } from '../trial';
import { TrialParameter } from '../trial-parameter';

/** What an experiment may cost. */
export interface Budget {
  /** Trials at most, at least 1. It can be changed later. @default - no limit */
  readonly maxTrialCount?: number;
  /** Trials at the same time, at least 1. It can be changed later. @default 3 */
  readonly parallelTrialCount?: number;
  /** Failed trials with which the experiment fails, at least 0. It can be changed later. @default - no limit */
  readonly maxFailedTrialCount?: number;
}

/** Whether an experiment that has ended can go on, and what keeps what its algorithm knows. */
export type ResumePolicy = 'Never' | 'LongRunning' | 'FromVolume';

/** An experiment as its rules see it. */
export interface ExperimentFacts extends Budget {
  readonly name: string;
  readonly objective: Objective;
  readonly algorithm: Algorithm;
  readonly parameters: readonly Parameter[];
  readonly nas?: NasSearch;
  readonly trial: TrialDeclaration;
  readonly metrics?: MetricsCollector;
  readonly earlyStopping?: EarlyStopping;
  readonly resumePolicy?: ResumePolicy;
  /** What it can ask for. */
  readonly katib: Tuning;
  /** The finished spec, with overrides. */
  readonly spec: unknown;
}

/** Trials at the same time, when nothing is said. */
const PARALLEL = 3;

/** The algorithm, where the release has it. */
export function kindOf({ algorithm }: Pick<ExperimentFacts, 'algorithm'>): AlgorithmKind | undefined {
  return algorithmKind(algorithm.name);
}

/** Trials at the same time, and how messages call them. */
export function parallelOf({ parallelTrialCount }: Budget): { readonly count: number; readonly words: string } {
  const count = parallelTrialCount ?? PARALLEL;
  return { count, words: `parallelTrialCount ${count}${parallelTrialCount === undefined ? ', the default,' : ''}` };
}

/** What the algorithm suggests to each trial. */
export function suggestedBy(facts: Pick<ExperimentFacts, 'algorithm' | 'parameters'>): readonly TrialParameter[] {
  return kindOf(facts)?.architecture?.map((name) => new TrialParameter(name)) ?? facts.parameters;
}

/** What a trial refers to: each of these under the name that the trial gives it, or else its own. */
export function referredBy(facts: Pick<ExperimentFacts, 'algorithm' | 'parameters' | 'trial'>): readonly TrialParameter[] {
  const given = Object.entries(facts.trial.parameters ?? {}).map(([name, of]) => [typeof of === 'string' ? of : of.name, name]);
  const names = new Map(given as [string, string][]);
  return suggestedBy(facts).map((parameter) => {
    const name = names.get(parameter.name);
    return name === undefined ? parameter : new TrialParameter(name, parameter.name, parameter.description);
  });
}
