import { platformChecks, training } from 'cdk8s-kubeflow';
import type { Environment } from './environment';

/** A cluster on one machine: everything once, with small requests. */
export const laptop: Environment = {
  platform: {
    components: { certManager: {}, ...training() },
    workloads: {
      resources: {
        'jobset-controller-manager/manager': { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '512Mi' } },
      },
    },
  },
  checks: platformChecks,
};
