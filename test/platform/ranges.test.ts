import type { KubeflowPlatformProps } from '../../lib';
import { thrown } from '../support/app';
import { assembledPlatform } from '../support/platform';

const POSITIVE = 'must be a whole number of at least 1';
const VERBOSITY = 'must be a whole number from 0 to 10';

/** Props with numbers outside of their ranges, and what is said of them. */
const WRONG: readonly (readonly [Partial<KubeflowPlatformProps>, string])[] = [
  [{ verbosity: -1 }, `kubeflow: verbosity is -1, ${VERBOSITY}`],
  [
    { workloads: { replicas: { 'katib-ui': -1 } } },
    'kubeflow: workloads.replicas["katib-ui"] is -1, must be a whole number of at least 0',
  ],
  [
    { components: { certManager: { logLevel: 11, replicas: 0, maxConcurrentChallenges: 0.5 } } },
    `kubeflow/cert-manager: logLevel is 11, ${VERBOSITY}; replicas is 0, ${POSITIVE}; maxConcurrentChallenges is 0.5, ${POSITIVE}`,
  ],
  [
    { components: { certManager: {}, trainer: { logLevel: 11, concurrency: 0 } } },
    `kubeflow/trainer: logLevel is 11, ${VERBOSITY}; concurrency is 0, ${POSITIVE}`,
  ],
  [{ components: { trainingOperator: { concurrency: -3 } } }, `kubeflow/training-operator: concurrency is -3, ${POSITIVE}`],
  [
    { components: { certManager: {}, kserve: { localModel: { fsGroup: -1, jobTtlSeconds: 0.5, reconcileSeconds: 0 } } } },
    `localModel.fsGroup is -1, must be a whole number of at least 0; localModel.jobTtlSeconds is 0.5, must be a whole number of at least 0; localModel.reconcileSeconds is 0, ${POSITIVE}`,
  ],
];

test.each(WRONG)('%j is refused', (props, message) => {
  expect(thrown(() => assembledPlatform({ components: {}, existing: { kubeflowNamespace: {} }, ...props })).message).toContain(
    message,
  );
});
