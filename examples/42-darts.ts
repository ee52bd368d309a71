// Differentiable architecture search: one trial that finds a network made of the given operations.
import { App, Chart } from 'cdk8s';
import {
  Algorithm,
  DartsAssignment,
  Gpu,
  HpoExperiment,
  MetricsCollector,
  Objective,
  Operation,
  synth,
  Trial,
} from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new HpoExperiment(team, 'darts', {
  objective: Objective.maximize('Best-Genotype'),
  algorithm: Algorithm.darts({ epochs: 30, batchSize: 96 }),
  nas: {
    layers: 8,
    operations: [
      Operation.separableConvolution({ filterSizes: [3, 5] }),
      Operation.dilatedConvolution({ filterSizes: [3, 5] }),
      Operation.averagePooling([3]),
      Operation.maxPooling([3]),
      Operation.skipConnection(),
    ],
  },
  metrics: MetricsCollector.stdOut({ filter: ['([\\w-]+)=(Genotype.*)'] }),
  maxTrialCount: 1,
  parallelTrialCount: 1,
  trial: Trial.job({
    image: 'ghcr.io/kubeflow/katib/darts-cnn-cifar10-gpu:v0.19.0',
    command: [
      'python3',
      'run_trial.py',
      `--algorithm-settings="${DartsAssignment.algorithmSettings}"`,
      `--search-space="${DartsAssignment.searchSpace}"`,
      `--num-layers="${DartsAssignment.layers}"`,
    ],
    resources: { gpu: Gpu.nvidia(1) },
  }),
});

synth(app);
