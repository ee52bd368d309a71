import { MAIN, ofContainers, ofPods, type RuleCase, taken } from './rule-case';

const limit = (resource: string, value: unknown) => ({ resources: { limits: { [resource]: value } } });
const both = (resource: string, request: string, most: string) => ({
  resources: { requests: { [resource]: request }, limits: { [resource]: most } },
});
const probe = (more: object, name = 'readinessProbe') => ({ [name]: { exec: { command: ['true'] }, ...more } });
const from = (valueFrom: object) => ({ env: [{ name: 'A', valueFrom }] });
const volumes = [{ name: 'data', emptyDir: {} }];
const mount = (more: object) => ({ volumeMounts: [{ name: 'data', mountPath: '/data', ...more }] });
const volume = (title: string, broken: object, sound: object, words: string) =>
  ofPods(title, { volumes: [{ name: 'v', ...broken }] }, { volumes: [{ name: 'v', ...sound }] }, words);

const images: readonly RuleCase[] = [
  ofContainers('no image', { image: '' }, {}, 'image is required'),
  taken(
    ofContainers(
      'an image that is a blank',
      { image: ' ' },
      {},
      'image is " ", must be an image such as ghcr.io/owner/name:1.2, without blanks',
    ),
  ),
  taken(ofContainers('an image with a scheme', { image: 'https://ghcr.io/a/b' }, { image: 'ghcr.io/a/b' }, 'without a scheme')),
  taken(
    ofContainers(
      'an image in capitals',
      { image: 'ghcr.io/Owner/name:1' },
      { image: 'ghcr.io/owner/name:RC-1' },
      'in lower case',
    ),
  ),
  taken(
    ofContainers(
      'an image with an empty tag',
      { image: 'a/b:' },
      { image: 'registry.example.com:5000/a/b' },
      'must be an image such as',
    ),
  ),
  taken(
    ofContainers(
      'an image with half a digest',
      { image: 'a/b@sha256:abc' },
      { image: `a/b@sha256:${'0123456789abcdef'.repeat(4)}` },
      'must be an image such as',
    ),
  ),
];

const resources: readonly RuleCase[] = [
  ofContainers(
    'an amount in words',
    limit('cpu', '4 cores'),
    limit('cpu', '4'),
    'limits.cpu is "4 cores", must be an amount such as "2", "500m" or "16Gi"',
  ),
  ofContainers(
    'an amount in bytes',
    limit('memory', '16GB'),
    limit('memory', '16Gi'),
    'limits.memory is "16GB", must be an amount',
  ),
  ofContainers('less than nothing', limit('cpu', '-1'), limit('cpu', '0'), 'limits.cpu is "-1", must be at least 0'),
  ofContainers(
    'a request above its limit',
    both('memory', '2Gi', '1Gi'),
    both('memory', '1Gi', '2G'),
    'requests.memory is 2Gi, must be at most the limit, 1Gi',
  ),
  ofContainers(
    'a request just above its limit',
    both('cpu', '1001m', '1'),
    both('cpu', '1000m', '1'),
    'requests.cpu is 1001m, must be at most the limit, 1',
  ),
  ofContainers(
    'a device in requests only',
    { resources: { requests: { 'nvidia.com/gpu': 1 } } },
    { resources: { limits: { 'nvidia.com/gpu': 1 } } },
    'must be a limit as well: nvidia.com/gpu cannot be shared',
  ),
  ofContainers(
    'fewer devices than the limit',
    both('nvidia.com/gpu', '1', '2'),
    both('nvidia.com/gpu', '2', '2'),
    'must equal the limit, 2',
  ),
  ofContainers(
    'half a device',
    limit('nvidia.com/gpu', '500m'),
    limit('nvidia.com/gpu', '1'),
    'is "500m", must be a whole number',
  ),
  ofContainers(
    'a resource that there is not',
    limit('gpu', '1'),
    limit('nvidia.com/gpu', '1'),
    'is no resource of containers: cpu, memory',
  ),
  ofContainers(
    'a resource that cannot be',
    limit('nvidia.com/g pu', '1'),
    limit('nvidia.com/gpu', '1'),
    'is no resource: a DNS name',
  ),
  ofContainers(
    'huge pages alone',
    limit('hugepages-2Mi', '2Mi'),
    { resources: { limits: { 'hugepages-2Mi': '2Mi', cpu: '1' } } },
    'has huge pages, must have cpu or memory as well',
  ),
];

