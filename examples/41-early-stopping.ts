// Bayesian optimization over an elastic PyTorch job that writes its metrics to a file; trials that promise nothing are stopped.
import { App, Chart } from 'cdk8s';
import {
  Algorithm,
  EarlyStopping,
  Elastic,
  HpoExperiment,
  MetricsCollector,
  Objective,
  Parameter,
  synth,
  Trial,
  TrialField,
} from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

const dropout = Parameter.double('dropout', { min: 0.05, max: 0.5 });
const batchSize = Parameter.discrete('batch-size', [32, 64, 128]);

new HpoExperiment(team, 'bert-search', {
  objective: Objective.minimize('loss', { strategies: { loss: 'latest' } }),
  algorithm: Algorithm.bayesianOptimization({ initialPoints: 5, acquisitionFunction: 'EI', randomState: 7 }),
  parameters: [dropout, batchSize],
  earlyStopping: EarlyStopping.median({ minTrialsRequired: 4, startStep: 10 }),
  metrics: MetricsCollector.file({ path: '/metrics/train.log', filter: ['([\\w-]+)=([0-9.]+)'] }),
  maxTrialCount: 30,
  resumePolicy: 'FromVolume',
  trial: Trial.trainingJob({
    pytorch: { worker: 2, elastic: Elastic.between(1, 4) },
    image: 'ghcr.io/my-org/bert-train:2.1',
    command: ['torchrun', 'train.py', `--dropout=${dropout}`],
    env: { BATCH_SIZE: `${batchSize}`, RUN: `${TrialField.name}` },
  }),
});

synth(app);
