import { Construct } from 'constructs';
import { NamespaceBaseline, type NamespaceBaselineProps } from '../../lib/blocks';
import { MESH, type Mesh, NAMESPACE_CALLERS, type NamespaceCaller } from '../../lib/contracts';
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

  const activator: NamespaceCaller = {
    policy: 'activator-to-revisions',
    peers: [{ namespaceSelector: { matchLabels: { name: 'knative' } } }],
    pods: { matchLabels: { revision: 'true' } },
    ports: [8012],
  };

  /** The policies of a namespace, by name. */
  const policies = (props: NamespaceBaselineProps, ...callers: NamespaceCaller[]) => {
    const chart = teamChart();
    const platform = new Construct(chart.node.root, 'platform');
    for (const caller of callers) NAMESPACE_CALLERS.offer(platform, caller);
    new NamespaceBaseline(chart, 'system', props);
    const objects = assembled(chart).model.manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    return Object.fromEntries(objects.map(({ metadata, spec }) => [metadata.name, spec]));
  };

  test('admits the components that call pods of users, each once, to their ports', () => {
    const gateway: NamespaceCaller = { policy: 'gateway-to-pods', peers: [{ podSelector: {} }] };
    expect(policies({}, activator, gateway, activator)).toMatchObject({
      'activator-to-revisions': {
        podSelector: { matchLabels: { revision: 'true' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: activator.peers, ports: [{ port: 8012, protocol: 'TCP' }] }],
      },
      'gateway-to-pods': { podSelector: {}, ingress: [{ from: gateway.peers }] },
    });
    expect(Object.keys(policies({ admits: 'nobody' }, activator))).toEqual(['default-allow-same-namespace']);
  });

  test('is declared after the platform, and says so otherwise', () => {
    const chart = teamChart();
    new NamespaceBaseline(chart, 'system');
    expect(() => NAMESPACE_CALLERS.offer(new Construct(chart.node.root, 'platform'), activator)).toThrow(
      'platform: it offers a caller of pods in namespaces of users, and team/namespace-system was declared before without knowing it; declare platform first',
    );
    const own = teamChart();
    new NamespaceBaseline(own, 'system', { admits: 'nobody' });
    NAMESPACE_CALLERS.offer(new Construct(own.node.root, 'platform'), activator);
  });
});
