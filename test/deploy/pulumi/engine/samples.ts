/** Objects of a team, for tests that change them. */

export const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };

/** An object of the team, with what follows its metadata. */
export const object = (apiVersion: string, kind: string, name: string, body: object, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'team', ...metadata },
  ...body,
});

export const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'main', image }] },
});

export const experiment = (spec: object = {}) =>
  object('kubeflow.org/v1beta1', 'Experiment', 'search', {
    spec: {
      objective: { type: 'maximize', objectiveMetricName: 'accuracy' },
      algorithm: { algorithmName: 'random' },
      maxTrialCount: 6,
      parameters: [{ name: 'lr', parameterType: 'double', feasibleSpace: { min: '0.1', max: '0.2' } }],
      trialTemplate: { trialParameters: [{ name: 'lr', reference: 'lr' }], trialSpec: { apiVersion: 'batch/v1', kind: 'Job' } },
      ...spec,
    },
  });

export const pytorchJob = (name: string, { replicas = 2, suspend = false, elastic = false } = {}, metadata = {}) =>
  object(
    'kubeflow.org/v1',
    'PyTorchJob',
    name,
    {
      spec: {
        runPolicy: { suspend },
        ...(elastic && { elasticPolicy: { minReplicas: 1, maxReplicas: 8 } }),
        pytorchReplicaSpecs: {
          Worker: { replicas, template: { spec: { containers: [{ name: 'pytorch', image: 'train:1' }] } } },
        },
      },
    },
    metadata,
  );

export const trainJob = (name: string, { image = 'train:1', suspend = false } = {}, metadata = {}) =>
  object(
    'trainer.kubeflow.org/v1alpha1',
    'TrainJob',
    name,
    { spec: { runtimeRef: { name: 'torch-distributed' }, trainer: { image }, suspend } },
    metadata,
  );

export const inferenceService = (mode: string) =>
  object(
    'serving.kserve.io/v1beta1',
    'InferenceService',
    'resnet',
    { spec: { predictor: { model: { modelFormat: { name: 'pytorch' }, storageUri: 's3://models/resnet' } } } },
    { annotations: { 'serving.kserve.io/deploymentMode': mode } },
  );
