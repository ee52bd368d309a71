import type { IConstruct } from 'constructs';
import { platformOf } from '../../blocks/platform-context';
import { Scoped } from '../../core';
import { given } from '../pod/pod-options';

/** How KServe runs a server: as a Knative Service, or as a plain Deployment with a horizontal pod autoscaler. */
export type DeploymentMode = 'Knative' | 'Standard';

/** A field of pods that Knative refuses until its flag `kubernetes.podspec-<feature>` is set. */
export type KnativeFeature =
  | 'affinity'
  | 'dnsconfig'
  | 'dnspolicy'
  | 'fieldref'
  | 'hostipc'
  | 'hostnetwork'
  | 'hostpid'
  | 'init-containers'
  | 'nodeselector'
  | 'persistent-volume-claim'
  | 'persistent-volume-write'
  | 'priorityclassname'
  | 'runtimeclassname'
  | 'schedulername'
  | 'securitycontext'
  | 'shareprocessnamespace'
  | 'tolerations'
  | 'topologyspreadconstraints';

/** What servers below a construct find in their cluster. */
export interface ServingCluster {
  /** Mode of servers that name none. @default - the platform's; 'Knative' without one */
  readonly deploymentMode?: DeploymentMode;
  /** Flags that Knative's `config-features` sets. @default - none */
  readonly knativeFeatures?: readonly KnativeFeature[];
  /** Whether KServe's presets of LLMInferenceServices are installed. @default - the platform's; false without one */
  readonly llmPresets?: boolean;
}

const scoped = new Scoped<ServingCluster>('cdk8s-kubeflow:serving-cluster');

/** Says how the cluster's KServe and Knative are configured. */
export const ServingCluster = {
  /** Declares it for everything below a construct. */
  declare(scope: IConstruct, cluster: ServingCluster): void {
    scoped.add(scope, cluster);
  },

  /** What a construct finds: of each thing the nearest declaration, or else what its platform installs. */
  of(construct: IConstruct): ServingCluster {
    const { servingMode: deploymentMode, llmPresets } = platformOf(construct);
    const declared = scoped.reaching(construct).map((cluster) => given({ ...cluster }));
    return Object.assign(given({ deploymentMode, llmPresets }), ...declared.reverse());
  },
};
