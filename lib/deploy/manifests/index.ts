import './validation';

// The way out as plain YAML: for Git, kubectl, and whatever else applies files.
export type { ComponentFiles } from './layout';
export { Manifests } from './manifests';
export type { WriteResult } from './output/output';
export type { PlanFile } from './plan-file';
export { type SynthOptions, synth } from './synth';
