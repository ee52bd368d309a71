import { Size } from 'cdk8s';
import { Credentials, platformChecks, SqlDatabase, serving, training, tuning } from 'cdk8s-kubeflow';
import type { Environment } from './environment';

/** A cluster on one machine: everything once, with small requests, and a database whose password everybody can read. */
export const laptop: Environment = {
  platform: {
    components: {
      ...training(),
      ...serving(),
      ...tuning({ database: SqlDatabase.bundledMySql({ credentials: Credentials.development(), size: Size.gibibytes(1) }) }),
    },
    workloads: {
      resources: {
        'jobset-controller-manager/manager': { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '512Mi' } },
        'katib-mysql/katib-mysql': { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '1Gi' } },
      },
    },
  },
  checks: platformChecks,
};
