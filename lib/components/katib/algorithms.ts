import { images } from '../../release/images';
import type { AlgorithmOptions, CollectorKind, CollectorOptions, EarlyStoppingOptions } from './configuration';

const { katib } = images;

/** The suggestion algorithms of the release. */
export const ALGORITHMS = {
  random: { image: `${katib.suggestionHyperopt}` },
  tpe: { image: `${katib.suggestionHyperopt}` },
  grid: { image: `${katib.suggestionOptuna}` },
  hyperband: { image: `${katib.suggestionHyperband}` },
  bayesianoptimization: { image: `${katib.suggestionSkopt}` },
  cmaes: { image: `${katib.suggestionGoptuna}` },
  sobol: { image: `${katib.suggestionGoptuna}` },
  'multivariate-tpe': { image: `${katib.suggestionOptuna}` },
  enas: { image: `${katib.suggestionEnas}`, resources: { limits: { memory: '400Mi' } } },
  darts: { image: `${katib.suggestionDarts}` },
  pbt: {
    image: `${katib.suggestionPbt}`,
    // The trials of a population share their checkpoints.
    persistentVolumeClaimSpec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '5Gi' } } },
  },
} satisfies Record<string, AlgorithmOptions>;

/** The early stopping algorithms of the release. */
export const EARLY_STOPPING = {
  medianstop: { image: `${katib.earlyStoppingMedianstop}` },
} satisfies Record<string, EarlyStoppingOptions>;

/** The metrics collectors of the release. */
export const COLLECTORS = {
  StdOut: { image: `${katib.fileMetricsCollector}` },
  File: { image: `${katib.fileMetricsCollector}` },
  TensorFlowEvent: { image: `${katib.tfeventMetricsCollector}`, resources: { limits: { memory: '1Gi' } } },
} satisfies Partial<Record<CollectorKind, CollectorOptions>>;
