export type { NamedObject, ObjectOptions } from './named';
export * from './pod';
export * from './queue';
export * from './serving';
export * from './training';
export * from './tuning';