const environment: readonly RuleCase[] = [
  ofContainers(
    'a variable without a name',
    { env: [{ name: '', value: 'a' }] },
    { env: [{ name: 'A', value: 'a' }] },
    'env[0].name is required',
  ),
  ofContainers(
    'a variable with an equals sign',
    { env: [{ name: '=x' }] },
    { env: [{ name: 'x.y-z' }] },
    'env[0].name is "=x", must be printable ASCII characters other than "="',
  ),
  ofContainers(
    'a value from nowhere',
    from({}),
    from({ fieldRef: { fieldPath: 'metadata.name' } }),
    'valueFrom must have one of fieldRef',
  ),
  ofContainers(
    'a value beside a source',
    { env: [{ name: 'A', value: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    { env: [{ name: 'A', value: '', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    'stands beside a value, only one of which is allowed for "A"',
  ),
  ofContainers(
    'two sources',
    from({ fieldRef: { fieldPath: 'metadata.name' }, secretKeyRef: { name: 's', key: 'k' } }),
    from({ secretKeyRef: { name: 's', key: 'k' } }),
    'has fieldRef and secretKeyRef, only one of which is allowed',
  ),
  ofContainers(
    'a field that pods do not have',
    from({ fieldRef: { fieldPath: 'status.phase' } }),
    from({ fieldRef: { fieldPath: "metadata.labels['a']" } }),
    'fieldPath is "status.phase", must be one of metadata.name',
  ),
  ofContainers(
    'a resource that is not counted',
    from({ resourceFieldRef: { resource: 'limits.gpu' } }),
    from({ resourceFieldRef: { resource: 'limits.cpu' } }),
    'resource is "limits.gpu", must be limits.',
  ),
  ofContainers(
    'a key that no Secret has',
    from({ secretKeyRef: { name: 's', key: 'a b' } }),
    from({ secretKeyRef: { name: 's', key: 'a.b' } }),
    'secretKeyRef.key is "a b", must be letters',
  ),
  ofContainers(
    'a Secret without a name',
    from({ secretKeyRef: { name: '', key: 'k' } }),
    from({ secretKeyRef: { name: 's', key: 'k' } }),
    'secretKeyRef.name is required',
  ),
  ofContainers(
    'all keys of nothing',
    { envFrom: [{}] },
    { envFrom: [{ configMapRef: { name: 'c' } }] },
    'envFrom[0] must have one of configMapRef, secretRef',
  ),
  ofContainers(
    'a prefix with an equals sign',
    { envFrom: [{ prefix: 'A=', secretRef: { name: 's' } }] },
    { envFrom: [{ prefix: 'A_', secretRef: { name: 's' } }] },
    'envFrom[0].prefix is "A="',
  ),
];

const ports: readonly RuleCase[] = [
  ofContainers(
    'a port above 65535',
    { ports: [{ containerPort: 70000 }] },
    { ports: [{ containerPort: 65535 }] },
    'containerPort is 70000, must be between 1 and 65535',
  ),
  ofContainers(
    'a port of the node above 65535',
    { ports: [{ containerPort: 80, hostPort: 70000 }] },
    { ports: [{ containerPort: 80, hostPort: 8080 }] },
    'hostPort is 70000',
  ),
  ofContainers(
    'a name in capitals',
    { ports: [{ containerPort: 80, name: 'HTTP' }] },
    { ports: [{ containerPort: 80, name: 'http' }] },
    'name is "HTTP", must be lower-case letters',
  ),
  ofContainers(
    'a name that is too long',
    { ports: [{ containerPort: 80, name: 'a234567890123456' }] },
    { ports: [{ containerPort: 80, name: 'a23456789012345' }] },
    '15 characters at most',
  ),
  ofContainers(
    'a name of digits',
    { ports: [{ containerPort: 80, name: '80' }] },
    { ports: [{ containerPort: 80, name: 'p80' }] },
    'at least one letter',
  ),
  ofContainers(
    'a name twice',
    {
      ports: [
        { containerPort: 80, name: 'a' },
        { containerPort: 81, name: 'a' },
      ],
    },
    {
      ports: [
        { containerPort: 80, name: 'a' },
        { containerPort: 81, name: 'b' },
      ],
    },
    'ports[1].name repeats "a"',
  ),
  ofContainers(
    'a protocol that there is not',
    { ports: [{ containerPort: 80, protocol: 'tcp' }] },
    { ports: [{ containerPort: 80, protocol: 'TCP' }] },
    'protocol is "tcp", must be one of "SCTP", "TCP", "UDP"',
  ),
  ofContainers(
    'another port than that of the node',
    { ports: [{ containerPort: 80, hostPort: 81 }] },
    { ports: [{ containerPort: 80, hostPort: 80 }] },
    'hostPort is 81, must equal containerPort, 80',
    { hostNetwork: true },
  ),
];

const probes: readonly RuleCase[] = [
  ofContainers('a probe that asks nothing', { readinessProbe: {} }, probe({}), 'readinessProbe must have one of exec'),
  ofContainers(
    'a probe that asks twice',
    probe({ tcpSocket: { port: 80 } }),
    probe({}),
    'has exec and tcpSocket, only one of which is allowed',
  ),
  ofContainers('a command of nothing', { readinessProbe: { exec: { command: [] } } }, probe({}), 'exec.command is required'),
  ofContainers(
    'a negative period',
    probe({ periodSeconds: -1 }),
    probe({ periodSeconds: 1 }),
    'periodSeconds is -1, must be at least 0',
  ),
  ofContainers(
    'two successes of a livenessProbe',
    probe({ successThreshold: 2 }, 'livenessProbe'),
    probe({ successThreshold: 2 }),
    'successThreshold is 2, must be 1',
  ),
  ofContainers(
    'a grace of a readinessProbe',
    probe({ terminationGracePeriodSeconds: 5 }),
    probe({ terminationGracePeriodSeconds: 5 }, 'livenessProbe'),
    'terminationGracePeriodSeconds is not for a readinessProbe',
  ),
  ofContainers(
    'a port above 65535',
    { readinessProbe: { httpGet: { port: 70000 } } },
    { readinessProbe: { httpGet: { port: 8080 } } },
    'httpGet.port is 70000',
  ),
  ofContainers(
    'a port whose name cannot be',
    { readinessProbe: { tcpSocket: { port: 'HTTP' } } },
    { readinessProbe: { tcpSocket: { port: 'http' } } },
    'tcpSocket.port is "HTTP"',
  ),
  ofContainers(
    'a header with a blank',
    { readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'a b', value: '' }] } } },
    { readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'A-b', value: '' }] } } },
    'name is "a b", must be letters, digits and "-"',
  ),
  ofContainers(
    'a hook of nothing',
    { lifecycle: { preStop: {} } },
    { lifecycle: { preStop: { sleep: { seconds: 5 } } } },
    'lifecycle.preStop must have one of exec',
  ),
  ofContainers(
    'a sleep that is longer than the grace',
    { lifecycle: { preStop: { sleep: { seconds: 31 } } } },
    { lifecycle: { preStop: { sleep: { seconds: 30 } } } },
    'seconds is 31, must be between 0 and 30',
  ),
];

