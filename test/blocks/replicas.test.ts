import fc from 'fast-check';
import { allow, core, resource } from '../../lib';
import { Replicas } from '../../lib/blocks';
import { notes, thrown } from '../support/app';
import { find } from '../support/platform';
import { declared, podOf, server } from '../support/server';

const HIGH = { availability: 'high' } as const;
const count = (replicas: Replicas, around = {}) =>
  (find(server({ replicas }, around), 'Deployment', 'server').spec as { replicas?: number }).replicas;

test('there is one, or as many as are asked for', () => {
  expect([Replicas.any(), Replicas.any(3), Replicas.one('it has one volume')].map((replicas) => count(replicas))).toStrictEqual([
    1, 3, 1,
  ]);
});

describe('in a platform of high availability', () => {
  test('there are at least two where there can be, spread, and one may go at a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (asked) => count(Replicas.any(asked), HIGH) === Math.max(2, asked)),
      { numRuns: 10 },
    );
    const assembly = server({}, HIGH);
    expect(find(assembly, 'PodDisruptionBudget', 'server').spec).toStrictEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { app: 'server' } },
    });
    expect(podOf(assembly).spec.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toStrictEqual([
      'kubernetes.io/hostname',
      'topology.kubernetes.io/zone',
    ]);
  });

  test('what there can be one of stays alone, and says why', () => {
    const assembly = server({ replicas: Replicas.one('it has one volume') }, HIGH);
    expect(count(Replicas.one('it has one volume'), HIGH)).toBe(1);
    expect(declared(assembly)).not.toContain('PodDisruptionBudget server');
    expect(podOf(assembly).spec).not.toHaveProperty('topologySpreadConstraints');
    expect(notes(assembly)).toContain('team/server: server stays at one replica: it has one volume');
  });

  test('nodes say how many there are where each has one', () => {
    expect(declared(server({ replicas: Replicas.onEveryNode }, HIGH))).toStrictEqual([
      'ServiceAccount server',
      'DaemonSet server',
    ]);
  });
});

describe('an autoscaler', () => {
  test('says how many there are, in place of the workload', () => {
    const assembly = server({ replicas: Replicas.scaled(1, 5, 80), names: { workload: 'program' } });
    expect(find(assembly, 'Deployment', 'program').spec).not.toHaveProperty('replicas');
    expect(find(assembly, 'HorizontalPodAutoscaler', 'program').spec).toStrictEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'program' },
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
    });
  });

  test('keeps two in a platform of high availability', () => {
    const bounds = (min: number, max: number) =>
      find(server({ replicas: Replicas.scaled(min, max, 80) }, HIGH), 'HorizontalPodAutoscaler', 'server').spec;
    expect(bounds(1, 5)).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
    expect(bounds(1, 1)).toMatchObject({ minReplicas: 2, maxReplicas: 2 });
    expect(bounds(3, 5)).toMatchObject({ minReplicas: 3 });
  });

  test.each([
    [0, 5],
    [3, 2],
  ])('does not scale from %d to %d', (min, max) => {
    expect(thrown(() => server({ replicas: Replicas.scaled(min, max, 80) })).message).toBe(
      `team/server: it is scaled from ${min} to ${max}; the least has to be at least 1 and at most the most`,
    );
  });
});

describe('an election', () => {
  const leases = resource('coordination.k8s.io', 'leases');

  test('brings the Role for its Leases, in the namespace of the program', () => {
    const assembly = server({ replicas: Replicas.electing({ leases: ['lock'], role: 'election', binding: 'elected' }) });
    expect(find(assembly, 'Role', 'election', 'team').rules).toStrictEqual([
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'update', 'patch'], resourceNames: ['lock'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ]);
    expect(find(assembly, 'RoleBinding', 'elected', 'team')).toMatchObject({ roleRef: { name: 'election' } });
  });

  test('by a role of the program needs one that lets it write Leases', () => {
    const replicas = Replicas.electingBy('elector');
    const roles = (permissions: Parameters<typeof allow>) => [
      { name: 'elector', permissions: [allow(...permissions).on(leases)] },
    ];
    expect(declared(server({ replicas, roles: roles(['create', 'update']) }))).toContain('ClusterRole elector');
    expect(thrown(() => server({ replicas, roles: roles(['get', 'list']) })).message).toBe(
      'team/server: it elects a leader by the role elector, which lets it write no Leases',
    );
    expect(
      thrown(() => server({ replicas, roles: [{ name: 'elector', permissions: [allow('create', 'update').on(core.pods)] }] }))
        .message,
    ).toContain('lets it write no Leases');
    expect(thrown(() => server({ replicas })).message).toBe(
      'team/server: it elects a leader by the role elector, which is not among its roles',
    );
  });
});
