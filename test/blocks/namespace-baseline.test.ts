import { NamespaceBaseline, type NamespaceBaselineProps } from '../../lib/blocks';
import { MESH, type Mesh } from '../../lib/contracts';
import { assembled, teamChart } from '../support/app';
import { MESH_WITH_SIDECARS } from '../support/mesh';
import { find } from '../support/platform';

describe('NamespaceBaseline', () => {
  const baseline = (props?: NamespaceBaselineProps, mesh?: Mesh) => {
    const chart = teamChart();
    if (mesh) MESH.offer(chart, mesh);
    new NamespaceBaseline(chart, 'system', props);
    return assembled(chart);
  };

  test('enforces the standard `restricted`, and refuses callers from elsewhere', () => {
    expect(find(baseline(), 'Namespace', 'system').metadata.labels).toStrictEqual({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(find(baseline(), 'NetworkPolicy', 'default-allow-same-namespace', 'system').spec).toStrictEqual({
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
  });

  test('takes another standard, further labels and another name of the policy', () => {
    const assembly = baseline({ podSecurity: 'baseline', labels: { mesh: 'on' }, policy: 'closed' });
    expect(find(assembly, 'Namespace', 'system').metadata.labels).toStrictEqual({
      mesh: 'on',
      'pod-security.kubernetes.io/enforce': 'baseline',
    });
    expect(find(assembly, 'NetworkPolicy', 'closed', 'system')).toBeDefined();
  });

  test('says whether its pods are part of the mesh, where there is one and it knows', () => {
    const labels = (props: NamespaceBaselineProps, mesh?: Mesh) =>
      find(baseline(props, mesh), 'Namespace', 'system').metadata.labels?.['istio-injection'];
    expect(labels({ mesh: 'inside' }, MESH_WITH_SIDECARS)).toBe('enabled');
    expect(labels({ mesh: 'outside' }, MESH_WITH_SIDECARS)).toBe('disabled');
    expect(labels({}, MESH_WITH_SIDECARS)).toBeUndefined();
    expect(labels({ mesh: 'inside' })).toBeUndefined();
  });
});
