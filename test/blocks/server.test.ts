import { Callers, PodVolume, Replicas, type ServerProps } from '../../lib/blocks';
import { MESH_WITH_SIDECARS } from '../support/mesh';
import { find } from '../support/platform';
import { declared, podOf, server } from '../support/server';

const WEB = { port: 8080, name: 'http' };

describe('names of objects', () => {
  const names = { workload: 'program', serviceAccount: 'account', container: 'main', policy: 'policy' };
  const assembly = server({ names, ports: [{ ...WEB, served: {}, callers: [Callers.sameNamespace] }] });

  test('may differ from that of the server', () => {
    expect(declared(assembly)).toStrictEqual([
      'ServiceAccount account',
      'Deployment program',
      'Service server',
      'NetworkPolicy policy',
    ]);
    expect(podOf(assembly, 'program')).toMatchObject({ spec: { serviceAccountName: 'account' }, container: { name: 'main' } });
  });

  test('are in a namespace of its own where it has one', () => {
    const elsewhere = server({ namespace: 'jobs', ports: [{ ...WEB, served: {}, callers: [Callers.sameNamespace] }] });
    expect(elsewhere.model.manifests.map(({ metadata }) => metadata.namespace)).toStrictEqual(['jobs', 'jobs', 'jobs', 'jobs']);
  });
});

describe('a workload', () => {
  test('is a StatefulSet of its first Service, where it is asked for', () => {
    const assembly = server({ runs: 'StatefulSet', ports: [{ ...WEB, served: { service: 'peers' } }] });
    expect(find(assembly, 'StatefulSet', 'server').spec).toMatchObject({ replicas: 1, serviceName: 'peers' });
  });

  test('on every node is a DaemonSet without a number of replicas', () => {
    const assembly = server({ replicas: Replicas.onEveryNode, pod: { nodeSelector: { gpu: 'yes' } } });
    expect(find(assembly, 'DaemonSet', 'server').spec).not.toHaveProperty('replicas');
    expect(podOf(assembly, 'server', 'DaemonSet').spec.nodeSelector).toStrictEqual({ gpu: 'yes' });
  });

  test('has the containers beside its own that it is given', () => {
    const initContainers = [{ name: 'before', image: 'example.com/init:1' }];
    const sidecars = [{ name: 'beside', image: 'example.com/sidecar:1' }];
    const { spec } = podOf(server({ initContainers, sidecars }));
    expect(spec.initContainers).toStrictEqual(initContainers);
    expect(spec.containers.map(({ name }) => name)).toStrictEqual(['server', 'beside']);
  });

  test('asks its program by each kind of probe', () => {
    const { container } = podOf(
      server({
        health: {
          port: { ...WEB },
          startup: { tcp: true, failureThreshold: 30 },
          liveness: { grpc: true },
          readiness: { command: ['ready'], periodSeconds: 3 },
        },
      }),
    );
    expect(container).toMatchObject({
      ports: [{ name: 'http', containerPort: 8080 }],
      startupProbe: { tcpSocket: { port: 'http' }, failureThreshold: 30 },
      livenessProbe: { grpc: { port: 8080 } },
      readinessProbe: { exec: { command: ['ready'] }, periodSeconds: 3 },
    });
  });

  test('has a token for the API server when it may ask for something, or when it says so', () => {
    const token = (props: Parameters<typeof server>[0]) =>
      (find(server(props), 'ServiceAccount', 'server') as { automountServiceAccountToken?: boolean })
        .automountServiceAccountToken;
    expect(token({})).toBe(false);
    expect(token({ apiToken: true })).toBe(true);
    expect(token({ roles: [{ name: 'reader', permissions: [] }] })).toBe(true);
  });
});

test('old pods give way as it is said', () => {
  const strategy = (props: Partial<ServerProps>) => find(server(props), 'Deployment', 'server').spec;
  expect(strategy({})).not.toHaveProperty('strategy');
  expect(strategy({ strategy: 'Recreate' })).toMatchObject({ strategy: { type: 'Recreate' } });
  const rollingUpdate = { maxSurge: '100%', maxUnavailable: 0 };
  expect(strategy({ strategy: rollingUpdate })).toMatchObject({ strategy: { type: 'RollingUpdate', rollingUpdate } });
});

test('ConfigMaps may be its environment', () => {
  const envFrom = [{ configMapRef: { name: 'settings' } }];
  expect(JSON.stringify(find(server({ envFrom }), 'Deployment', 'server').spec)).toContain(JSON.stringify(envFrom));
});

