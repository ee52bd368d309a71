import type { KatibProps } from '../components/katib/katib';
import type { ModelRegistryProps } from '../components/model-registry/model-registry';
import type { IstioMeshProps } from '../foundation/istio/istio-mesh';
import type { KubeflowComponents } from './products';

/** What every preset stands on. */
const GROUND = { certManager: {}, kubeflowNamespace: {}, kubeflowRoles: {} } satisfies KubeflowComponents;

/** Training on its own: TrainJob with its runtimes, and the jobs of the Training Operator. */
export function training(): KubeflowComponents {
  return { ...GROUND, trainer: {}, trainingOperator: {} };
}

/** Serving on its own: KServe in the mode Standard, with its web application. */
export function serving(): KubeflowComponents {
  return { ...GROUND, kserve: {}, kserveModelsWebApp: {} };
}

/**
 * Hyperparameter tuning on its own: Katib.
 *
 * @param katib its options; where it keeps the metrics of its trials has to be said
 */
export function tuning(katib: KatibProps): KubeflowComponents {
  return { ...GROUND, katib };
}

/**
 * A team's registry of models on its own; it stands on nothing else.
 *
 * @param modelRegistry its options; the team's namespace and where the registry keeps its data have to be said
 */
export function registry(modelRegistry: ModelRegistryProps): KubeflowComponents {
  return { modelRegistry };
}

/**
 * A way in for users, beside other presets: Istio, at the platform's address, which has to be said (`endpoint`).
 *
 * @param istio its options
 */
export function mesh(istio: IstioMeshProps = {}): KubeflowComponents {
  return { ...GROUND, istio };
}
