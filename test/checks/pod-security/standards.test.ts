import type { Container, PodSpec, SecurityContext, Volume } from '../../../crds-imports/core';
import type { Level, SecuredPod } from '../../../lib/checks/pod-security/control';
import { STANDARDS, securityProblems } from '../../../lib/checks/pod-security/standards';

const IMAGE = 'ghcr.io/my-org/train:1.4';

const SAFE: SecurityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** A pod that meets every level, but for what is said. */
function pod(spec: Partial<PodSpec> = {}, container: Partial<Container> = {}, annotations?: Record<string, string>): SecuredPod {
  return {
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'main', image: IMAGE, securityContext: SAFE, ...container }],
      ...spec,
    },
    annotations,
  };
}

const secured = (securityContext: SecurityContext): SecuredPod => pod({}, { securityContext: { ...SAFE, ...securityContext } });
const ofPod = (securityContext: PodSpec['securityContext']): SecuredPod =>
  pod({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...securityContext } });
const volume = (source: object): SecuredPod => pod({ volumes: [{ name: 'data', ...source } as Volume] });
const probe = (host?: string): SecuredPod => pod({}, { readinessProbe: { httpGet: { port: 80, ...(host && { host }) } } });
const windows = (spec: Partial<PodSpec>): SecuredPod => pod({ os: { name: 'windows' }, ...spec });
const bare: Container = { name: 'main', image: IMAGE };

/** Pods that a control refuses, with the words, and pods next to them that it takes. */
interface Case {
  readonly refused: readonly [SecuredPod, string][];
  readonly accepted: readonly SecuredPod[];
}

