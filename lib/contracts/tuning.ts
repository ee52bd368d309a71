import { Contract } from '../core';

/** What experiments can ask of a Katib. */
export interface Tuning {
  /** How messages call it. */
  readonly words: string;
  /** Kinds that trials may be of, each as `Kind.version.group`. */
  readonly trialResources: readonly string[];
  /** Names of algorithms. */
  readonly algorithms: readonly string[];
  /** Kinds of metrics collectors. */
  readonly metricsCollectors: readonly string[];
  /** Names of early stopping algorithms. */
  readonly earlyStopping: readonly string[];
}

/** Offered by Katib, installed or existing. */
export const TUNING = new Contract<Tuning>('hyperparameter tuning');
