import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { core, KubeObject, Mount, NamespaceBaseline, Queue, Runtime, TrainingJob, type TrainingJobProps } from '../../../lib';
import { podSecurity } from '../../../lib/checks/pod-security/pod-security';
import { assembled, errors, teamChart } from '../../support/app';
import { IMAGE as image, jobRefusal, jobYaml } from '../../support/training';

/** The pod template of the workers of a JAXJob. */
function worker(props: object) {
  return parse(jobYaml({ image, jax: { worker: 1 }, ...props } as TrainingJobProps)).spec.jaxReplicaSpecs.Worker.template;
}

describe('pods of jobs', () => {
  test('have what is said of their container, of those around it, and of their network', () => {
    const side = { name: 'proxy', image };
    const { spec } = worker({
      ports: [{ name: 'metrics', containerPort: 9090 }],
      probes: { readiness: { tcpSocket: { port: 9090 } }, startup: { exec: { command: ['true'] } } },
      lifecycle: { preStop: { exec: { command: ['sync'] } } },
      initContainers: [{ name: 'fetch', image }],
      sidecars: [side],
      hostNetwork: true,
      terminationGracePeriod: Duration.minutes(2),
    });
    expect(spec).toEqual({
      hostNetwork: true,
      dnsPolicy: 'ClusterFirstWithHostNet',
      terminationGracePeriodSeconds: 120,
      initContainers: [
        { ...side, restartPolicy: 'Always' },
        { name: 'fetch', image },
      ],
      containers: [
        {
          name: 'jax',
          image,
          ports: [{ name: 'metrics', containerPort: 9090 }],
          readinessProbe: { tcpSocket: { port: 9090 } },
          startupProbe: { exec: { command: ['true'] } },
          lifecycle: { preStop: { exec: { command: ['sync'] } } },
        },
      ],
    });
  });

  test('mount what is not a claim', () => {
    const { spec } = worker({
      mounts: {
        '/nfs': Mount.nfs('data', { server: 'nfs', path: '/data', readOnly: true }),
        '/vault': Mount.csi('vault', { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { provider: 'x' } }),
        '/all': Mount.projected('all', [{ secret: { name: 'a' } }, { configMap: { name: 'b' } }]),
        '/key': Mount.secret('keys', { items: { private: 'id_rsa' }, mode: 0o400 }),
        '/dev/shm': Mount.memory('shm'),
      },
    });
    expect(spec.volumes).toEqual([
      { name: 'data', nfs: { server: 'nfs', path: '/data', readOnly: true } },
      { name: 'vault', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { provider: 'x' } } },
      { name: 'all', projected: { sources: [{ secret: { name: 'a' } }, { configMap: { name: 'b' } }] } },
      { name: 'keys', secret: { secretName: 'keys', items: [{ key: 'private', path: 'id_rsa' }], defaultMode: 256 } },
      { name: 'shm', emptyDir: { medium: 'Memory' } },
    ]);
  });
});

