import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import type { ResourceRequirements } from '../../../crds-imports/core';
import type { Gpu } from './gpu';

/** What each pod of a workload gets. Requests equal limits. */
export interface Resources {
  /** @default - none asked for */
  readonly cpu?: Cpu;
  /** @default - none asked for */
  readonly memory?: Size;
  /** @default - no GPU */
  readonly gpu?: Gpu;
}

/** Extended resources need limits only; their requests follow. */
export function requirements({ cpu, memory, gpu }: Resources): ResourceRequirements {
  const requests = { ...(cpu && { cpu: cpu.amount }), ...(memory && { memory: memory.asString() }) };
  const limits = { ...requests, ...(gpu && { [gpu.resource]: gpu.count }) };
  return { ...(Object.keys(requests).length > 0 && { requests }), ...(Object.keys(limits).length > 0 && { limits }) };
}
