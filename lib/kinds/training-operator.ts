import { jaxjobs, mpijobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs } from '../../crds-imports/kubeflow.org';
import type { KindFacts } from '../core';
import { QUEUE, queued } from './kueue';

export const TRAINING_OPERATOR: readonly KindFacts[] = [
  ...[jaxjobs, mpijobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs].flatMap((kind) => [
    queued(kind, 'spec.runPolicy.suspend'),
    // A running job mostly ignores what changes in it.
    { kind, kept: { fields: ['spec', QUEUE], except: ['spec.runPolicy.suspend'] } },
  ]),
  {
    kind: pytorchjobs,
    written: [
      {
        where: ['spec.elasticPolicy'],
        fields: ['spec.pytorchReplicaSpecs.Worker.replicas'],
        writer: 'the autoscaler of an elastic job',
      },
    ],
  },
];