describe('a job', () => {
  test('has a name of its own, labels and annotations beside those of its pods', () => {
    const chart = teamChart();
    const job = new TrainingJob(chart, 'resnet-job', {
      name: 'resnet',
      image,
      jax: { worker: 1 },
      labels: { a: 'job' },
      annotations: { b: 'job' },
      podLabels: { a: 'pod' },
      podAnnotations: { b: 'pod' },
    });
    expect(job.name).toBe('resnet');
    const [object] = assembled(chart).model.manifests;
    expect(object?.metadata).toMatchObject({ name: 'resnet', labels: { a: 'job' }, annotations: { b: 'job' } });
    expect(JSON.stringify(object?.spec)).toContain('"metadata":{"labels":{"a":"pod"},"annotations":{"b":"pod"}}');
    expect(() => new TrainingJob(chart, 'other', { name: 'Resnet', image, jax: { worker: 1 } })).toThrow('the name "Resnet"');
  });

  test('waits in the queue that a label names, and in no other', () => {
    const labels = { 'kueue.x-k8s.io/queue-name': 'team-a' };
    expect(jobYaml({ image, jax: { worker: 1 }, labels })).toContain('kueue.x-k8s.io/queue-name: team-a');
    expect(jobYaml({ image, jax: { worker: 1 }, labels, queue: Queue.of('team-a') })).toContain('queue-name: team-a');
    expect(jobRefusal({ image, mpi: { launcher: 1 }, labels })).toContain('(kueue/unmanaged-mpi-job)');
    expect(jobRefusal({ image, jax: { worker: 1 }, labels, queue: 'team-b' })).toContain(
      'team/job: the label kueue.x-k8s.io/queue-name is team-a, and queue is team-b; say one of both',
    );
  });

  test('keeps what options say where overrides say more', () => {
    const limits = { 'nvidia.com/gpu': 8 };
    const containers = [{ name: 'jax', resources: { limits: { 'example.com/x': 1 } } }];
    const job = { image, jax: { worker: 1 }, env: { A: '1' }, resources: { devices: limits } };
    const expected = {
      name: 'jax',
      image,
      env: [{ name: 'A', value: '1' }],
      resources: { limits: { ...limits, 'example.com/x': 1 } },
    };
    expect(worker({ ...job, podOverrides: { spec: { containers } } }).spec.containers).toEqual([expected]);
    expect(worker({ ...job, jax: { worker: { replicas: 1, podOverrides: { spec: { containers } } } } }).spec.containers).toEqual([
      expected,
    ]);
    const overrides = { jaxReplicaSpecs: { Worker: { template: { spec: { containers } } } } };
    expect(worker({ ...job, overrides }).spec.containers).toEqual([expected]);
  });
});

describe('pod security in one word', () => {
  const container = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const pod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

  test('is what the level restricted asks, in the pod and all of its containers', () => {
    const { spec } = worker({
      podSecurity: 'restricted',
      security: { runAsUser: 1000, capabilities: { add: ['NET_BIND_SERVICE'] } },
      initContainers: [{ name: 'first', image }],
      sidecars: [{ name: 'side', image }],
    });
    expect(spec.securityContext).toEqual(pod);
    expect(spec.containers[0].securityContext).toEqual({
      ...container,
      runAsUser: 1000,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
    for (const one of spec.initContainers) expect(one.securityContext).toEqual(container);
  });

  test('is what a context starts from', () => {
    const { spec } = worker({ podSecurity: { standard: 'restricted', fsGroup: 100 } });
    expect(spec.securityContext).toEqual({ ...pod, fsGroup: 100 });
    expect(worker({ podSecurity: { fsGroup: 100 } }).spec.containers[0].securityContext).toBeUndefined();
  });

  test('is what the namespace says, of every job in it', () => {
    const chart = teamChart();
    new NamespaceBaseline(chart, 'team');
    new TrainingJob(chart, 'own', { image, jax: { worker: 1 }, podSecurity: { fsGroup: 100 } });
    new TrainingJob(chart, 'runtime', { runtime: Runtime.shipped('torchtune-llama3.2-1b') });
    const assembly = assembled(chart, { checks: podSecurity });
    expect(errors(assembly)).toEqual([]);
    const text = JSON.stringify(assembly.model.manifests);
    expect(text).toContain('"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"},"fsGroup":100}');
    for (const job of ['node', 'dataset-initializer', 'model-initializer'])
      expect(text).toContain(`{"name":"${job}","template":{"spec":{"template":{"spec":{"securityContext":{"runAsNonRoot":true`);
  });

  test('is not what another namespace says, or one that is not restricted', () => {
    const chart = teamChart();
    new NamespaceBaseline(chart, 'other');
    new KubeObject(chart, 'namespace', core.namespaces, { metadata: { name: 'team' } });
    new TrainingJob(chart, 'own', { image, jax: { worker: 1 } });
    expect(JSON.stringify(assembled(chart).model.manifests.at(-1))).not.toContain('securityContext');
    const baseline = teamChart();
    new NamespaceBaseline(baseline, 'team', { podSecurity: 'baseline' });
    new TrainingJob(baseline, 'own', { image, jax: { worker: 1 } });
    expect(JSON.stringify(assembled(baseline).model.manifests.at(-1))).not.toContain('securityContext');
  });
});
