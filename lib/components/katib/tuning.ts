import type { Tuning } from '../../contracts';
import { ALGORITHMS, COLLECTORS, EARLY_STOPPING } from './algorithms';
import type { CollectorKind } from './configuration';
import { TrialResource } from './trial-resource';

/** What a Katib that is there is configured with beside the release. */
export interface KatibConfiguration {
  /** Kinds that trials may be of. @default - none */
  readonly trialResources?: readonly TrialResource[];
  /** Names of algorithms. @default - none */
  readonly algorithms?: readonly string[];
  /** Names of early stopping algorithms. @default - none */
  readonly earlyStopping?: readonly string[];
  /** Kinds of metrics collectors. @default - none */
  readonly metricsCollectors?: readonly CollectorKind[];
}

/** What experiments can ask of a Katib of the release, with what is configured beside it. */
export function released(beside: KatibConfiguration = {}): Tuning {
  const { trialResources = [], algorithms = [], metricsCollectors = [], earlyStopping = [] } = beside;
  return {
    words: 'the release',
    trialResources: [...TrialResource.release, ...trialResources].map(String),
    algorithms: [...Object.keys(ALGORITHMS), ...algorithms],
    metricsCollectors: [...Object.keys(COLLECTORS), ...metricsCollectors],
    earlyStopping: [...Object.keys(EARLY_STOPPING), ...earlyStopping],
  };
}
