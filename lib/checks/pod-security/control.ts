import type { Container, PodSpec, SecurityContext } from '../../../crds-imports/core';

/** Levels at which a namespace can hold its pods. */
export type Level = 'baseline' | 'restricted';

/** A pod as the standards see it. */
export interface SecuredPod {
  readonly spec: PodSpec;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a level asks of pods in one respect. */
export interface Control {
  /** As Kubernetes calls it. */
  readonly id: string;
  readonly level: Level;
  /** What is wrong with a pod, each as a sentence; nothing when it is as it should be. */
  readonly check: (pod: SecuredPod) => readonly string[];
}

/** Part of a pod or of its containers that may have what a control forbids. */
export interface Part {
  /** How messages call it. */
  readonly words: string;
  readonly securityContext: SecurityContext;
}

/** All containers of a pod, those that start first before the others. */
export function containersOf({ spec }: SecuredPod): Container[] {
  const { initContainers, containers, ephemeralContainers } = spec;
  return [initContainers, containers, ephemeralContainers as readonly Container[] | undefined].flatMap((list) => list ?? []);
}

/** The pod itself, and its containers, with what each says of its security. */
export function partsOf(pod: SecuredPod): Part[] {
  return [
    { words: 'the pod', securityContext: (pod.spec.securityContext ?? {}) as SecurityContext },
    ...containersOf(pod).map(({ name, securityContext = {} }) => ({ words: `container ${name}`, securityContext })),
  ];
}

/** A control over the pod and its containers. @param wrong values that are not allowed of one part */
export function ofParts(
  id: string,
  level: Level,
  wrong: (securityContext: SecurityContext) => readonly unknown[],
  allowed: string,
): Control {
  return { id, level, check: (pod) => breaches(partsOf(pod), ({ securityContext }) => wrong(securityContext), allowed) };
}

/** A control over the containers. @param wrong values that are not allowed of one */
export function ofContainers(
  id: string,
  level: Level,
  wrong: (container: Container) => readonly unknown[],
  allowed: string,
): Control {
  const parts = (pod: SecuredPod) => containersOf(pod).map((container) => ({ words: `container ${container.name}`, container }));
  return { id, level, check: (pod) => breaches(parts(pod), ({ container }) => wrong(container), allowed) };
}

/** The parts with wrong values, in one sentence. */
function breaches<T extends { readonly words: string }>(
  parts: readonly T[],
  wrong: (part: T) => readonly unknown[],
  allowed: string,
): string[] {
  const found = parts.flatMap((part) => {
    const values = wrong(part);
    return values.length > 0 ? [{ words: part.words, values }] : [];
  });
  if (found.length === 0) return [];
  const values = [...new Set(found.flatMap((one) => one.values.map((value) => String(value))))];
  return [`${found.map(({ words }) => words).join(', ')}: ${allowed}, not ${values.join(', ')}`];
}
