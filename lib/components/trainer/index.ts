export type { DeclaredRuntime } from './declared-runtime';
export { RUNTIME_RULES as trainingRuntimeRules } from './runtime-rules';
export {
  type ClaimShape,
  type RuntimeDeclaration,
  type RuntimeShape,
  type Step,
  stepLabels,
} from './runtime-shape';
export { RUNTIMES, type RuntimeName } from './runtimes';
export { type ExistingTrainer, Trainer, type TrainerProps } from './trainer';
