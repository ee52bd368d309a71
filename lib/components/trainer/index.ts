export type { DeclaredRuntime, RuntimeMetadata } from './declared-runtime';
export {
  type ClaimShape,
  type RuntimeDeclaration,
  type RuntimeShape,
  type Step,
  stepLabels,
} from './runtime-shape';
export { RUNTIMES, type RuntimeName } from './runtimes';
export { type ExistingTrainer, Trainer, type TrainerProps } from './trainer';
