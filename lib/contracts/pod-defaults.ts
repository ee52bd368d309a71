import { Contract } from '../core';

/** What pods of a namespace are told that do not say it themselves. */
export interface PodDefaults {
  /** Name of the namespace. */
  readonly namespace: string;
  /** Pod Security level whose security contexts they get. */
  readonly podSecurity: 'restricted';
}

/** Offered by whoever declares a namespace, to the workloads in it. */
export const POD_DEFAULTS = new Contract<PodDefaults>('defaults of pods');
