import type { NoOptions, Product } from '../../contracts';
import { KubeflowNamespace, type KubeflowNamespaceProps } from './kubeflow-namespace';

/** Kubeflow's namespaces, as a platform takes them. */
export const KUBEFLOW_NAMESPACE: Product<KubeflowNamespaceProps, NoOptions> = {
  id: 'kubeflow-namespace',
  install: (platform, id, props) => new KubeflowNamespace(platform, id, props),
  existing: (scope) => KubeflowNamespace.existing(scope),
};
