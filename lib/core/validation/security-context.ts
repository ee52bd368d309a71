import type { PodSecurityContext, PodSpec, SeccompProfile, SecurityContext } from '../../../crds-imports/core';
import type { NameRule } from '../names';
import type { Field } from './field';
import { DESCENDING_PATH } from './texts';

/** The highest id of a user or group. */
const HIGHEST = 2 ** 31 - 1;

const SYSCTL: NameRule = {
  pattern: /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/,
  length: 253,
  allowed: 'lower-case letters, digits, "-" and "_" in parts between "." or "/", 253 characters at most',
};

/** What a container may do. */
export function securityContext(field: Field, context: SecurityContext, pod: Pick<PodSpec, 'hostUsers'>): void {
  identity(field, context);
  const { allowPrivilegeEscalation, privileged, capabilities, procMount } = context;
  if (allowPrivilegeEscalation === false) {
    if (privileged) field.say('is privileged, so allowPrivilegeEscalation must not be false');
    if (capabilities?.add?.includes('CAP_SYS_ADMIN'))
      field.say('adds CAP_SYS_ADMIN, so allowPrivilegeEscalation must not be false');
  }
  if (procMount === 'Unmasked' && pod.hostUsers !== false)
    field.at('procMount').must('be "Default", unless hostUsers of the pod is false', procMount);
}

/** What all containers of a pod may do. */
export function podSecurityContext(field: Field, context: PodSecurityContext, pod: PodSpec): void {
  identity(field, context);
  field.number('fsGroup', context.fsGroup, 0, HIGHEST);
  field.each('supplementalGroups', context.supplementalGroups, (group, at) => {
    if (group < 0 || group > HIGHEST) at.must(`be between 0 and ${HIGHEST}`, group);
  });
  const names = new Set<string>();
  field.each('sysctls', context.sysctls, ({ name }, at) => {
    if (name === '') {
      at.at('name').say('is required');
      return;
    }
    at.text('name', name, SYSCTL);
    at.at('name').once(names, name, () => `repeats ${JSON.stringify(name)}`);
    const dotted = name.replaceAll('/', '.');
    if (pod.hostNetwork && dotted.startsWith('net.'))
      at.at('name').must('not be one of the network, which hostNetwork takes from the node', name);
    if (pod.hostIPC && /^(kernel\.(sem|msg|shm)|fs\.mqueue\.)/.test(dotted))
      at.at('name').must('not be one of processes, which hostIPC takes from the node', name);
  });
}

function identity(field: Field, context: SecurityContext | PodSecurityContext): void {
  field.number('runAsUser', context.runAsUser, 0, HIGHEST);
  field.number('runAsGroup', context.runAsGroup, 0, HIGHEST);
  if (context.seccompProfile) profile(field.at('seccompProfile'), context.seccompProfile, true);
  if (context.appArmorProfile) profile(field.at('appArmorProfile'), context.appArmorProfile, false);
}

function profile(field: Field, { type, localhostProfile }: SeccompProfile, isPath: boolean): void {
  if (type !== 'Localhost') {
    if (localhostProfile !== undefined) field.at('localhostProfile').say('is for the type "Localhost" only');
  } else if (localhostProfile === undefined || (!isPath && localhostProfile.trim() === '')) {
    field.at('localhostProfile').say('is required by the type "Localhost"');
  } else if (isPath) {
    field.text('localhostProfile', localhostProfile, DESCENDING_PATH);
  }
}
