import type { KubeflowNamespaceProps } from '../../lib';
import { errors } from '../support/app';
import { MESH_REFERENCE } from '../support/mesh';
import { assembledPlatform, find, objectsOf } from '../support/platform';

const installed = (kubeflowNamespace: KubeflowNamespaceProps = {}) => assembledPlatform({ components: { kubeflowNamespace } });

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

test('their pods are part of the mesh, and where there is none nobody speaks of it', () => {
  const labels = (istio?: typeof MESH_REFERENCE) =>
    ['kubeflow', 'kubeflow-system'].map((name) => {
      const assembly = assembledPlatform({ components: { kubeflowNamespace: {} }, existing: { istio } });
      return find(assembly, 'Namespace', name).metadata.labels?.['istio-injection'];
    });
  expect(labels(MESH_REFERENCE)).toStrictEqual(['enabled', 'enabled']);
  expect(labels()).toStrictEqual([undefined, undefined]);
});

test('nobody is admitted to them for programs that are not there', () => {
  const policies = objectsOf(installed(), 'kubeflow-namespace').filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies.map(({ metadata }) => metadata.name)).toStrictEqual([
    'default-allow-same-namespace',
    'default-allow-same-namespace-kubeflow-system',
  ]);
});
