export type { CpuAmount, DeclaredObject } from './declared-object';
export { type Env, EnvFrom, EnvSource, type EnvSourceOptions } from './env';
export { Gpu } from './gpu';
export { Mount, type Mounts } from './mount';
export type { PodOptions } from './pod-options';
export type { Amounts, Bounds, Resources } from './resources';
