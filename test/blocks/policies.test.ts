import {
  AggregatedRoles,
  admit,
  aggregateTo,
  allow,
  Caller,
  core,
  having,
  kubeflow,
  NamespaceBaseline,
  type NamespaceBaselineProps,
} from '../../lib';
import { selects } from '../../lib/core/labels';
import { assembled, teamChart } from '../support/app';
import { find } from '../support/platform';

describe('admit', () => {
  const pods = { matchLabels: { app: 'server' } };

  test('admits callers to ports', () => {
    expect(admit(pods, [Caller.sameNamespace, Caller.namespace('gateway')], [80, 443])).toStrictEqual({
      podSelector: pods,
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: {} }, { namespaceSelector: having({ 'kubernetes.io/metadata.name': 'gateway' }) }],
          ports: [
            { port: 80, protocol: 'TCP' },
            { port: 443, protocol: 'TCP' },
          ],
        },
      ],
    });
  });

  test('admits everybody without callers, to everything without ports', () => {
    expect(admit(pods, []).ingress).toStrictEqual([{}]);
    expect(admit(pods, [], [80]).ingress).toStrictEqual([{ ports: [{ port: 80, protocol: 'TCP' }] }]);
  });

  test('selects what has all the labels', () => {
    const selector = having({ a: '1', b: '2' });
    expect(selects(selector, { a: '1', b: '2', c: '3' })).toBe(true);
    expect(selects(selector, { a: '1', b: '3' })).toBe(false);
    expect(selects(selector, { a: '1' })).toBe(false);
    expect(Caller.namespaces({ a: '1' })).toStrictEqual({ namespaceSelector: having({ a: '1' }) });
  });
});

describe('NamespaceBaseline', () => {
  const baseline = (props?: NamespaceBaselineProps) => {
    const chart = teamChart();
    new NamespaceBaseline(chart, 'system', props);
    return assembled(chart);
  };

  test('enforces the standard `restricted`, and refuses callers from elsewhere', () => {
    expect(find(baseline(), 'Namespace', 'system').metadata.labels).toStrictEqual({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(find(baseline(), 'NetworkPolicy', 'default-allow-same-namespace', 'system').spec).toStrictEqual(
      admit({}, [Caller.sameNamespace]),
    );
  });

  test('takes another standard, further labels and another name of the policy', () => {
    const assembly = baseline({ podSecurity: 'baseline', labels: { mesh: 'on' }, policy: 'closed' });
    expect(find(assembly, 'Namespace', 'system').metadata.labels).toStrictEqual({
      mesh: 'on',
      'pod-security.kubernetes.io/enforce': 'baseline',
    });
    expect(find(assembly, 'NetworkPolicy', 'closed', 'system')).toBeDefined();
  });
});

describe('AggregatedRoles', () => {
  const chart = teamChart();
  new AggregatedRoles(chart, 'training', {
    of: [kubeflow.tfjobs],
    edit: [allow('get').on(core.events)],
    view: [allow('list').on(core.events)],
  });
  const assembly = assembled(chart);
  const status = { apiGroups: ['kubeflow.org'], resources: ['tfjobs/status'], verbs: ['get'] };

  test('put together what an admin may, without rules of its own', () => {
    expect(find(assembly, 'ClusterRole', 'kubeflow-training-admin')).toStrictEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'kubeflow-training-admin', labels: aggregateTo('kubeflow-admin') },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregateTo('kubeflow-training-admin') }] },
    });
  });

  test('let editors manage the kinds, as part of the editors and the admins', () => {
    const { metadata, rules } = find(assembly, 'ClusterRole', 'kubeflow-training-edit');
    expect(metadata.labels).toStrictEqual({ ...aggregateTo('kubeflow-edit'), ...aggregateTo('kubeflow-training-admin') });
    expect(rules).toStrictEqual([
      {
        apiGroups: ['kubeflow.org'],
        resources: ['tfjobs'],
        verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
      },
      status,
      { apiGroups: [''], resources: ['events'], verbs: ['get'] },
    ]);
  });

  test('let viewers read the kinds, as part of the viewers', () => {
    const { metadata, rules } = find(assembly, 'ClusterRole', 'kubeflow-training-view');
    expect(metadata.labels).toStrictEqual(aggregateTo('kubeflow-view'));
    expect(rules).toStrictEqual([
      { apiGroups: ['kubeflow.org'], resources: ['tfjobs'], verbs: ['get', 'list', 'watch'] },
      status,
      { apiGroups: [''], resources: ['events'], verbs: ['list'] },
    ]);
  });
});
