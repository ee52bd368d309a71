import type { DeploymentMode } from '../../../contracts';
import type { Labels } from '../../../core';
import { contradictions } from '../../object-metadata';
import { nameOf } from '../../pod/env';
import { given } from '../../pod/given';
import { queueOf } from '../../queue/queue';
import type { ServerOptions } from './options';
import type { ServerParts } from './spec';

type Members = Readonly<Record<string, string | undefined>>;

/** Labels and annotations of a server, and where what was written by hand contradicts an option. */
export interface ServerMetadata {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly contradictions: readonly string[];
}

/** The Secret in which KServe looks for entries by itself. */
const STORAGE_CONFIG = 'storage-config';

/** Labels and annotations that carry options, under KServe's and Knative's names. */
export function metadataOf(options: ServerOptions & ServerParts, mode: DeploymentMode): ServerMetadata {
  const labels: Members = {
    ...queueOf(options.queue)?._labels(),
    [mode === 'Knative' ? 'networking.knative.dev/visibility' : 'networking.kserve.io/visibility']: options.visibility,
  };
  const annotations: Members = {
    ...scalerOf(options, mode === 'Knative'),
    ...storesOf(options),
    'serving.kserve.io/enable-tag-routing': text(options.tagRouting),
    'serving.knative.dev/rollout-duration': options.rolloutDuration && `${options.rolloutDuration.toSeconds()}s`,
    'serving.kserve.io/stop': text(options.stop),
    'serving.kserve.io/enable-prometheus-scraping': text(options.prometheusScraping),
    'serving.kserve.io/enable-metric-aggregation': text(options.metricAggregation),
    'serving.kserve.io/disable-auto-update': opposite(options.autoUpdate),
    'storage.kserve.io/readonly': opposite(options.writableModel),
    'serving.kserve.io/gpu-resource-types': options.gpuResources && JSON.stringify(options.gpuResources),
  };
  const said = { labels: given(labels) as Labels, annotations: given(annotations) as Labels };
  return {
    labels: { ...options.labels, ...said.labels },
    annotations: { ...options.annotations, ...said.annotations },
    contradictions: [
      ...contradictions('label', options.labels, said.labels),
      ...contradictions('annotation', options.annotations, said.annotations),
    ],
  };
}

function scalerOf({ autoscaler, deploymentMode }: ServerOptions & ServerParts, onKnative: boolean): Members {
  const hpaOnKnative = onKnative && autoscaler === 'hpa';
  return {
    'serving.kserve.io/deploymentMode': deploymentMode,
    'serving.kserve.io/autoscalerClass': hpaOnKnative ? undefined : autoscaler,
    'autoscaling.knative.dev/class': hpaOnKnative ? 'hpa.autoscaling.knative.dev' : undefined,
  };
}

function storesOf({ model, storageSecret, localModel, storageInitializerUser }: ServerOptions & ServerParts): Members {
  const entry = model?.storage?.secret;
  return {
    'serving.kserve.io/storageSecretName':
      (storageSecret && nameOf(storageSecret)) ?? (entry === STORAGE_CONFIG ? undefined : entry),
    'serving.kserve.io/nodegroup': localModel ? nameOf(localModel) : undefined,
    // KServe looks for the annotation alone, whatever it says.
    'serving.kserve.io/disable-localmodel': localModel === false ? 'true' : undefined,
    'serving.kserve.io/storage-initializer-uid': text(storageInitializerUser),
  };
}

function text(value: boolean | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function opposite(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(!value);
}
