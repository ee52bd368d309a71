import { apps, core, kubeflow } from '../../crds-imports';
import { allow, MANAGE, manage, Permission, READ, resource } from '../../lib/core';

describe('allow', () => {
  test('makes one rule of the resources of a group', () => {
    expect(allow('get', 'list').on(core.pods, core.services, core.pods.sub('log')).rules).toStrictEqual([
      { apiGroups: [''], resources: ['pods', 'services', 'pods/log'], verbs: ['get', 'list'] },
    ]);
  });

  test('makes a rule for each group, in the order in which they come', () => {
    expect(
      allow(...READ).on(kubeflow.tfjobs, core.pods, kubeflow.mpijobs, resource('scheduling.volcano.sh', 'podgroups')).rules,
    ).toStrictEqual([
      { apiGroups: ['kubeflow.org'], resources: ['tfjobs', 'mpijobs'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['scheduling.volcano.sh'], resources: ['podgroups'], verbs: ['get', 'list', 'watch'] },
    ]);
  });
});

describe('manage', () => {
  const jobs = { apiGroups: ['kubeflow.org'], resources: ['tfjobs', 'mpijobs'], verbs: [...MANAGE] };
  const statuses = {
    apiGroups: ['kubeflow.org'],
    resources: ['tfjobs/status', 'mpijobs/status'],
    verbs: ['get', 'patch', 'update'],
  };
  const finalizers = { apiGroups: ['kubeflow.org'], resources: ['tfjobs/finalizers', 'mpijobs/finalizers'], verbs: ['update'] };

  test('allows what a controller does with its objects', () => {
    expect(MANAGE).toStrictEqual(['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']);
    expect(manage(kubeflow.tfjobs, kubeflow.mpijobs).rules).toStrictEqual([jobs]);
  });

  test('takes status and finalizers in any order, each time anew', () => {
    const plain = manage(kubeflow.tfjobs, kubeflow.mpijobs);
    expect(plain.withStatus().rules).toStrictEqual([jobs, statuses]);
    expect(plain.withFinalizers().rules).toStrictEqual([jobs, finalizers]);
    expect(plain.withStatus().withFinalizers().rules).toStrictEqual([jobs, statuses, finalizers]);
    expect(plain.withFinalizers().withStatus().rules).toStrictEqual([jobs, finalizers, statuses]);
    expect(plain.rules).toStrictEqual([jobs]);
  });

  test('of several groups has a rule for each', () => {
    expect(
      manage(core.pods, apps.deployments)
        .withStatus()
        .rules.map(({ apiGroups, resources }) => [apiGroups, resources]),
    ).toStrictEqual([
      [[''], ['pods']],
      [['apps'], ['deployments']],
      [[''], ['pods/status']],
      [['apps'], ['deployments/status']],
    ]);
  });
});

describe('a permission', () => {
  test('may be for some objects only', () => {
    const permission = allow('get', 'update').on(core.secrets, apps.deployments);
    expect(permission.named('a', 'b').rules).toStrictEqual([
      { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'update'], resourceNames: ['a', 'b'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'update'], resourceNames: ['a', 'b'] },
    ]);
    expect(permission.rules[0]).not.toHaveProperty('resourceNames');
  });

  test.each(['create', 'deletecollection'] as const)('to %s cannot, but for subresources', (verb) => {
    expect(() => allow('get', verb).on(core.pods.sub('exec'), core.pods).named('a')).toThrow(
      `${verb} pods cannot be limited to names; allow it apart from the others`,
    );
    expect(allow(verb).on(core.serviceaccounts.sub('token')).named('a').rules).toHaveLength(1);
  });

  test('may be joined with others', () => {
    const joined = allow('get').on(core.pods).and(allow('list').on(core.services));
    expect(joined.rules.map(({ verbs }) => verbs)).toStrictEqual([['get'], ['list']]);
    expect(Permission.rules([joined, manage(core.secrets)])).toHaveLength(3);
  });
});
