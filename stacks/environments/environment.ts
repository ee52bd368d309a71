import type { KubeflowPlatformProps, ObjectModel, Rule } from 'cdk8s-kubeflow';

/** A place that the platform is installed in: data, and the rules that it is held to. */
export interface Environment {
  readonly platform: KubeflowPlatformProps;
  readonly checks: readonly Rule<ObjectModel>[];
}
