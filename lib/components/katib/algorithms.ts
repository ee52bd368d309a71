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

/** Name of a suggestion algorithm of the release. */
export type SuggestionName = keyof typeof ALGORITHMS;

/** Name of an early stopping algorithm of the release. */
export type EarlyStoppingName = keyof typeof EARLY_STOPPING;

/** Port of the suggestion service, which Katib adds by itself. */
const SERVICE = { name: 'suggestion-api', containerPort: 6789 };

/** Katib refuses algorithms that name its own port, but not before an Experiment asks for one. */
export function portProblems(algorithms: readonly (readonly [string, AlgorithmOptions])[]): string[] {
  return algorithms
    .filter(([, { ports = [] }]) =>
      ports.some(({ name, containerPort }) => name === SERVICE.name || containerPort === SERVICE.containerPort),
    )
    .map(
      ([name]) =>
        `algorithm ${name} names the port ${SERVICE.containerPort} (${SERVICE.name}), which Katib adds itself; leave it out`,
    );
}
