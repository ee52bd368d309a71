import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import type {
  Affinity,
  Container,
  ContainerPort,
  Lifecycle,
  Probe,
  SecurityContext,
  Toleration,
  TopologySpreadConstraint,
} from '../../../crds-imports/core';
import {
  type Bounds,
  type Env,
  EnvFrom,
  EnvSource,
  Gpu,
  Mount,
  type Mounts,
  type PodOptions,
  type Resources,
} from '../../../lib';
import type { CpuAmount, SizeAmount } from '../../../lib/workloads/pod/amount';
import type { JobPodOptions } from '../../../lib/workloads/pod/job-pods';
import type { FilesOptions } from '../../../lib/workloads/pod/mount';
import type { PodSecurityOption } from '../../../lib/workloads/pod/pod-security';
import type { ContainerProbes } from '../../../lib/workloads/pod/probes';
import { type Every, oneOf, options, whole } from './options';
import { annotations, labels, text, word, words } from './texts';

export const image: fc.Arbitrary<string> = oneOf(
  'ghcr.io/my-org/train:1.4',
  'train',
  'registry.example.com:5000/a/b@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
);

export const gpu: fc.Arbitrary<Gpu> = fc.oneof(
  whole(1, 8).map(Gpu.nvidia),
  whole(1, 7).map((count) => Gpu.mig('1g.10gb', count)),
  whole(1, 8).map(Gpu.amd),
  fc.constant(Gpu.of('habana.ai/gaudi', 1)),
);

export const size: fc.Arbitrary<Size> = fc.oneof(whole(1, 512).map(Size.gibibytes), whole(1, 4096).map(Size.mebibytes));

export const cpu: fc.Arbitrary<CpuAmount> = fc.oneof(
  whole(1, 64).map(Cpu.units),
  whole(1, 4000).map(Cpu.millis),
  whole(1, 64),
  oneOf('500m', '2', '1.5'),
);

/** An amount of memory or storage. */
export const sizeAmount: fc.Arbitrary<SizeAmount> = fc.oneof(size, oneOf('16Gi', '500Mi', '1G', '1048576'));

/** Devices beside a GPU. */
export const devices: fc.Arbitrary<Record<string, number>> = fc.dictionary(oneOf('rdma/ib', 'example.com/fpga'), whole(1, 8), {
  minKeys: 1,
});

/** A request, a limit that is no less, or both. */
function bounds<T>(request: fc.Arbitrary<T>, limit: fc.Arbitrary<T>): fc.Arbitrary<Bounds<T>> {
  return fc.oneof(
    request.map((least) => ({ request: least })),
    limit.map((most) => ({ limit: most })),
    fc.record({ request, limit }),
  );
}

const resourceOptions: Every<Resources> = {
  cpu: fc.oneof(cpu, bounds<CpuAmount>(whole(1, 900).map(Cpu.millis), whole(1, 64).map(Cpu.units))),
  memory: fc.oneof(sizeAmount, bounds<SizeAmount>(whole(1, 512).map(Size.mebibytes), whole(1, 512).map(Size.gibibytes))),
  ephemeralStorage: sizeAmount,
  gpu,
  devices,
};

export const resources: fc.Arbitrary<Resources> = options(resourceOptions, [], 1 / 2);

const variable = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/).filter((name) => name !== 'PYTHONPATH');
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: fc.tuple(word, word).map(([secret, key]) => EnvFrom.secret(secret, key)) },
  { weight: 1, arbitrary: fc.tuple(word, word).map(([configMap, key]) => EnvFrom.configMap(configMap, key)) },
  { weight: 1, arbitrary: oneOf('metadata.name', 'status.podIP', "metadata.labels['a']").map(EnvFrom.field) },
);

export const env: fc.Arbitrary<Env> = fc.dictionary(variable, value, { minKeys: 1, maxKeys: 3 });

const envFrom: fc.Arbitrary<EnvSource[]> = fc.array(
  fc
    .tuple(word, fc.record({ prefix: oneOf('HUB_', ''), optional: fc.boolean() }, { requiredKeys: [] }), fc.boolean())
    .map(([name, more, secret]) => (secret ? EnvSource.secret(name, more) : EnvSource.configMap(name, more))),
  { minLength: 1, maxLength: 2 },
);

/** Names of objects, which may be longer than those of volumes, and have dots. */
const objectName = (kind: string) =>
  fc.oneof(
    { weight: 8, arbitrary: word.map((name) => `${kind}-${name}`) },
    { weight: 1, arbitrary: oneOf(`${kind}.v1`, `${kind}-${'x'.repeat(70)}`) },
  );

const files: fc.Arbitrary<FilesOptions> = options(
  { items: fc.constant({ key: 'a/key' }), optional: fc.boolean(), mode: oneOf(0o400, 0o644) },
  [],
  1 / 3,
);

