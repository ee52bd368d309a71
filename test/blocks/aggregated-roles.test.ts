import { allow, core, kubeflow } from '../../lib';
import { AggregatedRoles, aggregateTo } from '../../lib/blocks';
import { assembled, teamChart } from '../support/app';
import { find } from '../support/platform';

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
        verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch', 'deletecollection'],
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
