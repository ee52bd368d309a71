import { noCredentials, platformChecks, training } from 'cdk8s-kubeflow';
import type { Environment } from './environment';

/** A cluster that people depend on: replicas where a program allows them, and no credential in any object. */
export const production: Environment = {
  platform: {
    components: { certManager: {}, ...training() },
    availability: 'high',
  },
  checks: [...platformChecks, noCredentials],
};