const contexts: readonly RuleCase[] = [
  ofContainers(
    'a negative user',
    { securityContext: { runAsUser: -1 } },
    { securityContext: { runAsUser: 1000 } },
    'runAsUser is -1',
  ),
  ofContainers(
    'all rights, and no more than it has',
    { securityContext: { privileged: true, allowPrivilegeEscalation: false } },
    { securityContext: { privileged: true, allowPrivilegeEscalation: true } },
    'securityContext is privileged, so allowPrivilegeEscalation must not be false',
  ),
  ofContainers(
    'the rights of an administrator, and no more than it has',
    { securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } } },
    { securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['NET_ADMIN'] } } },
    'adds CAP_SYS_ADMIN',
  ),
  ofContainers(
    'an open /proc',
    { securityContext: { procMount: 'Unmasked' } },
    { securityContext: { procMount: 'Default' } },
    'procMount is "Unmasked", must be "Default"',
  ),
];

const mounts: readonly RuleCase[] = [
  ofContainers(
    'a volume that there is not',
    mount({ name: 'dat' }),
    mount({}),
    'volumeMounts[0].name is "dat", must be a volume of the pod, which has data',
    { volumes },
  ),
  ofContainers('a mount nowhere', mount({ mountPath: '' }), mount({}), 'mountPath is required', { volumes }),
  ofContainers(
    'two mounts in one place',
    {
      volumeMounts: [
        { name: 'data', mountPath: '/a' },
        { name: 'data', mountPath: '/a' },
      ],
    },
    {
      volumeMounts: [
        { name: 'data', mountPath: '/a' },
        { name: 'data', mountPath: '/b' },
      ],
    },
    'volumeMounts[1]',
    { volumes },
  ),
  ofContainers(
    'a folder from the root',
    mount({ subPath: '/a' }),
    mount({ subPath: 'a/b' }),
    'subPath is "/a", must be a relative path without ".."',
    { volumes },
  ),
  ofContainers(
    'a folder outside',
    mount({ subPath: 'a/../..' }),
    mount({ subPath: 'a/..b' }),
    'must be a relative path without ".."',
    { volumes },
  ),
  ofContainers(
    'two folders',
    mount({ subPath: 'a', subPathExpr: '$(A)' }),
    mount({ subPathExpr: '$(A)' }),
    'stands beside subPath',
    { volumes },
  ),
  ofContainers(
    'mounts for the node',
    mount({ mountPropagation: 'Bidirectional' }),
    mount({ mountPropagation: 'HostToContainer' }),
    'must not be "Bidirectional" in a container that is not privileged',
    { volumes },
  ),
];

