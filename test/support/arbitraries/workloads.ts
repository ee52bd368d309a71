import type { Workload } from './draft';
import { inferenceGraphs } from './serving/graph/inference-graph';
import { llmInferenceServiceConfigs, llmInferenceServices } from './serving/llm/llm-inference-service';
import { localModelCaches, localModelNodeGroups } from './serving/local-models/local-model-cache';
import { clusterServingRuntimes, servingRuntimes } from './serving/runtime/serving-runtime';
import { modelServers } from './serving/server/model-server';
import { trainedModels } from './serving/server/trained-model';
import { trainJobs } from './training/train-job';
import { trainingJobs } from './training/training-job';
import { clusterTrainingRuntimes, trainingRuntimes } from './training/training-runtime';
import { hpoExperiments } from './tuning/hpo-experiment';

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
