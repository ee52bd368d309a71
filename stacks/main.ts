import { App } from 'cdk8s';
import { KubeflowPlatform, synth } from 'cdk8s-kubeflow';

const app = new App();

new KubeflowPlatform(app, 'kubeflow', {
  components: {
    certManager: {},
    kubeflowNamespace: {},
    kubeflowRoles: {},
    trainer: {},
    trainingOperator: {},
  },
});

synth(app);
