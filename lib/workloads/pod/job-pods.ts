import type { Duration } from 'cdk8s';
import type { Container, ContainerPort, Lifecycle, PodSpec } from '../../../crds-imports/core';
import { given } from './given';
import { type PodOptions, type PodTemplate, podTemplate } from './pod-options';
import { securedContainers } from './pod-security';
import { type ContainerProbes, probeFields } from './probes';

/** What a job says of its pods. */
export interface JobPodOptions extends PodOptions {
  /** Ports of the main container. @default - those that the controller adds */
  readonly ports?: readonly ContainerPort[];
  /** @default - none */
  readonly probes?: ContainerProbes;
  /** What the kubelet does after the main container has started, and before it ends. @default - nothing */
  readonly lifecycle?: Lifecycle;
  /** Containers that run one after the other before the main one. @default - those that the controller adds */
  readonly initContainers?: readonly Container[];
  /**
   * Containers beside the main one, which start before it, may run for ever, and end with it.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly sidecars?: readonly Container[];
  /** Whether the pods are in the network of their node, for instance for RDMA. They still look names up in the cluster. @default false */
  readonly hostNetwork?: boolean;
  /** Time between the signal to end and the end. @default - 30 seconds */
  readonly terminationGracePeriod?: Duration;
}

/** The pod template of a job whose controller knows its main container by name. */
export function jobPodTemplate(container: string, options: JobPodOptions): PodTemplate {
  const { metadata, spec } = podTemplate(container, options);
  const { ports, probes, lifecycle, sidecars = [], initContainers = [], hostNetwork, terminationGracePeriod } = options;
  const [main, ...others] = spec.containers as [Container, ...Container[]];
  const before = [...sidecars.map((sidecar): Container => ({ ...sidecar, restartPolicy: 'Always' })), ...initContainers];
  const whole: PodSpec = {
    ...spec,
    ...given({
      hostNetwork,
      // Pods in the network of their node ask its name servers otherwise, which know no Services.
      dnsPolicy: hostNetwork ? ('ClusterFirstWithHostNet' as const) : undefined,
      terminationGracePeriodSeconds: terminationGracePeriod?.toSeconds(),
      initContainers: before.length > 0 ? before : undefined,
    }),
    containers: [{ ...main, ...given({ ports, ...probeFields(probes), lifecycle }) }, ...others],
  };
  return { ...(metadata && { metadata }), spec: securedContainers(whole, options.podSecurity) };
}
