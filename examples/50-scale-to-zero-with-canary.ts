// A server that sleeps when nobody asks, wakes by requests, and tries a new model on a tenth of them.
import { App, Chart, Duration } from 'cdk8s';
import { Model, ModelServer, Scale, ScaleOn, synth } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new ModelServer(team, 'iris', {
  model: Model.sklearn('s3://my-bucket/models/iris/v2/', { protocol: 'v2' }),
  deploymentMode: 'Knative',
  scale: Scale.between(0, 5, { on: ScaleOn.concurrency(10) }),
  canaryTraffic: 10,
  tagRouting: true,
  timeout: Duration.seconds(30),
  serviceAccount: 'models',
});

synth(app);