const mount: fc.Arbitrary<Mount> = fc.oneof(
  fc
    .tuple(objectName('claim'), fc.record({ readOnly: fc.boolean(), subPath: oneOf('a', 'a/b') }, { requiredKeys: [] }))
    .map(([claim, more]) => Mount.claim(claim, more)),
  fc.tuple(word, fc.option(size, { nil: undefined })).map(([name, limit]) => Mount.empty(`empty-${name}`, limit)),
  fc.tuple(word, fc.option(sizeAmount, { nil: undefined })).map(([name, limit]) => Mount.memory(`memory-${name}`, limit)),
  fc.tuple(objectName('secret'), files).map(([name, more]) => Mount.secret(name, more)),
  fc.tuple(objectName('config'), files).map(([name, more]) => Mount.configMap(name, more)),
  word.map((name) => Mount.nfs(`nfs-${name}`, { server: 'nfs.example.com', path: '/data', readOnly: true, subPath: 'a' })),
  word.map((name) => Mount.csi(`csi-${name}`, { driver: 'secrets-store.csi.k8s.io', readOnly: true })),
  word.map((name) => Mount.projected(`all-${name}`, [{ serviceAccountToken: { path: 'token', audience: 'sts' } }])),
);

export const mounts: fc.Arbitrary<Mounts> = fc.dictionary(oneOf('/data', '/dev/shm', '/a/b'), mount, { minKeys: 1 });

export const tolerations: fc.Arbitrary<Toleration[]> = fc.array(
  oneOf<Toleration>(
    { key: 'nvidia.com/gpu', operator: 'Exists' },
    { key: 'pool', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
    { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 },
  ),
  { minLength: 1, maxLength: 2 },
);

export const affinity: fc.Arbitrary<Affinity> = oneOf<Affinity>(
  {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['gpu', 'tpu'] }] }],
      },
    },
  },
  {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { a: 'b' } } } },
      ],
    },
  },
);

const topologySpread: fc.Arbitrary<TopologySpreadConstraint[]> = fc
  .record({ maxSkew: whole(1, 5), whenUnsatisfiable: oneOf('DoNotSchedule' as const, 'ScheduleAnyway' as const) })
  .map((constraint) => [{ ...constraint, topologyKey: 'topology.kubernetes.io/zone' }]);

const security: fc.Arbitrary<SecurityContext> = oneOf<SecurityContext>(
  { runAsNonRoot: true, runAsUser: 1000 },
  { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'], add: ['IPC_LOCK'] } },
  { seccompProfile: { type: 'RuntimeDefault' } },
);

const podSecurity: fc.Arbitrary<PodSecurityOption> = oneOf<PodSecurityOption>(
  'restricted',
  { standard: 'restricted', fsGroup: 100, runAsUser: 1000 },
  { fsGroup: 100, fsGroupChangePolicy: 'OnRootMismatch' },
  { runAsUser: 1000, runAsGroup: 1000, supplementalGroups: [1, 2] },
  { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] },
);

export const probe: fc.Arbitrary<Probe> = oneOf<Probe>(
  { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
  { tcpSocket: { port: 'http1' }, initialDelaySeconds: 10, failureThreshold: 3 },
  { exec: { command: ['true'] } },
);

/** Something for every option of pods. */
export const podOptions: Every<PodOptions> = {
  image,
  command: words,
  args: words,
  env,
  envFrom,
  mounts,
  resources,
  workingDir: oneOf('/work', '/'),
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  imagePullSecrets: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
  serviceAccount: word,
  podLabels: labels,
  podAnnotations: annotations,
  nodeSelector: labels,
  tolerations,
  affinity,
  topologySpread,
  priorityClass: word,
  scheduler: oneOf('volcano', 'default-scheduler'),
  runtimeClass: word,
  security,
  podSecurity,
};

/** A container beside or before the main one. */
const further = (name: string): fc.Arbitrary<Container[]> =>
  oneOf<Container[]>(
    [{ name, image: 'busybox', command: ['true'] }],
    [{ name, image: 'busybox', securityContext: { runAsUser: 1 } }],
  );

/** Something for every option of the pods of jobs. */
export const jobPodOptions: Every<JobPodOptions> = {
  ...podOptions,
  ports: oneOf<ContainerPort[]>([{ name: 'http1', containerPort: 8080 }], [{ containerPort: 9090, protocol: 'UDP' }]),
  probes: options({ readiness: probe, liveness: probe, startup: probe } satisfies Every<ContainerProbes>, [], 1 / 2),
  lifecycle: oneOf<Lifecycle>(
    { preStop: { exec: { command: ['sync'] } } },
    { postStart: { httpGet: { port: 8080, path: '/' } } },
  ),
  initContainers: further('before'),
  sidecars: further('beside'),
  hostNetwork: fc.boolean(),
  terminationGracePeriod: whole(0, 600).map(Duration.seconds),
};

/** For the pod template, what no option says. */
export const podOverrides: fc.Arbitrary<Record<string, unknown>> = oneOf<Record<string, unknown>>(
  { spec: { dnsPolicy: 'Default' } },
  { spec: { hostname: 'trainer', enableServiceLinks: false } },
  { metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } },
);
