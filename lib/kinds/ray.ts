import { rayclusters, rayjobs } from '../../crds-imports/ray.io';
import type { KindFacts } from '../core';
import { QUEUE, startedByKueue } from './kueue';

export const RAY: readonly KindFacts[] = [
  {
    kind: rayclusters,
    written: [
      startedByKueue('spec.suspend'),
      {
        where: ['spec.enableInTreeAutoscaling'],
        fields: ['spec.workerGroupSpecs[*].replicas', 'spec.workerGroupSpecs[*].scaleStrategy'],
        writer: "Ray's autoscaler",
      },
    ],
  },
  { kind: rayjobs, written: [startedByKueue('spec.suspend')], kept: { fields: [QUEUE] } },
];
