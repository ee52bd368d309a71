import type { KubeflowNamespaceProps } from '../../lib';
import { errors } from '../support/app';
import { assembledPlatform, find, objectsOf } from '../support/platform';

const installed = (kubeflowNamespace: KubeflowNamespaceProps = {}) => assembledPlatform({ components: { kubeflowNamespace } });

/** The policies of the namespaces, but for those that close them. */
function admitted(props?: KubeflowNamespaceProps): string[] {
  const policies = objectsOf(installed(props), 'kubeflow-namespace').filter(({ kind }) => kind === 'NetworkPolicy');
  return policies.map(({ metadata }) => metadata.name).filter((name) => !name.startsWith('default-'));
}

test('the namespaces of Kubeflow stand in a closed world on their own', () => {
  expect(errors(installed())).toStrictEqual([]);
});

test('both namespaces enforce the standard that is asked for', () => {
  for (const name of ['kubeflow', 'kubeflow-system']) {
    expect(find(installed(), 'Namespace', name).metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(find(installed({ podSecurity: 'baseline' }), 'Namespace', name).metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
    });
  }
});

test("workloads that come from elsewhere are admitted: all of upstream's, or those that are named", () => {
  expect(admitted().length).toBeGreaterThan(5);
  expect(admitted({ admit: ['ml-pipeline'] })).toStrictEqual(['ml-pipeline']);
  expect(admitted({ admit: [] })).toStrictEqual([]);
});
