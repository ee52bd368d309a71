import type { GatewayUrls, MeshReference, Serving } from '../../contracts';
import { KServeIngress } from './ingress';
import type { KServeProps } from './kserve';
import { servingRuntimes } from './serving-runtimes';
import { modelUrls } from './urls';

/** What a KServe with some options offers to model servers. @param mesh of the platform */
export function servingOffer(props: KServeProps, mesh: MeshReference | undefined): Serving {
  const { deploymentMode = 'Standard', llm = false, localModel } = props;
  return {
    deploymentMode,
    llmPresets: llm,
    localModels: localModel !== undefined,
    runtimes: Object.fromEntries(servingRuntimes(props.servingRuntimes).map(({ name, spec }) => [name, spec])),
    urls: gatewayUrls(props, mesh),
  };
}

function gatewayUrls(props: KServeProps, mesh: MeshReference | undefined): GatewayUrls | undefined {
  const { configuration } = props.ingress ?? (mesh ? KServeIngress.istio(mesh) : KServeIngress.none());
  if (configuration.disableIngressCreation) return undefined;
  const { domain, scheme, domainTemplate, pathTemplate } = modelUrls(props.urls);
  // Only the VirtualServices of a mesh have routes by path.
  return { domain, scheme, domainTemplate, ...(!configuration.disableIstioVirtualHost && { pathTemplate }) };
}
