import { Contract } from '../core';

/** What a trainer offers to TrainJobs. */
export interface Training {
  /** Names of its ClusterTrainingRuntimes. */
  readonly runtimes: readonly string[];
}

/** Offered by the trainer, installed or existing. */
export const TRAINING = new Contract<Training>('training with runtimes');

/** What a Training Operator offers to the jobs of frameworks. */
export interface JobOperator {
  /** How messages call it. */
  readonly words: string;
  /** What starts the pods of a job together. */
  readonly gangScheduler: 'volcano' | 'scheduler-plugins' | 'none';
}

/** Offered by the Training Operator, installed or existing. */
export const JOB_OPERATOR = new Contract<JobOperator>('an operator of training jobs');
