export { type ExistingModelRegistry, ModelRegistry, type ModelRegistryProps } from './model-registry';
