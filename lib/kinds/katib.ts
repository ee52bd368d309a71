import { experiments } from '../../crds-imports/kubeflow.org';
import type { KindFacts } from '../core';

export const KATIB: readonly KindFacts[] = [
  {
    kind: experiments,
    makesPods: true,
    // All but the budget; the definition does not describe the fields.
    kept: {
      fields: [
        'objective',
        'algorithm',
        'earlyStopping',
        'parameters',
        'nasConfig',
        'trialTemplate',
        'metricsCollectorSpec',
        'resumePolicy',
      ].map((field) => `spec.${field}`),
    },
  },
];
