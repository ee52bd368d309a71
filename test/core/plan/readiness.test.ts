import type { Manifest } from '../../../lib/core';
import { type Readiness, waitFor } from '../../../lib/core/plan/readiness';
import { apiService, certificate, definition, mutating, profile, secret, validating, workload } from '../../support/manifests';

/** What kubectl is told to wait for. */
function condition(object: Manifest, readiness: Readiness): string | undefined {
  return waitFor(object, readiness, 'r.g')?.for;
}

test('being applied needs no waiting', () => {
  expect(waitFor(secret('s'), 'Applied', 'secrets')).toBeUndefined();
});

test('a namespaced object is named with its namespace, another without', () => {
  expect(waitFor(workload('app'), 'Available', 'deployments.apps')).toStrictEqual({
    resource: 'deployments.apps',
    namespace: 'team',
    name: 'app',
    for: 'condition=Available',
  });
  expect(waitFor(definition('Widget'), 'Established', 'customresourcedefinitions.apiextensions.k8s.io')).toStrictEqual({
    resource: 'customresourcedefinitions.apiextensions.k8s.io',
    namespace: undefined,
    name: 'widgets.example.com',
    for: 'condition=Established',
  });
});

test('a Profile is waited for by the Namespace that it makes', () => {
  expect(waitFor(profile('alice'), 'NamespaceExists', 'profiles.kubeflow.org')).toStrictEqual({
    resource: 'namespaces',
    name: 'alice',
    for: 'create',
  });
});

test('workloads are available by what their status says', () => {
  expect(condition(workload('a', { kind: 'StatefulSet' }), 'Available')).toBe('jsonpath={.status.availableReplicas}=1');
  expect(condition(workload('a', { kind: 'StatefulSet', spec: { replicas: 3 } }), 'Available')).toBe(
    'jsonpath={.status.availableReplicas}=3',
  );
  expect(condition(workload('a', { kind: 'DaemonSet' }), 'Available')).toBe('jsonpath={.status.numberAvailable}');
  expect(condition(apiService('a', 'v1', 's'), 'Available')).toBe('condition=Available');
});

test('CA bundles are waited for where they stand', () => {
  const first = 'jsonpath={.webhooks[0].clientConfig.caBundle}';
  expect(condition(validating('v'), 'CABundle')).toBe(first);
  expect(condition(mutating('m'), 'CABundle')).toBe(first);
  expect(condition(definition('Widget'), 'CABundle')).toBe('jsonpath={.spec.conversion.webhook.clientConfig.caBundle}');
});

test('a Certificate is waited for by its condition', () => {
  expect(condition(certificate('c'), 'Ready')).toBe('condition=Ready');
});
