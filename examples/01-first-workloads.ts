// Two workloads in a plain cdk8s chart: a distributed training job, and a server for the model that it makes.
import { App, Chart } from 'cdk8s';
import { Gpu, Model, ModelServer, Scale, synth, TrainingJob } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new TrainingJob(team, 'imagenet-resnet50', {
  pytorch: { master: 1, worker: 3 },
  image: 'ghcr.io/my-org/resnet-train:1.4',
  resources: { gpu: Gpu.nvidia(1) },
});

new ModelServer(team, 'resnet50', {
  model: Model.pytorch('s3://my-bucket/models/resnet50/v1/'),
  scale: Scale.between(0, 10),
  resources: { gpu: Gpu.nvidia(1) },
});

synth(app);
