import type { ClusterRole } from '../../crds-imports/rbac.authorization.k8s.io';
import type { Manifest } from '../../lib';
import { selects } from '../../lib/core/labels';
import { errors } from '../support/app';
import { assembledPlatform, GROUND } from '../support/platform';

const assembly = assembledPlatform({ components: { ...GROUND, trainingOperator: {} } });

test('the roles of users stand in a closed world', () => {
  expect(errors(assembly)).toStrictEqual([]);
});

/** The roles that become part of a role, with those that become part of them. */
function partsOf(name: string): string[] {
  const roles = assembly.model.manifests.filter(({ kind }) => kind === 'ClusterRole');
  const { aggregationRule } = roles.find(({ metadata }) => metadata.name === name) as Manifest & ClusterRole;
  const selectors = aggregationRule?.clusterRoleSelectors ?? [];
  const parts = roles.filter(({ metadata }) => selectors.some((selector) => selects(selector, metadata.labels ?? {})));
  return parts.flatMap(({ metadata }) => [metadata.name, ...partsOf(metadata.name)]);
}

test('a viewer may read, an editor also write, an admin everything that both may', () => {
  const [admin, edit, view] = ['admin', 'edit', 'view'].map((role) => new Set(partsOf(`kubeflow-${role}`))) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  expect([...view].sort()).toStrictEqual(['kubeflow-kubernetes-view', 'kubeflow-training-view']);
  expect([...edit].sort()).toStrictEqual(['kubeflow-kubernetes-edit', 'kubeflow-training-edit', 'kubeflow-view', ...view].sort());
  expect([...admin].sort()).toStrictEqual(
    ['kubeflow-edit', 'kubeflow-kubernetes-admin', 'kubeflow-training-admin', ...edit].sort(),
  );
});

test('Secrets are for editors, roles for admins', () => {
  const resources = (name: string) => {
    const role = assembly.model.manifests.find(({ metadata }) => metadata.name === name) as Manifest & ClusterRole;
    return new Set(role.rules?.flatMap((rule) => rule.resources ?? []));
  };
  expect(resources('kubeflow-kubernetes-view')).not.toContain('secrets');
  expect(resources('kubeflow-kubernetes-edit')).toContain('secrets');
  expect(resources('kubeflow-kubernetes-edit')).not.toContain('rolebindings');
  expect(resources('kubeflow-kubernetes-admin')).toContain('rolebindings');
});
