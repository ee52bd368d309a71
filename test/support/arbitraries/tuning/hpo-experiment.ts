import * as fc from 'fast-check';
import {
  type CustomOptions,
  DartsAssignment,
  EarlyStopping,
  EnasAssignment,
  type FileOptions,
  HpoExperiment,
  type HpoExperimentProps,
  jobset,
  type KatibConfiguration,
  type LineOptions,
  MetricsCollector,
  type NasSearch,
  Objective,
  type ObjectiveOptions,
  Operation,
  TrialResource,
} from '../../../../lib';
import type { MedianStopOptions } from '../../../../lib/workloads/tuning/early-stopping';
import { workload } from '../draft';
import { type Every, oneOf, options, whole } from '../options';
import { annotations, labels, names } from '../texts';
import { algorithmOver, dartsAlgorithm, enasAlgorithm, parameters } from './algorithm';
import { trialUsing } from './trial';

const objectiveOptions: Every<ObjectiveOptions> = {
  goal: oneOf(0, 0.99, 1e-7),
  additionalMetrics: oneOf(['recall'], ['recall', 'precision']),
  strategies: oneOf<Record<string, 'min' | 'max' | 'latest'>>({ accuracy: 'latest' }, { recall: 'max' }),
};
const objective = fc
  .tuple(oneOf('minimize' as const, 'maximize' as const), options(objectiveOptions, [], 1 / 3))
  .map(([direction, more]) => Objective[direction]('accuracy', more));

const filter = oneOf(['([\\w|-]+)\\s*=\\s*([+-]?\\d*)'], ['(accuracy|recall|precision)=(b)', '(c) (d)']);
const lineOptions: Every<LineOptions> = { filter };
const fileOptions: Every<FileOptions> = { filter, path: oneOf('/metrics.log', 'metrics.log'), format: oneOf('TEXT', 'JSON') };
const customOptions: Every<CustomOptions> = { filter, path: oneOf('/metrics'), pathKind: oneOf('File', 'Directory') };

const metrics = fc.oneof(
  options(lineOptions, [], 1 / 2).map(MetricsCollector.stdOut),
  options(fileOptions, [], 1 / 2).map(MetricsCollector.file),
  oneOf('/events', undefined).map(MetricsCollector.tensorFlowEvent),
  options({ path: oneOf('/m'), port: whole(1, 65535) }, [], 1 / 2).map(MetricsCollector.prometheus),
  options(customOptions, [], 1 / 2).map((more) => MetricsCollector.custom({ name: 'collect', image: 'collect:1' }, more)),
  fc.constant(MetricsCollector.push()),
);

const medianStop: Every<MedianStopOptions> = { minTrialsRequired: whole(1, 5), startStep: whole(1, 5) };

/** A Katib that is configured with all that can be asked for. */
const EVERYTHING: Required<KatibConfiguration> = {
  trialResources: [TrialResource.jaxJob, TrialResource.paddleJob, TrialResource.of(jobset.jobsets)],
  algorithms: ['own'],
  earlyStopping: ['asha'],
  metricsCollectors: ['PrometheusMetric'],
};

const operation = oneOf(
  Operation.convolution({ filterSizes: [3, 5], filters: [32], strides: [1, 2] }),
  Operation.separableConvolution({ filterSizes: [3] }),
  Operation.depthwiseConvolution({ filterSizes: [3], depthMultipliers: [1, 2] }),
  Operation.dilatedConvolution({ filterSizes: [5] }),
  Operation.reduction(['max_pooling', 'avg_pooling'], { min: 2, max: 3 }),
  Operation.maxPooling([3]),
  Operation.averagePooling([3]),
  Operation.skipConnection(),
);
const nasOptions: Every<NasSearch> = {
  layers: whole(1, 8),
  inputSizes: oneOf([32, 32, 3]),
  outputSizes: oneOf([10]),
  operations: fc.uniqueArray(operation, { minLength: 1, maxLength: 4 }),
};
const nas = options(nasOptions, ['layers', 'inputSizes', 'outputSizes', 'operations']);

type Search = Pick<HpoExperimentProps, 'algorithm' | 'parameters' | 'nas' | 'trial'>;

const ofParameters: fc.Arbitrary<Search> = parameters.chain((found) =>
  fc.record({ parameters: fc.constant(found), algorithm: algorithmOver(found), trial: trialUsing(found) }),
);
const ofNetworks: fc.Arbitrary<Search> = fc.oneof(
  fc.record({ nas, algorithm: enasAlgorithm, trial: trialUsing(Object.values(EnasAssignment)) }),
  fc.record({ nas, algorithm: dartsAlgorithm, trial: trialUsing(Object.values(DartsAssignment)) }),
);

const others: Every<Omit<HpoExperimentProps, keyof Search>> = {
  objective,
  metrics,
  earlyStopping: options(medianStop, [], 1 / 2).map(EarlyStopping.median),
  resumePolicy: oneOf('Never', 'LongRunning', 'FromVolume'),
  maxTrialCount: whole(3, 30),
  parallelTrialCount: fc.oneof({ weight: 9, arbitrary: whole(1, 9) }, { weight: 1, arbitrary: oneOf(0, 100) }),
  maxFailedTrialCount: whole(0, 5),
  name: names(40, 20),
  labels,
  annotations,
  katib: oneOf(EVERYTHING),
  acknowledge: oneOf([], ['katib/no-budget', 'katib/no-trial-command']),
  overrides: oneOf<Record<string, unknown>>({ maxFailedTrialCount: 1 }, { objective: { goal: 1 } }, { goal: 1 }),
};

/** An experiment over parameters, or over networks. */
export const hpoExperiments = workload<HpoExperimentProps>({
  title: 'HpoExperiment',
  names: names(40, 20),
  props: fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: ofParameters }, { weight: 1, arbitrary: ofNetworks }),
      options<Omit<HpoExperimentProps, keyof Search>>(others, ['objective'], 1 / 3),
    )
    .map(([search, more]) => ({ ...search, ...more })),
  options: ['algorithm', 'parameters', 'nas', 'trial', ...Object.keys(others)],
  declare: (chart, name, props) => new HpoExperiment(chart, name, props),
});
