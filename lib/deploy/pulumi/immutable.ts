import type { Manifest } from '../../core';
import { groupOf } from '../../core/kind';

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
  'kubeflow.org/Workspace': ['spec.kind'],
  'kueue.x-k8s.io/LocalQueue': ['spec.clusterQueue'],
  'pipelines.kubeflow.org/PipelineVersion': ['spec'],
  'resource.nvidia.com/ComputeDomain': ['spec'],
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