const CASES: Readonly<Record<string, Case>> = {
  hostNamespaces: {
    refused: [
      [pod({ hostNetwork: true, hostPID: true }), 'leave out hostNetwork, hostPID'],
      [pod({ hostIPC: true }), 'leave out hostIPC'],
    ],
    accepted: [pod({ hostNetwork: false, hostPID: false, hostIPC: false })],
  },
  privileged: {
    refused: [[secured({ privileged: true }), 'container main: securityContext.privileged must be false']],
    accepted: [secured({ privileged: false })],
  },
  capabilities_baseline: {
    refused: [[secured({ capabilities: { drop: ['ALL'], add: ['IPC_LOCK', 'CHOWN'] } }), 'not IPC_LOCK']],
    accepted: [secured({ capabilities: { drop: ['ALL'], add: ['CHOWN', 'NET_BIND_SERVICE', 'SYS_CHROOT'] } })],
  },
  hostPathVolumes: {
    refused: [[volume({ hostPath: { path: '/' } }), 'data must not be a hostPath']],
    accepted: [volume({ nfs: { server: 'nfs', path: '/' } }), volume({ emptyDir: {} })],
  },
  hostPorts: {
    refused: [[pod({}, { ports: [{ containerPort: 80, hostPort: 8080 }] }), 'ports must have no hostPort, not 8080']],
    accepted: [pod({}, { ports: [{ containerPort: 80, hostPort: 0 }] })],
  },
  hostProbesAndHostLifecycle: {
    refused: [
      [probe('example.com'), 'must name no host, not example.com'],
      [pod({}, { lifecycle: { preStop: { tcpSocket: { port: 1, host: '10.0.0.1' } } } }), 'not 10.0.0.1'],
    ],
    accepted: [probe(), pod({}, { lifecycle: { postStart: { httpGet: { port: 80, host: '' } } } })],
  },
  appArmorProfile: {
    refused: [
      [
        secured({ appArmorProfile: { type: 'Unconfined' } }),
        'appArmorProfile.type must be RuntimeDefault or Localhost, not Unconfined',
      ],
      [ofPod({ appArmorProfile: { type: 'Unconfined' } }), 'the pod: '],
      [pod({}, {}, { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' }), 'not "unconfined"'],
    ],
    accepted: [
      secured({ appArmorProfile: { type: 'Localhost', localhostProfile: 'x' } }),
      pod({}, {}, { 'container.apparmor.security.beta.kubernetes.io/main': 'localhost/x', other: 'unconfined' }),
    ],
  },
  seLinuxOptions: {
    refused: [
      [secured({ seLinuxOptions: { type: 'spc_t' } }), 'not spc_t'],
      [
        ofPod({ seLinuxOptions: { user: 'u', role: 'r' } }),
        'the pod: securityContext.seLinuxOptions must have no user and no role, not u, r',
      ],
    ],
    accepted: [secured({ seLinuxOptions: { type: 'container_engine_t', level: 's0' } }), ofPod({ seLinuxOptions: { type: '' } })],
  },
  procMount: {
    refused: [[secured({ procMount: 'Unmasked' }), 'must be Default, not Unmasked']],
    accepted: [secured({ procMount: 'Default' })],
  },
  seccompProfile_baseline: {
    refused: [
      [secured({ seccompProfile: { type: 'Unconfined' } }), 'container main: securityContext.seccompProfile.type'],
      [ofPod({ seccompProfile: { type: 'Unconfined' } }), 'the pod: securityContext.seccompProfile.type'],
    ],
    accepted: [pod({ securityContext: undefined }), secured({ seccompProfile: { type: 'Localhost', localhostProfile: 'x' } })],
  },
  sysctls: {
    refused: [[ofPod({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] }), 'must not have kernel.msgmax']],
    accepted: [ofPod({ sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] })],
  },
  windowsHostProcess: {
    refused: [
      [secured({ windowsOptions: { hostProcess: true } }), 'container main: '],
      [ofPod({ windowsOptions: { hostProcess: true } }), 'the pod: securityContext.windowsOptions.hostProcess must be false'],
    ],
    accepted: [secured({ windowsOptions: { hostProcess: false } })],
  },
  restrictedVolumes: {
    refused: [
      [volume({ nfs: { server: 'nfs', path: '/' } }), 'the volume data must be one of configMap, csi,'],
      [volume({ hostPath: { path: '/' } }), 'not hostPath'],
    ],
    accepted: [
      volume({}),
      ...[
        'configMap',
        'csi',
        'downwardAPI',
        'emptyDir',
        'ephemeral',
        'image',
        'persistentVolumeClaim',
        'projected',
        'secret',
      ].map((type) => volume({ [type]: {} })),
    ],
  },
  allowPrivilegeEscalation: {
    refused: [
      [
        pod({}, { securityContext: { capabilities: { drop: ['ALL'] } } }),
        'container main: securityContext.allowPrivilegeEscalation must be false',
      ],
      [pod({ initContainers: [{ ...bare, name: 'first' }] }), 'container first: '],
    ],
    accepted: [windows({ containers: [bare] })],
  },
  runAsNonRoot: {
    refused: [
      [
        pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
        'the pod or container main: securityContext.runAsNonRoot must be true',
      ],
      [secured({ runAsNonRoot: false }), 'container main: securityContext.runAsNonRoot must be true, not false'],
      [ofPod({ runAsNonRoot: false }), 'the pod: '],
    ],
    accepted: [
      pod(
        { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
        { securityContext: { ...SAFE, runAsNonRoot: true } },
      ),
    ],
  },
  runAsUser: {
    refused: [
      [secured({ runAsUser: 0 }), 'container main: securityContext.runAsUser must not be 0'],
      [ofPod({ runAsUser: 0 }), 'the pod: '],
    ],
    accepted: [secured({ runAsUser: 1000 })],
  },
  seccompProfile_restricted: {
    refused: [
      [pod({ securityContext: { runAsNonRoot: true } }), 'the pod or container main: securityContext.seccompProfile.type'],
      [secured({ seccompProfile: { type: 'Unconfined' } }), 'not Unconfined'],
    ],
    accepted: [
      pod({ securityContext: { runAsNonRoot: true } }, { securityContext: { ...SAFE, seccompProfile: { type: 'Localhost' } } }),
      windows({ securityContext: { runAsNonRoot: true } }),
    ],
  },
  capabilities_restricted: {
    refused: [
      [
        pod({}, { securityContext: { allowPrivilegeEscalation: false } }),
        'container main: securityContext.capabilities.drop must have ALL',
      ],
      [secured({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }), 'may have NET_BIND_SERVICE alone, not CHOWN'],
    ],
    accepted: [
      secured({ capabilities: { drop: ['NET_RAW', 'ALL'], add: ['NET_BIND_SERVICE'] } }),
      windows({ containers: [bare] }),
    ],
  },
};

const controls = new Map(
  Object.values(STANDARDS).flatMap((standard) => standard.map((control) => [control.id, control] as const)),
);

describe('the Pod Security standards', () => {
  test('have every control tested', () => {
    expect(Object.keys(CASES).sort()).toEqual([...controls.keys()].sort());
  });

  test.each(Object.entries(CASES))('%s', (id, { refused, accepted }) => {
    const { level, check } = controls.get(id) ?? { level: 'baseline' as Level, check: () => [] };
    for (const [wrong, words] of refused) {
      expect(check(wrong).join('; ')).toContain(words);
      expect(securityProblems(level, wrong)).not.toEqual([]);
      expect(securityProblems('restricted', wrong)).not.toEqual([]);
    }
    for (const good of accepted) expect(check(good)).toEqual([]);
  });

  test('take what meets the strictest at every level', () => {
    expect(securityProblems('restricted', pod())).toEqual([]);
    expect(securityProblems('baseline', pod())).toEqual([]);
  });

  test('take a pod that says nothing at the baseline alone', () => {
    expect(securityProblems('baseline', { spec: { containers: [bare] } })).toEqual([]);
    expect(securityProblems('restricted', { spec: { containers: [bare] } })).toHaveLength(4);
  });

  test('tell a mistake once, though two levels forbid it', () => {
    expect(securityProblems('restricted', secured({ seccompProfile: { type: 'Unconfined' } }))).toHaveLength(1);
    expect(securityProblems('restricted', volume({ hostPath: { path: '/' } }))).toHaveLength(1);
    expect(securityProblems('restricted', secured({ capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }))).toHaveLength(1);
  });
});
