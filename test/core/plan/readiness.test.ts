import { Facts, type Manifest } from '../../../lib/core';
import { bundleOf, readyOf } from '../../../lib/core/plan/readiness';
import { apiService, definition, mutating, secret, validating, workload } from '../../support/manifests';

const ready = (object: Manifest) => readyOf(object, Facts.kubernetes);
const bundle = (object: Manifest) => bundleOf(object, Facts.kubernetes);

test('what no fact tells of is ready when it is applied', () => {
  expect(ready(secret('s'))).toStrictEqual({ state: 'Applied' });
  expect(bundle(secret('s'))).toStrictEqual({ state: 'Applied' });
});

test('a definition is ready when it is established', () => {
  expect(ready(definition('Widget'))).toStrictEqual({ state: 'Established', condition: 'condition=Established' });
});

test('workloads are available by what their status says', () => {
  const available = (condition: string) => ({ state: 'Available', condition });
  expect(ready(workload('a'))).toStrictEqual(available('condition=Available'));
  expect(ready(workload('a', { kind: 'StatefulSet' }))).toStrictEqual(available('jsonpath={.status.availableReplicas}=1'));
  expect(ready(workload('a', { kind: 'StatefulSet', spec: { replicas: 3 } }))).toStrictEqual(
    available('jsonpath={.status.availableReplicas}=3'),
  );
  expect(ready(workload('a', { kind: 'DaemonSet' }))).toStrictEqual(available('jsonpath={.status.numberAvailable}'));
  expect(ready(apiService('a', 'v1', 's'))).toStrictEqual(available('condition=Available'));
});

test('CA bundles are waited for where they stand', () => {
  const first = 'jsonpath={.webhooks[0].clientConfig.caBundle}';
  expect(bundle(validating('v')).condition).toBe(first);
  expect(bundle(mutating('m')).condition).toBe(first);
  expect(bundle(definition('Widget')).condition).toBe('jsonpath={.spec.conversion.webhook.clientConfig.caBundle}');
});
