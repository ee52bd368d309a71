import type { KindFacts } from '../core';

export const NVIDIA: readonly KindFacts[] = [
  { kind: { group: 'resource.nvidia.com', kind: 'ComputeDomain' }, kept: { fields: ['spec'] } },
];
