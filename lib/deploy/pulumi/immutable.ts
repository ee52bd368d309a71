import type { Manifest } from '../../core';
import { groupOf } from '../../core/kind';

/** Of the JobSet that a runtime describes. */
const RUNTIME = ['network', 'successPolicy', 'failurePolicy', 'startupPolicy', 'volumeClaimPolicies'].map(
  (field) => `spec.template.spec.${field}`,
);

/**
 * Fields that an object keeps for life, by `group/Kind`: a change replaces the object, and the old one goes first because both have
 * the same name. The provider itself knows those of Kubernetes' own kinds.
 */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  // A running job mostly ignores what changes in it.
  ...Object.fromEntries(
    ['PyTorchJob', 'TFJob', 'MPIJob', 'XGBoostJob', 'PaddleJob', 'JAXJob'].map((kind) => [`kubeflow.org/${kind}`, ['spec']]),
  ),
  'jobset.x-k8s.io/JobSet': ['spec'],
  // All but its budget.
  'kubeflow.org/Experiment': [
    ...['objective', 'algorithm', 'earlyStopping', 'parameters', 'nasConfig', 'trialTemplate', 'metricsCollectorSpec'],
    'resumePolicy',
  ].map((field) => `spec.${field}`),
  'kubeflow.org/Workspace': ['spec.kind'],
  'kueue.x-k8s.io/LocalQueue': ['spec.clusterQueue'],
  'pipelines.kubeflow.org/PipelineVersion': ['spec'],
  'resource.nvidia.com/ComputeDomain': ['spec'],
  'serving.kserve.io/LocalModelCache': ['spec.sourceModelUri'],
  'serving.kserve.io/LocalModelNamespaceCache': ['spec.sourceModelUri'],
  'trainer.kubeflow.org/ClusterTrainingRuntime': RUNTIME,
  'trainer.kubeflow.org/TrainingRuntime': RUNTIME,
  'serving.kserve.io/InferenceService': ['metadata.annotations["serving.kserve.io/deploymentMode"]'],
  // The number of nodes that a replica is spread over follows from these.
  'serving.kserve.io/LLMInferenceService': ['spec', 'spec.prefill'].flatMap((workload) =>
    ['pipeline', 'data', 'dataLocal'].map((size) => `${workload}.parallelism.${size}`),
  ),
  'serving.kserve.io/TrainedModel': ['spec.model.memory'],
  'trainer.kubeflow.org/TrainJob': [
    'spec.runtimeRef',
    'spec.initializer',
    'spec.trainer',
    'spec.activeDeadlineSeconds',
    'spec.managedBy',
  ],
};

/** The fields whose change replaces an object. */
export function immutableFields({ apiVersion, kind }: Manifest): string[] {
  return [...(IMMUTABLE[`${groupOf(apiVersion)}/${kind}`] ?? [])];
}
