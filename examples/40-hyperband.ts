// Hyperband over a TrainJob: many trials with few epochs, and few of them with many.
import { App, Chart } from 'cdk8s';
import { Algorithm, Gpu, HpoExperiment, Objective, Parameter, Runtime, synth, Trial } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

const learningRate = Parameter.double('learning-rate', { min: 0.001, max: 0.1 });
const optimizer = Parameter.categorical('optimizer', ['sgd', 'adam']);
const epochs = Parameter.int('epochs', { min: 1, max: 9 });

new HpoExperiment(team, 'resnet-search', {
  objective: Objective.maximize('accuracy', { goal: 0.97, additionalMetrics: ['loss'] }),
  algorithm: Algorithm.hyperband({ resource: epochs, resourceLimit: 9, eta: 3 }),
  parameters: [learningRate, optimizer, epochs],
  parallelTrialCount: 9,
  maxTrialCount: 22,
  maxFailedTrialCount: 3,
  trial: Trial.trainingJob({
    runtime: Runtime.shipped('torch-distributed'),
    image: 'ghcr.io/my-org/resnet-train:1.4',
    command: ['torchrun', 'train.py', `--lr=${learningRate}`, `--optimizer=${optimizer}`, `--epochs=${epochs}`],
    nodes: 2,
    resources: { gpu: Gpu.nvidia(1) },
  }),
});

synth(app);
