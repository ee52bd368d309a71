export { KubeflowPlatform, type KubeflowPlatformProps } from './kubeflow-platform';
export { mesh, registry, serving, training, tuning } from './presets';
export type { ComponentName, ExistingComponents, KubeflowComponents, ProductName } from './products';
export type { WorkloadSettings } from './workload-settings';
