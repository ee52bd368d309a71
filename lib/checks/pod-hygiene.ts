import type { Container, PodSpec } from '../../crds-imports/core';
import { describe, type Finding, type Manifest, type ObjectModel, podSpecs } from '../core';

interface Rule {
  /** What is missing, as the end of `container x …`. */
  readonly missing: string;
  readonly holds: (container: Container, pod: PodSpec) => boolean;
}

/** What the pods of a platform's own workloads have; upstream's lack many of these. */
const RULES: readonly Rule[] = [
  {
    missing: 'has no CPU or memory request',
    holds: ({ resources }) => Boolean(resources?.requests?.cpu && resources.requests.memory),
  },
  {
    missing: 'has ports but no readiness probe, so it is called before it answers',
    holds: ({ ports, readinessProbe }) => !ports?.length || readinessProbe !== undefined,
  },
  { missing: 'may gain privileges', holds: ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false },
  {
    missing: 'keeps capabilities',
    holds: ({ securityContext }) => securityContext?.capabilities?.drop?.includes('ALL') === true,
  },
  {
    missing: 'may run as root',
    holds: ({ securityContext }, pod) => (securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) === true,
  },
  {
    missing: 'runs without the seccomp profile RuntimeDefault',
    holds: ({ securityContext }, pod) =>
      (securityContext?.seccompProfile ?? pod.securityContext?.seccompProfile)?.type === 'RuntimeDefault',
  },
];

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Every container of a workload is restricted, asks for what it needs and says when it is ready. */
export function* podHygiene(model: ObjectModel): Iterable<Finding> {
  for (const { construct, manifest } of model.objects) {
    if (!WORKLOADS.has(manifest.kind)) continue;
    for (const message of problems(manifest)) yield { severity: 'warning', path: construct.node.path, message };
  }
}

function problems(manifest: Manifest): string[] {
  return podSpecs(manifest).flatMap(({ spec }) =>
    (spec.containers ?? []).flatMap((container) =>
      RULES.filter(({ holds }) => !holds(container, spec)).map(
        ({ missing }) => `${describe(manifest)}: container ${container.name} ${missing}`,
      ),
    ),
  );
}
