import type { Container, SecurityContext, Volume } from '../../../crds-imports/core';
import { type Control, containersOf, ofContainers, partsOf, type SecuredPod } from './control';

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const satisfies readonly (keyof Volume)[];

const PROFILES: readonly unknown[] = ['RuntimeDefault', 'Localhost'];

/** What Windows has no idea of is not asked of its pods. */
const unlessWindows = (control: Control): Control => ({
  ...control,
  check: (pod) => (pod.spec.os?.name === 'windows' ? [] : control.check(pod)),
});

/** A control that the pod answers for all containers that do not answer it themselves. */
function inherited<T>(
  id: string,
  value: (securityContext: SecurityContext) => T | undefined,
  good: (value: T) => boolean,
  words: string,
): Control {
  const check = (pod: SecuredPod): string[] => {
    const parts = partsOf(pod).map((part) => ({ ...part, value: value(part.securityContext) }));
    const [whole, ...containers] = parts;
    const wrong = parts.filter((part) => part.value !== undefined && !good(part.value));
    if (wrong.length > 0)
      return [
        `${wrong.map((part) => part.words).join(', ')}: ${words}, not ${[...new Set(wrong.map((part) => part.value))].join(', ')}`,
      ];
    const silent = whole?.value === undefined ? containers.filter((part) => part.value === undefined) : [];
    return silent.length > 0 ? [`the pod or ${silent.map((part) => part.words).join(', ')}: ${words}`] : [];
  };
  return { id, level: 'restricted', check };
}

function typeOf({ name: _, ...source }: Volume): string {
  return Object.keys(source).join();
}

const added = ({ securityContext }: Container) => securityContext?.capabilities?.add ?? [];

/**
 * What the strictest level asks beside the baseline, as Kubernetes 1.34 has it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const RESTRICTED: readonly Control[] = [
  {
    id: 'restrictedVolumes',
    level: 'restricted',
    check: ({ spec }) => {
      // One without a source is an empty folder.
      const wrong = (spec.volumes ?? []).filter((volume) => typeOf(volume) !== '' && !VOLUMES.some((type) => volume[type]));
      return wrong.map((volume) => `the volume ${volume.name} must be one of ${VOLUMES.join(', ')}, not ${typeOf(volume)}`);
    },
  },
  unlessWindows({
    id: 'allowPrivilegeEscalation',
    level: 'restricted',
    check: (pod) => {
      const open = containersOf(pod).filter(({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
      return open.length > 0
        ? [`${open.map(({ name }) => `container ${name}`).join(', ')}: securityContext.allowPrivilegeEscalation must be false`]
        : [];
    },
  }),
  inherited(
    'runAsNonRoot',
    ({ runAsNonRoot }) => runAsNonRoot,
    (value) => value,
    'securityContext.runAsNonRoot must be true',
  ),
  {
    id: 'runAsUser',
    level: 'restricted',
    check: (pod) => {
      const root = partsOf(pod).filter(({ securityContext }) => securityContext.runAsUser === 0);
      return root.length > 0 ? [`${root.map(({ words }) => words).join(', ')}: securityContext.runAsUser must not be 0`] : [];
    },
  },
  unlessWindows(
    inherited(
      'seccompProfile_restricted',
      ({ seccompProfile }) => seccompProfile?.type,
      (value) => PROFILES.includes(value),
      'securityContext.seccompProfile.type must be RuntimeDefault or Localhost',
    ),
  ),
  unlessWindows({
    id: 'capabilities_restricted',
    level: 'restricted',
    check: (pod) => {
      const kept = containersOf(pod).filter(({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'));
      return [
        ...(kept.length > 0
          ? [`${kept.map(({ name }) => `container ${name}`).join(', ')}: securityContext.capabilities.drop must have ALL`]
          : []),
        ...ADDED.check(pod),
      ];
    },
  }),
];

const ADDED = ofContainers(
  'capabilities_restricted',
  'restricted',
  (container) => added(container).filter((name) => name !== 'NET_BIND_SERVICE'),
  'securityContext.capabilities.add may have NET_BIND_SERVICE alone',
);
