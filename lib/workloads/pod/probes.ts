import type { Probe } from '../../../crds-imports/core';
import { given } from './given';

/** By what the kubelet knows how a container is. */
export interface ContainerProbes {
  /** @default - it is ready when it runs */
  readonly readiness?: Probe;
  /** @default - it lives as long as it runs */
  readonly liveness?: Probe;
  /** @default - it has started when it runs */
  readonly startup?: Probe;
}

/** Probes as a container takes them. */
export function probeFields({ readiness, liveness, startup }: ContainerProbes = {}) {
  return given({ readinessProbe: readiness, livenessProbe: liveness, startupProbe: startup });
}
