import type { Construct } from 'constructs';
import { configmaps } from '../../../crds-imports/core';
import type { PodVolume } from '../../blocks/server/pod-volume';
import { Replicas } from '../../blocks/server/replicas';
import { Server } from '../../blocks/server/server';
import { declare } from '../../core';
import { toYaml } from '../../core/yaml';
import { images } from '../../release/images';
import { ofField, ofLimit } from './environment';
import { partOfIstio, REVISION, VERSION } from './names';
import { cniRoles } from './permissions';

const NAME = 'istio-cni-node';
const NAMESPACE = 'kube-system';
const CONFIGURATION = 'istio-cni-config';

/** Where nodes keep what runs their network. */
interface NodeFolders {
  /** Programs of CNI plugins. */
  readonly programs: string;
  /** Their configuration. */
  readonly configuration: string;
  /** Network namespaces of pods. */
  readonly namespaces: string;
}

const GENERIC: NodeFolders = { programs: '/opt/cni/bin', configuration: '/etc/cni/net.d', namespaces: '/var/run/netns' };

/** By platform. @see https://istio.io/latest/docs/ambient/install/platform-prerequisites/ */
const FOLDERS = {
  generic: GENERIC,
  gke: { ...GENERIC, programs: '/home/kubernetes/bin' },
  k3s: {
    ...GENERIC,
    programs: '/var/lib/rancher/k3s/data/cni',
    configuration: '/var/lib/rancher/k3s/agent/etc/cni/net.d',
  },
  microk8s: {
    ...GENERIC,
    programs: '/var/snap/microk8s/current/opt/cni/bin',
    configuration: '/var/snap/microk8s/current/args/cni-network',
  },
  minikube: { ...GENERIC, namespaces: '/var/run/docker/netns' },
} as const satisfies Record<string, NodeFolders>;

/** Distributions of Kubernetes whose nodes differ in where they keep CNI plugins. */
export type NodePlatform = keyof typeof FOLDERS;

/** All of them. */
export const NODE_PLATFORMS = Object.keys(FOLDERS) as NodePlatform[];

/** What the plugin is told. It reads all of it from the environment. */
function configuration(ambient: boolean): Record<string, string> {
  return {
    CURRENT_AGENT_VERSION: VERSION,
    AMBIENT_ENABLED: `${ambient}`,
    AMBIENT_ENABLEMENT_SELECTOR: toYaml(AMBIENT_PODS),
    AMBIENT_DNS_CAPTURE: 'true',
    AMBIENT_IPV6: 'true',
    AMBIENT_RECONCILE_POD_RULES_ON_STARTUP: 'true',
    ENABLE_AMBIENT_DETECTION_RETRY: 'false',
    ISTIO_OWNED_CNI_CONFIG: 'false',
    CHAINED_CNI_PLUGIN: 'true',
    EXCLUDE_NAMESPACES: NAMESPACE,
    REPAIR_ENABLED: 'true',
    REPAIR_LABEL_PODS: 'false',
    REPAIR_DELETE_PODS: 'false',
    REPAIR_REPAIR_PODS: 'true',
    REPAIR_INIT_CONTAINER_NAME: 'istio-validation',
    REPAIR_BROKEN_POD_LABEL_KEY: 'cni.istio.io/uninitialized',
    REPAIR_BROKEN_POD_LABEL_VALUE: 'true',
    NATIVE_NFTABLES: 'false',
  };
}

/** Pods of the mesh without sidecars: by their own label, or their namespace's. */
const AMBIENT_PODS = [
  { podSelector: { matchLabels: { 'istio.io/dataplane-mode': 'ambient' } } },
  {
    podSelector: { matchExpressions: [{ key: 'istio.io/dataplane-mode', operator: 'NotIn', values: ['none'] }] },
    namespaceSelector: { matchLabels: { 'istio.io/dataplane-mode': 'ambient' } },
  },
];

/**
 * The CNI plugin of Istio: it redirects the traffic of pods from the node, so that no pod needs the rights to do it. It is the only
 * program of the platform with rights on its node.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/cni/
 */
export function networkPlugin(scope: Construct, platform: NodePlatform): void {
  const labels = { ...partOfIstio('istio-cni'), ...REVISION };
  const folders = FOLDERS[platform];
  declare(scope, configmaps, {
    metadata: { name: CONFIGURATION, namespace: NAMESPACE, labels: { ...labels, app: 'istio-cni' } },
    data: configuration(false),
  });
  new Server(scope, NAME, {
    namespace: NAMESPACE,
    image: images.istio.cni,
    command: ['install-cni'],
    args: ['--log_output_level=info'],
    names: { serviceAccount: 'istio-cni', container: 'install-cni' },
    labels: { ...labels, app: 'istio-cni' },
    selector: { 'k8s-app': NAME },
    podLabels: { 'istio.io/dataplane-mode': 'none' },
    podAnnotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '15014',
      'prometheus.io/path': '/metrics',
      'sidecar.istio.io/inject': 'false',
    },
    replicas: Replicas.onEveryNode,
    roles: cniRoles(false),
    env: [
      ofField('REPAIR_NODE_NAME', 'spec.nodeName'),
      { name: 'REPAIR_RUN_AS_DAEMON', value: 'true' },
      { name: 'REPAIR_SIDECAR_ANNOTATION', value: 'sidecar.istio.io/status' },
      { name: 'ALLOW_SWITCH_TO_HOST_NS', value: 'true' },
      ofField('NODE_NAME', 'spec.nodeName'),
      ofLimit('GOMEMLIMIT', 'limits.memory'),
      ofLimit('GOMAXPROCS', 'limits.cpu'),
      ofField('POD_NAME', 'metadata.name'),
      ofField('POD_NAMESPACE', 'metadata.namespace'),
    ],
    envFrom: [{ configMapRef: { name: CONFIGURATION } }],
    ports: [{ port: 15014, name: 'metrics' }],
    health: { port: { port: 8000 }, readiness: { path: '/readyz' } },
    resources: { requests: { cpu: '100m', memory: '100Mi' } },
    pod: {
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClassName: 'system-node-critical',
      terminationGracePeriodSeconds: 30,
      // Pods cannot start on a node before it does.
      tolerations: [
        { effect: 'NoSchedule', operator: 'Exists' },
        { key: 'CriticalAddonsOnly', operator: 'Exists' },
        { effect: 'NoExecute', operator: 'Exists' },
      ],
    },
    podSecurity: { runAsNonRoot: false, seccompProfile: { type: 'Unconfined' } },
    security: {
      privileged: false,
      appArmorProfile: { type: 'Unconfined' },
      // SYS_ADMIN implies it.
      allowPrivilegeEscalation: true,
      readOnlyRootFilesystem: false,
      runAsUser: 0,
      runAsGroup: 0,
      runAsNonRoot: false,
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'] },
    },
    volumes: [
      node('cni-bin-dir', folders.programs, '/host/opt/cni/bin'),
      node('cni-host-procfs', '/proc', '/host/proc', { type: 'Directory', readOnly: true }),
      node('cni-net-dir', folders.configuration, '/host/etc/cni/net.d'),
      node('cni-socket-dir', '/var/run/istio-cni', '/var/run/istio-cni'),
    ],
  });
}

interface NodeVolume {
  readonly type?: 'Directory' | 'DirectoryOrCreate';
  readonly readOnly?: true;
}

function node(name: string, path: string, mountPath: string, { type, readOnly }: NodeVolume = {}): PodVolume {
  return {
    volume: { name, hostPath: { path, ...(type && { type }) } },
    mount: { name, mountPath, ...(readOnly && { readOnly }) },
  };
}
