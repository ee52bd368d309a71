import type {
  Affinity,
  Container,
  PodSecurityContext,
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
  readonly labels?: Labels;
  /** Annotations of the pods. @default - none */
  readonly annotations?: Labels;
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
  /** Security context of the pod. @default - none */
  readonly podSecurity?: PodSecurityContext;
}

/** A pod template of a custom resource. */
export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

/** The pod template of a workload whose controller knows its main container by name. */
export function podTemplate(container: string, options: PodOptions): PodTemplate {
  const { labels, annotations } = options;
  return {
    ...((labels || annotations) && { metadata: given({ labels, annotations }) }),
    spec: {
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
        securityContext: options.podSecurity,
      }),
      containers: [mainContainer(container, options)],
      ...(options.mounts && { volumes: volumes(options.mounts) }),
    },
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
