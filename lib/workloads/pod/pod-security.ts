import type { Container, PodSecurityContext, PodSpec, SecurityContext } from '../../../crds-imports/core';

/**
 * How a pod is kept from privileges: `restricted` for what the strictest Pod Security level asks, in the pod and all of its containers,
 * or a security context, which may start from that.
 */
export type PodSecurityOption =
  | 'restricted'
  | (PodSecurityContext & {
      /** Sets what the level asks, where nothing else is said. @default - what the namespace says */
      readonly standard?: 'restricted';
    });

/** What the level `restricted` asks of a pod. The image has to run as a user that is not root, or `security` names one. */
const POD: PodSecurityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** What it asks of each container. */
const CONTAINER: SecurityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** Whether an option asks for what the level `restricted` does. */
export function asksRestricted(option: PodSecurityOption | undefined): boolean {
  return option === 'restricted' || option?.standard === 'restricted';
}

/** The security context of the pod; undefined when nothing is said. */
export function podContext(option: PodSecurityOption | undefined): PodSecurityContext | undefined {
  if (option === undefined || option === 'restricted') return option && POD;
  const { standard, ...context } = option;
  return standard ? { ...POD, ...context } : context;
}

/** The pod with the containers as an option wants them. */
export function securedContainers<Spec extends Pick<PodSpec, 'containers' | 'initContainers'>>(
  spec: Spec,
  option: PodSecurityOption | undefined,
): Spec {
  if (!asksRestricted(option)) return spec;
  const { containers, initContainers } = spec;
  return {
    ...spec,
    ...(initContainers && { initContainers: initContainers.map(secured) }),
    containers: containers.map(secured),
  };
}

function secured(container: Container): Container {
  const { securityContext = {} } = container;
  const { capabilities, ...others } = securityContext;
  return {
    ...container,
    securityContext: { ...CONTAINER, ...others, capabilities: { ...CONTAINER.capabilities, ...capabilities } },
  };
}
