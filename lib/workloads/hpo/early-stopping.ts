import { given } from '../pod/pod-options';

/** When a trial may be compared with others. */
export interface MedianStopOptions {
  /** Trials that have to have ended, at least 1. @default 3 */
  readonly minTrialsRequired?: number;
  /** Reports of the metric that are let pass first, at least 1. @default 4 */
  readonly startStep?: number;
}

/** Ends trials that promise nothing. It needs a collector that reads lines: StdOut or File. */
export class EarlyStopping {
  private constructor(
    readonly name: string,
    readonly options: MedianStopOptions,
  ) {}

  /** Stops a trial whose best value is worse than the median of the averages of the trials that have ended. */
  static median(options: MedianStopOptions = {}): EarlyStopping {
    return new EarlyStopping('medianstop', options);
  }
}

/** The rule as Katib takes it: every setting is a text. */
export function earlyStoppingSpec({ name, options }: EarlyStopping): object {
  const settings = given({ min_trials_required: options.minTrialsRequired, start_step: options.startStep });
  const algorithmSettings = Object.entries(settings).map(([key, value]) => ({ name: key, value: String(value) }));
  return { algorithmName: name, ...(algorithmSettings.length > 0 && { algorithmSettings }) };
}
