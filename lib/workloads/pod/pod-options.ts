import type {
  Affinity,
  Container,
  PodSpec,
  SecurityContext,
  Toleration,
  TopologySpreadConstraint,
} from '../../../crds-imports/core';
import type { Labels } from '../../core';
import type { DeclaredObject } from './declared-object';
import { type Env, type EnvSource, envVars, nameOf } from './env';
import { given } from './given';
import { type Mounts, volumeMounts, volumes } from './mount';
import { type PodSecurityOption, podContext, securedContainers } from './pod-security';
import { type Resources, requirements } from './resources';

/** What a workload says of its pods. Nothing that is left out appears in the YAML. */
export interface PodOptions {
  /** Image of the main container. */
  readonly image: string;
  /** @default - the image's entry point */
  readonly command?: readonly string[];
  /** @default - the image's */
  readonly args?: readonly string[];
  /** @default - what the image and the controller set */
  readonly env?: Env;
  /** Whole Secrets and ConfigMaps whose keys become environment variables; `env` goes before them. @default - none */
  readonly envFrom?: readonly EnvSource[];
  /** What the main container finds in its file system, by absolute path. @default - nothing */
  readonly mounts?: Mounts;
  /** @default - none asked for */
  readonly resources?: Resources;
  /** @default - the image's */
  readonly workingDir?: string;
  /** @default - the kubelet's choice by the tag */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** Names of the Secrets with which the image is pulled. @default - none */
  readonly imagePullSecrets?: readonly string[];
  /** The ServiceAccount, or the name of one that the namespace has. @default - the namespace's default */
  readonly serviceAccount?: DeclaredObject | string;
  /** Labels of the pods. @default - none */
  readonly podLabels?: Labels;
  /** Annotations of the pods. @default - none */
  readonly podAnnotations?: Labels;
  /** Labels of the nodes that the pods run on. @default - any node */
  readonly nodeSelector?: Labels;
  /** @default - none */
  readonly tolerations?: readonly Toleration[];
  /** @default - none */
  readonly affinity?: Affinity;
  /** @default - none */
  readonly topologySpread?: readonly TopologySpreadConstraint[];
  /** @default - the cluster's default */
  readonly priorityClass?: string;
  /** @default - the cluster's default */
  readonly scheduler?: string;
  /** @default - the cluster's default */
  readonly runtimeClass?: string;
  /** Security context of the main container. @default - none */
  readonly security?: SecurityContext;
  /**
   * Security context of the pod, or `restricted` for what the strictest level of pod security asks of it and of its containers. The
   * image then runs as a user that is not root, or `security` names one: `{ runAsUser: 1000 }`.
   *
   * @default - what the namespace says (NamespaceBaseline), or none
   */
  readonly podSecurity?: PodSecurityOption;
}

/** A pod template of a custom resource. */
export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

/** The pod template of a workload whose controller knows its main container by name. */
export function podTemplate(container: string, options: PodOptions): PodTemplate {
  const { podLabels: labels, podAnnotations: annotations, podSecurity } = options;
  return {
    ...((labels || annotations) && { metadata: given({ labels, annotations }) }),
    spec: securedContainers(
      {
        ...given({
          serviceAccountName: options.serviceAccount && nameOf(options.serviceAccount),
          imagePullSecrets: options.imagePullSecrets?.map((name) => ({ name })),
          nodeSelector: options.nodeSelector,
          tolerations: options.tolerations,
          affinity: options.affinity,
          topologySpreadConstraints: options.topologySpread,
          priorityClassName: options.priorityClass,
          schedulerName: options.scheduler,
          runtimeClassName: options.runtimeClass,
          securityContext: podContext(podSecurity),
        }),
        containers: [mainContainer(container, options)],
        ...(options.mounts && { volumes: volumes(options.mounts) }),
      },
      podSecurity,
    ),
  };
}

function mainContainer(name: string, options: PodOptions): Container {
  const { image, command, args, env, envFrom, mounts, resources, workingDir, imagePullPolicy, security } = options;
  return {
    name,
    image,
    ...given({
      imagePullPolicy,
      command,
      args,
      workingDir,
      env: env && envVars(env),
      envFrom: envFrom?.map((source) => source._source),
      resources: resources && requirements(resources),
      volumeMounts: mounts && volumeMounts(mounts),
      securityContext: security,
    }),
  };
}
