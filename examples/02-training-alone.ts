// Training and nothing else: TrainJob with its runtimes, and the jobs of the Training Operator, on a certificate manager that the
// cluster has already.
import { App } from 'cdk8s';
import { KubeflowPlatform, synth, training } from 'cdk8s-kubeflow';

const app = new App();
const { certManager: _, ...components } = training();

new KubeflowPlatform(app, 'kubeflow', {
  components: { ...components, trainer: { without: ['mlx-distributed'], concurrency: 10 } },
  existing: { certManager: { issuer: { kind: 'ClusterIssuer', name: 'corporate' } } },
});

synth(app);
