export {
  type ExistingTrainingOperator,
  TrainingOperator,
  type TrainingOperatorProps,
} from './training-operator';
