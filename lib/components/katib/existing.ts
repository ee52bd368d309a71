import { Scoped } from '../../core';
import type { CollectorKind } from './configuration';
import type { TrialResource } from './trial-resource';

/** What a Katib that is there is configured with beside the release. */
export interface KatibConfiguration {
  /** Kinds that trials may be of. @default - none */
  readonly trialResources?: readonly TrialResource[];
  /** Names of algorithms. @default - none */
  readonly algorithms?: readonly string[];
  /** Names of early stopping algorithms. @default - none */
  readonly earlyStopping?: readonly string[];
  /** Kinds of metrics collectors. @default - none */
  readonly metricsCollectors?: readonly CollectorKind[];
}

/** The Katib that a platform does not install, for everything below the platform. */
export const ExistingKatib = new Scoped<KatibConfiguration>('cdk8s-kubeflow:katib');
