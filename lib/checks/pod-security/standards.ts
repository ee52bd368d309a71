import { BASELINE } from './baseline';
import type { Control, Level, SecuredPod } from './control';
import { RESTRICTED } from './restricted';

/** Controls of the baseline that a stricter one of the restricted level takes the place of, so that one mistake is told once. */
const REPLACED = ['capabilities_baseline', 'hostPathVolumes', 'seccompProfile_baseline'];

/**
 * What each level of the Pod Security standards asks.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const STANDARDS: Readonly<Record<Level, readonly Control[]>> = {
  baseline: BASELINE,
  restricted: [...BASELINE.filter(({ id }) => !REPLACED.includes(id)), ...RESTRICTED],
};

/** What a level has against a pod, each as a sentence. */
export function securityProblems(level: Level, pod: SecuredPod): string[] {
  return STANDARDS[level].flatMap(({ check }) => check(pod));
}
