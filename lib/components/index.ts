export * from './katib';
export * from './kserve';
export * from './kserve-models-web-app';
export * from './model-registry';
export * from './trainer';
export * from './training-operator';
