import type { Endpoint, GatewayUrls, Mesh, Serving } from '../../contracts';
import { KServeIngress } from './ingress';
import type { KServeProps } from './kserve';
import { servingRuntimes } from './serving-runtimes';
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
   * The addresses that it gives to models at the gateway.
   *
   * @default - none
   */
  readonly urls?: GatewayUrls;
}

/** What a KServe with some options offers to model servers. @param mesh of the platform @param endpoint its address */
export function servingOffer(props: KServeProps, mesh: Mesh | undefined, endpoint: Endpoint | undefined): Serving {
  const { deploymentMode = 'Standard', llm = false, localModel } = props;
  return {
    deploymentMode,
    llmPresets: llm,
    localModels: localModel !== undefined,
    runtimes: Object.fromEntries(servingRuntimes(props.servingRuntimes).map(({ name, spec }) => [name, spec])),
    urls: gatewayUrls(props, mesh, endpoint),
  };
}

function gatewayUrls(props: KServeProps, mesh: Mesh | undefined, endpoint: Endpoint | undefined): GatewayUrls | undefined {
  const { configuration } = props.ingress ?? KServeIngress._of(mesh);
  if (configuration.disableIngressCreation) return undefined;
  const { domain, scheme, domainTemplate, pathTemplate } = modelUrls(props.urls, endpoint);
  // Only the VirtualServices of a mesh have routes by path.
  return { domain, scheme, domainTemplate, ...(!configuration.disableIstioVirtualHost && { pathTemplate }) };
}
