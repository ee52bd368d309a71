import { App, Chart } from 'cdk8s';
import { allow, core } from '../../lib';
import { grantShared } from '../../lib/blocks';
import { assembled } from '../support/app';
import { find } from '../support/platform';
import { declared } from '../support/server';

const ROLE = { name: 'reader', binding: 'readers', permissions: [allow('get').on(core.pods)] };

test('a role that several share is there once, with a binding to all of them', () => {
  const app = new App();
  for (const namespace of ['one', 'two'])
    grantShared(new Chart(app, namespace, { namespace }), ROLE, { serviceAccount: 'server', namespace });
  const assembly = assembled(app);
  expect(declared(assembly).sort()).toStrictEqual(['ClusterRole reader', 'ClusterRoleBinding readers']);
  expect(find(assembly, 'ClusterRole', 'reader')).toMatchObject({ rules: [{ resources: ['pods'], verbs: ['get'] }] });
  expect(find(assembly, 'ClusterRoleBinding', 'readers')).toMatchObject({
    roleRef: { kind: 'ClusterRole', name: 'reader' },
    subjects: [
      { kind: 'ServiceAccount', name: 'server', namespace: 'one' },
      { kind: 'ServiceAccount', name: 'server', namespace: 'two' },
    ],
  });
});

test('an app of its own has a role of its own', () => {
  const roles = [new App(), new App()].map((app) => {
    grantShared(new Chart(app, 'team', { namespace: 'team' }), ROLE, { serviceAccount: 'server', namespace: 'team' });
    return declared(assembled(app)).length;
  });
  expect(roles).toStrictEqual([2, 2]);
});
