import type { Container, PodSpec } from '../../crds-imports/core';
import { type ObjectModel, podSpecs, type Rule, type RuleId } from '../core';
import { ofObjects } from '../core/checks/of-objects';

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/**
 * A rule over every container of the workloads.
 *
 * @param wrong what is said of one that does not hold, after its name
 * @param except a namespace that is left out
 */
function ofContainers(
  id: RuleId,
  reason: string,
  wrong: string,
  holds: (container: Container, pod: PodSpec) => boolean,
  except?: string,
): Rule<ObjectModel> {
  const check = ofObjects((manifest) =>
    WORKLOADS.has(manifest.kind) && (except === undefined || manifest.metadata.namespace !== except)
      ? podSpecs(manifest).flatMap(({ spec }) =>
          (spec.containers ?? []).filter((container) => !holds(container, spec)).map(({ name }) => `container ${name} ${wrong}`),
        )
      : [],
  );
  return { id, level: 'warning', reason, check };
}

/** Where programs of the nodes themselves are, which have rights on them: a level of pod security holds there for nobody. */
const OF_NODES = 'kube-system';

/** What the pods of a platform's own workloads have; upstream's lack many of these. */
export const podHygiene: readonly Rule<ObjectModel>[] = [
  ofContainers(
    'kubernetes/no-resource-requests',
    'A pod that asks for nothing is placed anywhere, and is the first to be evicted.',
    'has no CPU or memory request',
    ({ resources }) => Boolean(resources?.requests?.cpu && resources.requests.memory),
  ),
  ofContainers(
    'kubernetes/no-readiness-probe',
    'A program that does not say when it is ready is called before it answers.',
    'has ports but no readiness probe, so it is called before it answers',
    ({ ports, readinessProbe }) => !ports?.length || readinessProbe !== undefined,
  ),
  ofContainers(
    'kubernetes/privilege-escalation',
    'The restricted level of pod security wants that no process gains more privileges than its parent.',
    'may gain privileges',
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false,
    OF_NODES,
  ),
  ofContainers(
    'kubernetes/kept-capabilities',
    'The restricted level of pod security wants all capabilities dropped.',
    'keeps capabilities',
    ({ securityContext }) => securityContext?.capabilities?.drop?.includes('ALL') === true,
    OF_NODES,
  ),
  ofContainers(
    'kubernetes/runs-as-root',
    'The restricted level of pod security wants that no process is root.',
    'may run as root',
    ({ securityContext }, pod) => (securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) === true,
    OF_NODES,
  ),
  ofContainers(
    'kubernetes/no-seccomp-profile',
    'The restricted level of pod security wants system calls filtered.',
    'runs without the seccomp profile RuntimeDefault',
    ({ securityContext }, pod) =>
      (securityContext?.seccompProfile ?? pod.securityContext?.seccompProfile)?.type === 'RuntimeDefault',
    OF_NODES,
  ),
];
