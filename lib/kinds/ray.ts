import { rayclusters, rayjobs } from '../../crds-imports/ray.io';
import type { KindFacts } from '../core';
import { QUEUE, queued } from './kueue';

export const RAY: readonly KindFacts[] = [
  queued(rayclusters, 'spec.suspend'),
  {
    kind: rayclusters,
    written: [
      {
        where: ['spec.enableInTreeAutoscaling'],
        fields: ['spec.workerGroupSpecs[*].replicas', 'spec.workerGroupSpecs[*].scaleStrategy'],
        writer: "Ray's autoscaler",
      },
    ],
  },
  queued(rayjobs, 'spec.suspend'),
  { kind: rayjobs, kept: { fields: [QUEUE] } },
];
