import type { ClusterServingRuntimeSpec } from '../../crds-imports/serving.kserve.io';
import { Contract } from '../core';

/**
 * The addresses that KServe gives to models at the gateway; Go templates over `.Name`, `.Namespace` and `.IngressDomain`. Hosts of the mode
 * Knative are Knative's, see KnativeServing.
 */
export interface GatewayUrls {
  readonly domain: string;
  readonly scheme: 'http' | 'https';
  readonly domainTemplate: string;
  /** Path below the domain; undefined where models are served by host name only. */
  readonly pathTemplate?: string;
}

/** What a server has to know of a serving runtime. With a workerSpec a server is spread over several nodes. */
export interface ServedRuntime
  extends Pick<
    ClusterServingRuntimeSpec,
    'supportedModelFormats' | 'protocolVersions' | 'multiModel' | 'disabled' | 'workerSpec'
  > {
  /** The program, as the runtime's annotation `serving.kserve.io/server-type` has it: `mlserver`, `tritonserver`. @default - by its name */
  readonly serverType?: string;
}

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
  /**
   * Whether a mesh's VirtualServices give servers of the mode Knative a host of their own; without them they have that of their component.
   *
   * @default true
   */
  readonly virtualHosts?: boolean;
}

/** Offered by KServe, installed or existing. */
export const SERVING = new Contract<Serving>('model serving');
