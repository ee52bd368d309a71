import type { Endpoint, GatewayUrls, Mesh, Serving } from '../../contracts';
import { KServeIngress } from './ingress';
import type { KServeProps } from './kserve';
import { servedRuntimes, servingRuntimes } from './serving-runtimes';
import { modelUrls } from './urls';

/** A KServe that the cluster has. What is left out is not known of it, or as KServe has it by itself. */
export interface ExistingKServe {
  /**
   * How servers run that do not say it.
   *
   * @default 'Knative'
   */
  readonly deploymentMode?: Serving['deploymentMode'];

  /**
   * Whether it has presets of LLMInferenceServices.
   *
   * @default false
   */
  readonly llmPresets?: boolean;

  /**
   * Whether nodes keep models.
   *
   * @default - taken as given
   */
  readonly localModels?: boolean;

  /**
   * Its ClusterServingRuntimes by name.
   *
   * @default - those of the release, and perhaps others
   */
  readonly runtimes?: Serving['runtimes'];

  /**
   * The addresses that it gives to models at the gateway. Hosts of the mode Knative are Knative's, see `Knative.existing`.
   *
   * @default - none
   */
  readonly urls?: GatewayUrls;

  /**
   * Whether a mesh's VirtualServices give servers of the mode Knative a host of their own (`disableIstioVirtualHost` is not set).
   *
   * @default true
   */
  readonly virtualHosts?: boolean;
}

/** What a KServe with some options offers to model servers. @param mesh of the platform @param endpoint its address */
export function servingOffer(props: KServeProps, mesh: Mesh | undefined, endpoint: Endpoint | undefined): Serving {
  const { deploymentMode = 'Standard', llm = false, localModel } = props;
  const ingress = props.ingress ?? KServeIngress._of(mesh);
  return {
    deploymentMode,
    llmPresets: llm,
    localModels: localModel !== undefined,
    runtimes: servedRuntimes(servingRuntimes(props.servingRuntimes)),
    urls: gatewayUrls(props, ingress, endpoint),
    virtualHosts: !ingress.configuration.disableIstioVirtualHost,
  };
}

function gatewayUrls(
  props: KServeProps,
  { configuration }: KServeIngress,
  endpoint: Endpoint | undefined,
): GatewayUrls | undefined {
  if (configuration.disableIngressCreation) return undefined;
  const { domain, scheme, domainTemplate, pathTemplate } = modelUrls(props.urls, endpoint);
  // Only the VirtualServices of a mesh have routes by path.
  return { domain, scheme, domainTemplate, ...(!configuration.disableIstioVirtualHost && { pathTemplate }) };
}
