import { type Product, TRAINING } from '../../contracts';
import { type ExistingTrainer, KINDS, runtimeNames, Trainer, type TrainerProps } from './trainer';

/** The trainer, as a platform takes it. */
export const TRAINER: Product<TrainerProps, ExistingTrainer> = {
  id: 'trainer',
  needs: () => ({ kubeflowNamespace: 'the namespace kubeflow-system that it runs in' }),
  offer: (platform, props) => TRAINING.offer(platform, { runtimes: runtimeNames(props) }),
  install: (platform, id, props) => new Trainer(platform, id, props),
  defines: KINDS,
  existing: (scope, existing) => Trainer.existing(scope, existing),
};