const ofVolumes: readonly RuleCase[] = [
  ofPods(
    'a name with a dot',
    { volumes: [{ name: 'a.b', emptyDir: {} }] },
    { volumes: [{ name: 'a-b', emptyDir: {} }] },
    'volumes[0].name is "a.b", must be a DNS label',
  ),
  ofPods('a volume twice', { volumes: [...volumes, ...volumes] }, { volumes }, 'volumes[1]'),
  volume(
    'two sources',
    { emptyDir: {}, hostPath: { path: '/a' } },
    { emptyDir: {} },
    'has emptyDir and hostPath, only one of which is allowed',
  ),
  volume(
    'less than nothing',
    { emptyDir: { sizeLimit: '-1' } },
    { emptyDir: { sizeLimit: '1Gi' } },
    'sizeLimit is "-1", must be at least 0',
  ),
  volume(
    'a folder above',
    { hostPath: { path: '/a/../b' } },
    { hostPath: { path: '/a/b' } },
    'hostPath.path is "/a/../b", must be a path without ".."',
  ),
  volume(
    'a mode above 0777',
    { secret: { secretName: 's', defaultMode: 512 } },
    { secret: { secretName: 's', defaultMode: 511 } },
    'defaultMode is 512, must be between 0 and 511',
  ),
  volume('no Secret', { secret: {} }, { secret: { secretName: 's' } }, 'secret.secretName is required'),
  volume(
    'no claim',
    { persistentVolumeClaim: { claimName: '' } },
    { persistentVolumeClaim: { claimName: 'c' } },
    'claimName is required',
  ),
  volume(
    'a file outside',
    { configMap: { name: 'c', items: [{ key: 'a', path: '../b' }] } },
    { configMap: { name: 'c', items: [{ key: 'a', path: 'b' }] } },
    'path is "../b", must not begin with ".."',
  ),
  volume(
    'a relative path of a server',
    { nfs: { server: 's', path: 'a' } },
    { nfs: { server: 's', path: '/a' } },
    'nfs.path is "a", must be a path that begins with "/"',
  ),
  volume(
    'a token for a minute',
    { projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] } },
    { projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 600 } }] } },
    'expirationSeconds is 60',
  ),
  volume('a driver that cannot be', { csi: { driver: 'a b' } }, { csi: { driver: 'csi.example.com' } }, 'csi.driver is "a b"'),
];

const init = [{ ...MAIN, name: 'init', ports: [{ containerPort: 8080 }] }];
const shared = (initContainers: object[]) => ({ initContainers, containers: [{ ...MAIN, ports: [{ containerPort: 8080 }] }] });

/** What is said of containers and of what they find. */
export const CONTAINER_CASES: readonly RuleCase[] = [
  ofContainers('a name with capitals', { name: 'Main' }, { name: 'main' }, 'containers[0].name is "Main", must be a DNS label'),
  ...images,
  ...resources,
  ...environment,
  ...ports,
  ...probes,
  ...contexts,
  ...mounts,
  ...ofVolumes,
];

/** What is only warned of, and what is not. */
export const WARNING_CASES: readonly RuleCase[] = [
  taken(
    ofContainers('a policy of a container', { restartPolicy: 'Always' }, {}, 'restartPolicy is dropped without the feature gate'),
  ),
  taken(
    ofPods(
      'an init container that restarts sometimes',
      { initContainers: [{ ...MAIN, name: 'init', restartPolicy: 'Never' }] },
      { initContainers: [{ ...MAIN, name: 'init', restartPolicy: 'Always' }] },
      'initContainers[0].restartPolicy is dropped',
    ),
  ),
  taken(
    ofPods(
      'two containers on one port',
      shared([{ ...init[0], restartPolicy: 'Always' }]),
      shared(init),
      'is 8080 (TCP), on which the container "main" of the same pod listens',
    ),
  ),
  taken(ofContainers('a fraction of a byte', limit('memory', '512m'), limit('memory', '512Mi'), 'a fraction of a byte')),
  taken(ofPods('a pull secret without a name', { imagePullSecrets: [{ name: '' }] }, {}, 'is empty: no credential is looked up')),
];
