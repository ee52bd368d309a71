import type { Workload } from './draft';
import { hpoExperiments } from './hpo-experiment';
import { inferenceGraphs } from './inference-graph';
import { llmInferenceServiceConfigs, llmInferenceServices } from './llm-inference-service';
import { localModelCaches, localModelNodeGroups } from './local-model-cache';
import { modelServers } from './model-server';
import { clusterServingRuntimes, servingRuntimes } from './serving-runtime';
import { trainJobs } from './train-job';
import { trainedModels } from './trained-model';
import { trainingJobs } from './training-job';
import { clusterTrainingRuntimes, trainingRuntimes } from './training-runtime';

/** Every sort of workload. */
export const WORKLOADS: readonly Workload[] = [
  ...trainingJobs,
  trainJobs,
  clusterTrainingRuntimes,
  trainingRuntimes,
  hpoExperiments,
  modelServers,
  servingRuntimes,
  clusterServingRuntimes,
  inferenceGraphs,
  trainedModels,
  llmInferenceServices,
  llmInferenceServiceConfigs,
  localModelCaches,
  localModelNodeGroups,
];
