import { JOB_OPERATOR, type Product } from '../../contracts';
import { type ExistingTrainingOperator, KINDS, TrainingOperator, type TrainingOperatorProps } from './training-operator';

const ID = 'training-operator';

/** The Training Operator, as a platform takes it. */
export const TRAINING_OPERATOR: Product<TrainingOperatorProps, ExistingTrainingOperator> = {
  id: ID,
  needs: () => ({ kubeflowNamespace: 'the namespace kubeflow that it runs in' }),
  offer: (platform, { gangScheduler }) =>
    JOB_OPERATOR.offer(platform, { words: `${platform.node.path}/${ID}`, gangScheduler: gangScheduler ?? 'none' }),
  install: (platform, id, props) => new TrainingOperator(platform, id, props),
  defines: KINDS,
  existing: (scope, existing) => TrainingOperator.existing(scope, existing),
};
