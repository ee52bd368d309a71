import { given } from '../pod/given';
import type { SettingValue } from './settings';

/** When a trial may be compared with others. */
export interface MedianStopOptions {
  /** Trials that have to have ended, at least 1. Katib's `min_trials_required`. @default 3 */
  readonly minTrialsRequired?: number;
  /** Reports of the metric that are let pass first, at least 1. Katib's `start_step`. @default 4 */
  readonly startStep?: number;
}

/** Ends trials that promise nothing. It needs a collector that reads lines: StdOut or File. */
export class EarlyStopping {
  private constructor(
    readonly name: string,
    /** By Katib's names. */
    readonly settings: Readonly<Record<string, SettingValue>>,
    /** As they were given; undefined for a rule that the release does not have. */
    readonly options?: MedianStopOptions,
  ) {}

  /** Stops a trial whose best value is worse than the median of the averages of the trials that have ended. */
  static median(options: MedianStopOptions = {}): EarlyStopping {
    const { minTrialsRequired, startStep } = options;
    const settings = given({ min_trials_required: minTrialsRequired, start_step: startStep });
    return new EarlyStopping('medianstop', settings as Readonly<Record<string, SettingValue>>, options);
  }

  /**
   * A rule that the cluster's Katib is configured with beside that of the release; the experiment's `katib` names it.
   *
   * @param settings by Katib's names
   */
  static named(name: string, settings: Readonly<Record<string, SettingValue>> = {}): EarlyStopping {
    return new EarlyStopping(name, settings);
  }
}

/** The rule as Katib takes it: every setting is a text. */
export function earlyStoppingSpec({ name, settings }: EarlyStopping): object {
  const algorithmSettings = Object.entries(settings).map(([key, value]) => ({ name: key, value: String(value) }));
  return { algorithmName: name, ...(algorithmSettings.length > 0 && { algorithmSettings }) };
}
