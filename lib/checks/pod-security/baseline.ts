import type { Container, Probe } from '../../../crds-imports/core';
import { type Control, ofContainers, ofParts } from './control';

const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

const SE_LINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** Profiles of AppArmor and seccomp by their type. */
const PROFILES = ['RuntimeDefault', 'Localhost'];

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/** A value that is set to something else than what is allowed. */
function unless<T>(value: T | undefined, allowed: readonly T[]): T[] {
  return value === undefined || allowed.includes(value) ? [] : [value];
}

/** Hosts that probes and hooks of a container call: an empty one is the pod itself. */
function hostsOf({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): string[] {
  const calls = [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop] as (Probe | undefined)[];
  return calls.flatMap((call) => [call?.httpGet?.host, call?.tcpSocket?.host]).filter((host): host is string => Boolean(host));
}

/**
 * The level that keeps pods from known ways to more privileges, as Kubernetes 1.34 has it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const BASELINE: readonly Control[] = [
  {
    id: 'hostNamespaces',
    level: 'baseline',
    check: ({ spec }) => {
      const shared = HOST_NAMESPACES.filter((name) => spec[name]);
      return shared.length > 0 ? [`the pod shares namespaces with its node: leave out ${shared.join(', ')}`] : [];
    },
  },
  ofContainers(
    'privileged',
    'baseline',
    ({ securityContext }) => (securityContext?.privileged ? [true] : []),
    'securityContext.privileged must be false',
  ),
  ofContainers(
    'capabilities_baseline',
    'baseline',
    ({ securityContext }) => (securityContext?.capabilities?.add ?? []).filter((name) => !CAPABILITIES.includes(name)),
    'securityContext.capabilities.add may have the default capabilities alone',
  ),
  {
    id: 'hostPathVolumes',
    level: 'baseline',
    check: ({ spec }) => {
      const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath).map(({ name }) => name);
      return names.length > 0 ? [`volumes on the node: ${names.join(', ')} must not be a hostPath`] : [];
    },
  },
  ofContainers(
    'hostPorts',
    'baseline',
    ({ ports = [] }) => ports.flatMap(({ hostPort }) => (hostPort ? [hostPort] : [])),
    'ports must have no hostPort',
  ),
  ofContainers('hostProbesAndHostLifecycle', 'baseline', hostsOf, 'probes and lifecycle hooks must name no host'),
  {
    id: 'appArmorProfile',
    level: 'baseline',
    check: (pod) => [
      ...APP_ARMOR_TYPE.check(pod),
      ...Object.entries(pod.annotations ?? {})
        .filter(([key, value]) => key.startsWith(APP_ARMOR) && !/^(|runtime\/default|localhost\/.*)$/s.test(value))
        .map(([key, value]) => `the annotation ${key} must be runtime/default or localhost/…, not ${JSON.stringify(value)}`),
    ],
  },
  {
    id: 'seLinuxOptions',
    level: 'baseline',
    check: (pod) => SE_LINUX.flatMap(({ check }) => check(pod)),
  },
  ofContainers(
    'procMount',
    'baseline',
    ({ securityContext }) => unless(securityContext?.procMount, ['Default']),
    'securityContext.procMount must be Default',
  ),
  ofParts(
    'seccompProfile_baseline',
    'baseline',
    ({ seccompProfile }) => unless<string>(seccompProfile?.type, PROFILES),
    'securityContext.seccompProfile.type must be RuntimeDefault or Localhost',
  ),
  {
    id: 'sysctls',
    level: 'baseline',
    check: ({ spec }) => {
      const unsafe = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !SYSCTLS.includes(name));
      return unsafe.length > 0 ? [`the pod: securityContext.sysctls must not have ${unsafe.join(', ')}`] : [];
    },
  },
  ofParts(
    'windowsHostProcess',
    'baseline',
    ({ windowsOptions }) => (windowsOptions?.hostProcess ? [true] : []),
    'securityContext.windowsOptions.hostProcess must be false',
  ),
];

const APP_ARMOR_TYPE = ofParts(
  'appArmorProfile',
  'baseline',
  ({ appArmorProfile }) => unless<string>(appArmorProfile?.type, PROFILES),
  'securityContext.appArmorProfile.type must be RuntimeDefault or Localhost',
);

const SE_LINUX = [
  ofParts(
    'seLinuxOptions',
    'baseline',
    ({ seLinuxOptions }) => unless(seLinuxOptions?.type, SE_LINUX_TYPES),
    `securityContext.seLinuxOptions.type must be ${SE_LINUX_TYPES.filter(Boolean).join(', ')} or nothing`,
  ),
  ofParts(
    'seLinuxOptions',
    'baseline',
    ({ seLinuxOptions: { user, role } = {} }) => [user, role].filter(Boolean),
    'securityContext.seLinuxOptions must have no user and no role',
  ),
];