describe('Services', () => {
  test('are reached from inside of the cluster, unless it is said otherwise', () => {
    const type = (props: Partial<ServerProps>) =>
      find(server({ ports: [{ ...WEB, served: {} }], ...props }), 'Service', 'server').spec;
    expect(type({})).toMatchObject({ type: 'ClusterIP' });
    expect(type({ serviceType: 'LoadBalancer' })).toMatchObject({ type: 'LoadBalancer' });
  });

  test('may be several for one port', () => {
    const served = [
      { port: 80, appProtocol: 'http' },
      { service: 'second', port: 9000, name: 'other', byNumber: true },
    ];
    const assembly = server({ ports: [{ ...WEB, served }] });
    const ports = (name: string) => (find(assembly, 'Service', name).spec as { ports: object[] }).ports;
    expect(ports('server')).toStrictEqual([{ name: 'http', port: 80, protocol: 'TCP', appProtocol: 'http', targetPort: 'http' }]);
    expect(ports('second')).toStrictEqual([{ name: 'other', port: 9000, protocol: 'TCP', targetPort: 8080 }]);
  });

  test('take UDP', () => {
    const assembly = server({ ports: [{ port: 53, protocol: 'UDP', served: {}, callers: [Callers.sameNamespace] }] });
    expect(podOf(assembly).container.ports).toStrictEqual([{ containerPort: 53, protocol: 'UDP' }]);
    expect(find(assembly, 'Service', 'server').spec).toMatchObject({ ports: [{ protocol: 'UDP' }] });
    expect(find(assembly, 'NetworkPolicy', 'server').spec).toMatchObject({
      ingress: [{ ports: [{ port: 53, protocol: 'UDP' }] }],
    });
  });

  test('have labels and annotations of their own, and select by the selector alone', () => {
    const serviceLabels = { app: 'other', team: 'a' };
    const assembly = server({ ports: [{ ...WEB, served: {} }], serviceLabels, serviceAnnotations: { shown: 'yes' } });
    expect(find(assembly, 'Service', 'server')).toMatchObject({
      metadata: { labels: serviceLabels, annotations: { shown: 'yes' } },
      spec: { selector: { app: 'server' } },
    });
  });
});

describe('who calls a port', () => {
  const closed = { ...WEB, served: {}, callers: [Callers.gateway] };

  test('is admitted by the network, and in a mesh by its identity', () => {
    expect(declared(server({ mesh: 'inside', ports: [closed] }, { mesh: MESH_WITH_SIDECARS })).slice(2)).toStrictEqual([
      'Service server',
      'NetworkPolicy server',
      'AuthorizationPolicy server',
      'DestinationRule server',
    ]);
  });

  test('is nobody of a mesh where the pods are outside of it, or where there is none', () => {
    const outside = server({ ports: [closed] }, { mesh: MESH_WITH_SIDECARS });
    expect(declared(outside)).not.toContain('AuthorizationPolicy server');
    expect(podOf(outside).metadata?.labels).toHaveProperty(['sidecar.istio.io/inject'], 'false');
    const without = server({ mesh: 'inside', ports: [closed] });
    expect(JSON.stringify(without.model.manifests)).not.toContain('istio');
  });

  test('may be the API server, whom the proxy lets through', () => {
    const ports = [{ port: 9443, callers: [Callers.apiServer] }];
    const { metadata } = podOf(server({ mesh: 'inside', ports, podAnnotations: { a: 'b' } }, { mesh: MESH_WITH_SIDECARS }));
    expect(metadata?.annotations).toStrictEqual({ a: 'b', 'traffic.sidecar.istio.io/excludeInboundPorts': '9443' });
  });

  test('does not matter where no port says it', () => {
    expect(declared(server({ mesh: 'inside', ports: [{ ...WEB, served: {} }] }, { mesh: MESH_WITH_SIDECARS }))).toStrictEqual([
      'ServiceAccount server',
      'Deployment server',
      'Service server',
    ]);
  });
});

test('volumes are mounted, and declare what they come from', () => {
  const volumes = [
    PodVolume.config({ configMap: 'settings', file: 'a.yaml', content: { a: 1 } }),
    PodVolume.scratch('/tmp', 'tmp'),
  ];
  const assembly = server({ volumes, labels: { version: '1' } });
  expect(find(assembly, 'ConfigMap', 'settings')).toMatchObject({
    metadata: { labels: { app: 'server', version: '1' } },
    data: { 'a.yaml': 'a: 1\n' },
  });
  expect(podOf(assembly).container.volumeMounts).toStrictEqual([
    { name: 'settings', mountPath: '/a.yaml', subPath: 'a.yaml', readOnly: true },
    { name: 'tmp', mountPath: '/tmp' },
  ]);
});
