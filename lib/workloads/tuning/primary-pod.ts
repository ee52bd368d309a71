import { FRAMEWORKS } from '../training/frameworks';
import { frameworkOf, replicasOf } from '../training/manifest';
import { hasRuntime, type RuntimeJobOptions, type TrainingJobProps } from '../training/props';
import type { TrialDeclaration } from './trial';
import { trialKindOf } from './trial-kinds';

type PrimaryPod = Pick<
  TrialDeclaration,
  'containers' | 'primaryContainer' | 'primaryPodLabels' | 'successCondition' | 'failureCondition'
>;

/** Replica types whose pod the operator calls the master, where Katib looks by itself. */
const COORDINATORS = ['Master', 'Chief', 'Launcher'];

/** Where a training job reports its metrics, and how it ends; what Katib knows by itself is left out. */
export function primaryPod(path: string, props: TrainingJobProps): PrimaryPod {
  return hasRuntime(props) ? ofRuntime(props) : ofFramework(path, props);
}

function ofRuntime({ runtime }: RuntimeJobOptions): PrimaryPod {
  const containers = runtime.shape?.containers;
  // With a launcher, the nodes only wait for it.
  const launched = containers?.launcher && { primaryPodLabels: { 'jobset.sigs.k8s.io/replicatedjob-name': 'launcher' } };
  return { primaryContainer: 'node', containers, ...launched };
}

function ofFramework(path: string, props: Exclude<TrainingJobProps, RuntimeJobOptions>): PrimaryPod {
  const framework = frameworkOf(path, props);
  const types = replicasOf(framework, props[framework] ?? {}).map(({ type }) => type);
  const { container, kind } = FRAMEWORKS[framework];
  const { ends } = trialKindOf(kind) ?? {};
  const coordinated = types.some((type) => COORDINATORS.includes(type));
  return {
    primaryContainer: container,
    ...(!(coordinated && !ends) && { primaryPodLabels: coordinated ? MASTER : FIRST_WORKER }),
    ...ends,
  };
}

const MASTER = { 'training.kubeflow.org/job-role': 'master' };

const FIRST_WORKER = { 'training.kubeflow.org/replica-type': 'worker', 'training.kubeflow.org/replica-index': '0' };
