export * from './cert-manager';
export * from './istio';
export * from './knative';
export * from './kubeflow-namespace';
export * from './kubeflow-roles';
