import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type GatewayUrls, SERVING } from '../../contracts';
import { Scoped } from '../../core';
import { given } from '../pod/given';
import type { DeploymentMode, KnativeFeature } from './deployment-mode';
import type { RuntimeShape } from './runtime/formats';

/** What servers below a construct find in their cluster. */
export interface ServingCluster {
  /** Mode of servers that name none. @default - the platform's; 'Knative' without one */
  readonly deploymentMode?: DeploymentMode;
  /** Flags that Knative's `config-features` sets. @default - none */
  readonly knativeFeatures?: readonly KnativeFeature[];
  /** Longest time that Knative lets a request take (`max-revision-timeout-seconds` of `config-defaults`). @default - 600 seconds */
  readonly maxRevisionTimeout?: Duration;
  /** Whether KServe's presets of LLMInferenceServices are installed. @default - the platform's; false without one */
  readonly llmPresets?: boolean;
  /** Whether KServe's node agent keeps models on nodes. @default - the platform's; taken as given without one */
  readonly localModels?: boolean;
  /** Serving runtimes of the cluster by name. @default - the platform's; those of the release without one */
  readonly runtimes?: Readonly<Record<string, RuntimeShape>>;
  /** Addresses of models at the gateway. @default - the platform's; none without one */
  readonly urls?: GatewayUrls;
}

const scoped = new Scoped<ServingCluster>('cdk8s-kubeflow:serving-cluster');

/** Says how the cluster's KServe and Knative are configured. */
export const ServingCluster = {
  /** Declares it for everything below a construct. */
  declare(scope: IConstruct, cluster: ServingCluster): void {
    scoped.add(scope, cluster);
  },

  /**
   * What a construct finds: of each thing the nearest declaration, or else what its platform installs, which is the one around it or
   * the only one of the app that was made before.
   */
  of(construct: IConstruct): ServingCluster {
    const declared = scoped.reaching(construct).map((cluster) => given({ ...cluster }));
    return Object.assign({ ...SERVING.of(construct) }, ...declared.reverse());
  },
};
