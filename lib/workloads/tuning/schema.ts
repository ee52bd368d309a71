import type { Schema } from '../../core/schemas/schema';
import { Schemas } from '../../core/schemas/schemas';

const TEXT: Schema = { type: 'string' };
const FLAG: Schema = { type: 'boolean' };
const INTEGER: Schema = { type: 'integer', format: 'int32' };

const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const word = (...words: string[]): Schema => ({ type: 'string', enum: words });
const texts: Schema = { type: 'object', additionalProperties: TEXT };

const SETTINGS = list(object({ name: TEXT, value: TEXT }, ['name', 'value']));
const ALGORITHM = object({ algorithmName: TEXT, algorithmSettings: SETTINGS }, ['algorithmName']);

const PARAMETERS = list(
  object(
    {
      name: TEXT,
      parameterType: word('int', 'double', 'discrete', 'categorical'),
      feasibleSpace: object({
        min: TEXT,
        max: TEXT,
        step: TEXT,
        list: list(TEXT),
        distribution: word('uniform', 'logUniform', 'normal', 'logNormal'),
      }),
    },
    ['name', 'parameterType', 'feasibleSpace'],
  ),
);

const OBJECTIVE = object(
  {
    type: word('minimize', 'maximize'),
    goal: { type: 'number' },
    objectiveMetricName: TEXT,
    additionalMetricNames: list(TEXT),
    metricStrategies: list(object({ name: TEXT, value: word('min', 'max', 'latest') }, ['name', 'value'])),
  },
  ['type', 'objectiveMetricName'],
);

const TRIAL_TEMPLATE = object(
  {
    retain: FLAG,
    primaryContainerName: TEXT,
    primaryPodLabels: texts,
    successCondition: TEXT,
    failureCondition: TEXT,
    trialParameters: list(object({ name: TEXT, description: TEXT, reference: TEXT }, ['name', 'reference'])),
    configMap: object({ configMapName: TEXT, configMapNamespace: TEXT, templatePath: TEXT }),
    // Held to its own schema.
    trialSpec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
  ['primaryContainerName', 'trialParameters'],
);

const METRICS = object({
  collector: object({
    kind: word('StdOut', 'File', 'TensorFlowEvent', 'PrometheusMetric', 'Custom', 'Push'),
    customCollector: { $ref: 'core#v1.Container' },
  }),
  source: object({
    fileSystemPath: object({ path: TEXT, kind: word('File', 'Directory'), format: word('TEXT', 'JSON') }),
    httpGet: { $ref: 'core#v1.HTTPGetAction' },
    filter: object({ metricsFormat: list(TEXT) }),
  }),
});

const NAS = object({
  graphConfig: object({ numLayers: INTEGER, inputSizes: list(INTEGER), outputSizes: list(INTEGER) }),
  operations: list(object({ operationType: TEXT, parameters: PARAMETERS }, ['operationType'])),
});

/**
 * The spec of an experiment. Katib's own definition describes nothing, so a misspelt field would only have no effect.
 *
 * @see https://github.com/kubeflow/katib/blob/v0.19.0/pkg/apis/controller/experiments/v1beta1/experiment_types.go
 */
export const EXPERIMENT: Schema = object(
  {
    parameters: PARAMETERS,
    objective: OBJECTIVE,
    algorithm: ALGORITHM,
    earlyStopping: ALGORITHM,
    trialTemplate: TRIAL_TEMPLATE,
    parallelTrialCount: INTEGER,
    maxTrialCount: INTEGER,
    maxFailedTrialCount: INTEGER,
    metricsCollectorSpec: METRICS,
    nasConfig: NAS,
    resumePolicy: word('Never', 'LongRunning', 'FromVolume'),
  },
  ['objective', 'algorithm', 'trialTemplate'],
);

/** Where the schemas of Kubernetes are that it refers to. */
export const EXPERIMENT_SOURCE = Schemas.metadata.source;
