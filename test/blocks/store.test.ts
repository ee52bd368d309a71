import { Size } from 'cdk8s';
import { Image } from '../../lib';
import { Callers, having, Store, type StoreProps } from '../../lib/blocks';
import { assembled, notes } from '../support/app';
import { MESH_WITH_SIDECARS } from '../support/mesh';
import { find } from '../support/platform';
import { type Around, chartWith, declared, podOf } from '../support/server';

const PROPS: StoreProps = {
  engine: {
    image: Image.of('example.com/database:1'),
    port: { port: 5432, name: 'sql', served: {} },
    args: ['--quiet'],
    env: [{ name: 'A', value: 'b' }],
    user: 70,
    data: '/data',
    scratch: ['/tmp', '/run'],
    liveness: { command: ['alive'] },
    readiness: { command: ['ready'], periodSeconds: 3 },
  },
  volume: { size: Size.gibibytes(5) },
  resources: { requests: { cpu: '1', memory: '1Gi' } },
  selector: { component: 'db' },
  callers: [Callers.pods({ app: 'client' })],
};

function store(props: Partial<StoreProps> = {}, around: Around = {}) {
  const chart = chartWith(around);
  new Store(chart, 'db', { ...PROPS, ...props });
  return assembled(chart);
}

test('is a pod with a claim, and what leads to it', () => {
  expect(declared(store()).sort()).toStrictEqual([
    'Deployment db',
    'NetworkPolicy db',
    'PersistentVolumeClaim db',
    'Service db',
    'ServiceAccount db',
  ]);
});

test('asks the API server for nothing', () => {
  expect(find(store(), 'ServiceAccount', 'db')).toMatchObject({ automountServiceAccountToken: false });
});

describe('its volume', () => {
  test('is as large and of the class that is asked for', () => {
    expect(find(store(), 'PersistentVolumeClaim', 'db').spec).toStrictEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '5Gi' } },
    });
    const volume = { size: Size.gibibytes(1), storageClass: 'fast', claim: 'data-of-db' };
    expect(find(store({ volume }), 'PersistentVolumeClaim', 'data-of-db').spec).toMatchObject({ storageClassName: 'fast' });
  });

  test('is where the engine keeps its data, which no other folder outlives the pod', () => {
    const { spec, container } = podOf(store({ volume: { ...PROPS.volume, claim: 'claim' } }), 'db');
    expect(container.volumeMounts).toStrictEqual([
      { name: 'claim', mountPath: '/data' },
      { name: 'scratch-0', mountPath: '/tmp' },
      { name: 'scratch-1', mountPath: '/run' },
    ]);
    expect(spec.volumes).toStrictEqual([
      { name: 'claim', persistentVolumeClaim: { claimName: 'claim' } },
      { name: 'scratch-0', emptyDir: {} },
      { name: 'scratch-1', emptyDir: {} },
    ]);
  });

  test('is let go of by the old pod before the new one takes it', () => {
    expect(find(store(), 'Deployment', 'db').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  });

  test('belongs to one pod, also in a platform of high availability', () => {
    const high = store({}, { availability: 'high' });
    expect(find(high, 'Deployment', 'db').spec).toMatchObject({ replicas: 1 });
    expect(notes(high)).toContain('team/db: db stays at one replica: one pod at a time can have its volume');
  });

  test('may be written by the user of the engine, and by nobody else', () => {
    const { spec, container } = podOf(store(), 'db');
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, fsGroup: 70, fsGroupChangePolicy: 'OnRootMismatch' });
    expect(container.securityContext).toMatchObject({ runAsUser: 70, runAsGroup: 70, readOnlyRootFilesystem: true });
  });
});

test('runs the engine as it says', () => {
  expect(podOf(store({ container: 'engine' }), 'db').container).toMatchObject({
    name: 'engine',
    image: 'example.com/database:1',
    args: ['--quiet'],
    env: [{ name: 'A', value: 'b' }],
    ports: [{ name: 'sql', containerPort: 5432 }],
    livenessProbe: { exec: { command: ['alive'] } },
    readinessProbe: { exec: { command: ['ready'] }, periodSeconds: 3 },
    resources: PROPS.resources,
  });
});

test('is reached at the port of the engine by its callers alone', () => {
  expect(find(store(), 'Service', 'db').spec).toStrictEqual({
    type: 'ClusterIP',
    selector: { component: 'db' },
    ports: [{ name: 'sql', port: 5432, protocol: 'TCP', targetPort: 'sql' }],
  });
  expect(find(store(), 'NetworkPolicy', 'db').spec).toStrictEqual({
    podSelector: having({ component: 'db' }),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: having({ app: 'client' }) }], ports: [{ port: 5432, protocol: 'TCP' }] }],
  });
});

test('is outside of a mesh', () => {
  const assembly = store({}, { mesh: MESH_WITH_SIDECARS });
  expect(podOf(assembly, 'db').metadata?.labels).toHaveProperty(['sidecar.istio.io/inject'], 'false');
  expect(declared(assembly)).not.toContain('AuthorizationPolicy db');
});
