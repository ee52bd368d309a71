import type { Authorizer } from '../../contracts';
import { DISCOVERY, DOMAIN, ROOT } from './names';

/** What all proxies of the mesh are told. @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ */
export function meshConfig(authorizers: readonly Authorizer[]): object {
  return {
    accessLogFile: '/dev/stdout',
    defaultConfig: { discoveryAddress: DISCOVERY },
    enablePrometheusMerge: true,
    rootNamespace: ROOT,
    tcpKeepalive: { time: '10s', interval: '5s', probes: 3 },
    trustDomain: DOMAIN,
    ...(authorizers.length > 0 && { extensionProviders: authorizers.map(provider) }),
  };
}

function provider({ name, host, port, asked, passedOn, sentBack }: Authorizer): object {
  return {
    name,
    envoyExtAuthzHttp: {
      service: host,
      port,
      includeRequestHeadersInCheck: asked,
      headersToUpstreamOnAllow: passedOn,
      headersToDownstreamOnDeny: sentBack,
    },
  };
}
