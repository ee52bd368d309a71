import type { ClusterServingRuntimeSpec } from '../../crds-imports/serving.kserve.io';
import { Contract } from '../core';

/** The addresses that KServe gives to models at the gateway; Go templates over `.Name`, `.Namespace` and `.IngressDomain`. */
export interface GatewayUrls {
  readonly domain: string;
  readonly scheme: 'http' | 'https';
  readonly domainTemplate: string;
  /** Path below the domain; undefined where models are served by host name only. */
  readonly pathTemplate?: string;
}

/** What a server has to know of a serving runtime. With a workerSpec a server is spread over several nodes. */
export type ServedRuntime = Pick<
  ClusterServingRuntimeSpec,
  'supportedModelFormats' | 'protocolVersions' | 'multiModel' | 'disabled' | 'workerSpec'
>;

/**
 * How KServe runs a server.
 *
 * - `Standard`: as a Deployment with a HorizontalPodAutoscaler
 * - `Knative`: as a Knative Service, which scales to zero; Knative Serving is in the cluster already
 */
export type DeploymentMode = 'Standard' | 'Knative';

/** What a KServe offers to model servers. */
export interface Serving {
  /** How servers run that do not say it. */
  readonly deploymentMode: DeploymentMode;
  /** Whether it has presets of LLMInferenceServices. */
  readonly llmPresets: boolean;
  /** Whether nodes keep models; undefined where nobody knows. */
  readonly localModels?: boolean;
  /** Serving runtimes by name; undefined where nobody knows. */
  readonly runtimes?: Readonly<Record<string, ServedRuntime>>;
  /** Undefined where models are reached from inside the cluster only. */
  readonly urls?: GatewayUrls;
}

/** Offered by KServe, installed or existing. */
export const SERVING = new Contract<Serving>('model serving');
