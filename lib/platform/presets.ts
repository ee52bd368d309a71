import type { KubeflowComponents } from './components';

/** What all presets stand on. */
const GROUND = { kubeflowNamespace: { admit: [] }, kubeflowRoles: {} } satisfies KubeflowComponents;

/** Training on its own: TrainJob with its runtimes, and the jobs of the Training Operator. */
export function training(): KubeflowComponents {
  return { ...GROUND, trainer: {}, trainingOperator: {} };
}
