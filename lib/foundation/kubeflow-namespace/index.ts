export {
  KubeflowNamespace,
  type KubeflowNamespaceProps,
} from './kubeflow-namespace';
