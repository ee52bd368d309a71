import type { Construct } from 'constructs';
import {
  type MutatingWebhook,
  mutatingwebhookconfigurations,
  validatingwebhookconfigurations,
} from '../../../crds-imports/admissionregistration.k8s.io';
import { pods } from '../../../crds-imports/core';
import { on } from '../../blocks/webhooks/webhooks';
import { declare, type Labels } from '../../core';
import { REVISION, ROOT } from './names';

type Condition = NonNullable<NonNullable<MutatingWebhook['namespaceSelector']>['matchExpressions']>[number];

const INJECTION = 'istio-injection';
const INJECT = 'sidecar.istio.io/inject';
const REV = 'istio.io/rev';

const among = (key: string, value: string): Condition => ({ key, operator: 'In', values: [value] });
const except = (key: string, value: string): Condition => ({ key, operator: 'NotIn', values: [value] });
const without = (key: string): Condition => ({ key, operator: 'DoesNotExist' });

/** Of which pods istiod is asked: by a label of the namespace or of the pod, which names a revision or none. */
const SELECTORS = [
  {
    by: 'rev.namespace',
    namespace: [among(REV, 'default'), without(INJECTION)],
    pod: [except(INJECT, 'false')],
  },
  {
    by: 'rev.object',
    namespace: [without(REV), without(INJECTION)],
    pod: [except(INJECT, 'false'), among(REV, 'default')],
  },
  { by: 'namespace', namespace: [among(INJECTION, 'enabled')], pod: [except(INJECT, 'false')] },
  {
    by: 'object',
    namespace: [without(INJECTION), without(REV)],
    pod: [among(INJECT, 'true'), without(REV)],
  },
];

/**
 * What istiod is asked about: pods, into which it puts a proxy, and objects of the mesh. It writes the CA bundles itself, and lets the
 * validation fail closed once it answers.
 */
export function meshWebhooks(scope: Construct, labels: Labels): void {
  const service = (path: string) => ({ service: { name: 'istiod', namespace: ROOT, path, port: 443 } });
  declare(scope, mutatingwebhookconfigurations, {
    metadata: { name: 'istio-sidecar-injector', labels: { ...labels, ...REVISION, app: 'sidecar-injector' } },
    webhooks: SELECTORS.map(({ by, namespace, pod }) => ({
      name: `${by}.sidecar-injector.istio.io`,
      clientConfig: service('/inject'),
      rules: on(['CREATE'], pods),
      namespaceSelector: { matchExpressions: namespace },
      objectSelector: { matchExpressions: pod },
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    })),
  });
  declare(scope, validatingwebhookconfigurations, {
    metadata: { name: `istio-validator-${ROOT}`, labels: { ...labels, ...REVISION, app: 'istiod', istio: 'istiod' } },
    webhooks: [
      {
        name: 'rev.validation.istio.io',
        clientConfig: service('/validate'),
        rules: [
          {
            apiGroups: ['security', 'networking', 'telemetry', 'extensions'].map((group) => `${group}.istio.io`),
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['*'],
          },
        ],
        objectSelector: { matchExpressions: [among(REV, 'default')] },
        failurePolicy: 'Ignore',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  });
}
