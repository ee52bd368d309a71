import { App } from 'cdk8s';
import { KubeflowPlatform } from 'cdk8s-kubeflow';

/** Components of the release that the library declares, by the names of the reference. */
export const COMPONENTS = ['cert-manager', 'kubeflow-namespace', 'kubeflow-roles', 'trainer', 'training-operator'];

/** The platform with the settings that upstream's own example has. */
export function upstreamExample(): App {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', {
    components: { certManager: {}, kubeflowNamespace: {}, kubeflowRoles: {}, trainer: {}, trainingOperator: {} },
  });
  return app;
}
