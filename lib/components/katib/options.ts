import type { Tuning } from '../../contracts';
import { ALGORITHMS, COLLECTORS, EARLY_STOPPING } from './algorithms';
import type { AlgorithmOptions, CollectorOptions, EarlyStoppingOptions } from './configuration';
import type { KatibProps } from './katib';
import { change } from './table';
import { TrialResource } from './trial-resource';

/** The release's tables with a Katib's changes, and what is wrong with those. */
export function tables({ trialResources = TrialResource.release, ...props }: KatibProps) {
  return {
    trialResources,
    algorithms: change<AlgorithmOptions>('algorithm', ALGORITHMS, props.algorithms),
    earlyStopping: change<EarlyStoppingOptions>('early stopping algorithm', EARLY_STOPPING, props.earlyStopping),
    collectors: change<CollectorOptions>('collector', COLLECTORS, props.collectors),
  };
}

/** What experiments can ask of a Katib with some options. @param words how messages call it */
export function tuningOffer(words: string, props: KatibProps): Tuning {
  const { trialResources, algorithms, earlyStopping, collectors } = tables(props);
  const names = ({ entries }: { readonly entries: readonly (readonly [string, unknown])[] }) => entries.map(([name]) => name);
  return {
    words,
    trialResources: trialResources.map(String),
    algorithms: names(algorithms),
    metricsCollectors: names(collectors),
    earlyStopping: names(earlyStopping),
  };
}
