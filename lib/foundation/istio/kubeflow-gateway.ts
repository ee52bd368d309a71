import type { Construct } from 'constructs';
import { certificates } from '../../../crds-imports/cert-manager.io';
import { secrets } from '../../../crds-imports/core';
import * as networking from '../../../crds-imports/networking.istio.io';
import * as security from '../../../crds-imports/security.istio.io';
import { AggregatedRoles } from '../../blocks/roles/aggregated-roles';
import type { Endpoint, EndpointTls } from '../../contracts';
import { allow, declare, Existing, type Labels, READ, World } from '../../core';
import { KUBEFLOW } from '../../release/namespaces';
import { ROOT } from './names';

const GATEWAY = 'kubeflow-gateway';

/** As VirtualServices name it. */
export const GATEWAY_NAME = `${KUBEFLOW}/${GATEWAY}`;

/** Kinds by which requests are led, which editors and viewers may read. */
const NETWORKING = [
  networking.destinationrules,
  networking.envoyfilters,
  networking.gateways,
  networking.proxyconfigs,
  networking.serviceentries,
  networking.sidecars,
  networking.virtualservices,
  networking.workloadentries,
  networking.workloadgroups,
];

type Server = NonNullable<NonNullable<networking.Gateway['spec']>['servers']>[number];

/**
 * The gateway of Kubeflow's web applications, at the address of the platform, and what users may see of the mesh.
 *
 * @param pods labels of the gateway's pods
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1/common/istio/kubeflow-istio-resources
 */
export function kubeflowGateway(scope: Construct, endpoint: Endpoint, pods: Labels): void {
  const { tls } = endpoint;
  declare(scope, networking.gateways, {
    metadata: { name: GATEWAY, namespace: KUBEFLOW },
    spec: { selector: pods, servers: tls ? secured(endpoint, certificate(scope, endpoint, tls)) : [PLAIN] },
  });
  if (endpoint.strictTransportSeconds !== undefined) strictTransport(scope, endpoint.strictTransportSeconds, pods);
  new AggregatedRoles(scope, 'istio', {
    of: [],
    edit: [allow(...READ).on(...NETWORKING)],
    view: [allow(...READ).on(...NETWORKING, security.authorizationpolicies)],
  });
}

const HTTP = { number: 80, name: 'http', protocol: 'HTTP' };

/** Under any name: without TLS there is none that a client could check. */
const PLAIN: Server = { hosts: ['*'], port: HTTP };

function secured({ hosts, http }: Endpoint, credentialName: string): Server[] {
  return [
    {
      hosts: [...hosts],
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      tls: { mode: 'SIMPLE', credentialName, minProtocolVersion: 'TLSV1_2' },
    },
    ...(http === 'redirect' ? [{ hosts: [...hosts], port: HTTP, tls: { httpsRedirect: true } }] : []),
  ];
}

/** Name of the Secret, which is beside the gateway's pods. */
function certificate(scope: Construct, { hosts }: Endpoint, tls: EndpointTls): string {
  if ('secret' in tls) {
    World.declare(scope, Existing.object(secrets, tls.secret, ROOT));
    return tls.secret;
  }
  const secretName = `${GATEWAY}-tls`;
  declare(scope, certificates, {
    metadata: { name: GATEWAY, namespace: ROOT },
    spec: { secretName, dnsNames: [...hosts], issuerRef: tls.issuer },
  });
  return secretName;
}

/** Browsers are told with every answer over TLS: by no route of a component, since controllers write routes, too. */
function strictTransport(scope: Construct, seconds: number, pods: Labels): void {
  const header = { key: 'strict-transport-security', value: `max-age=${seconds}` };
  declare(scope, networking.envoyfilters, {
    metadata: { name: 'strict-transport-security', namespace: ROOT },
    spec: {
      workloadSelector: { labels: pods },
      configPatches: [
        {
          applyTo: 'ROUTE_CONFIGURATION',
          match: { context: 'GATEWAY', routeConfiguration: { gateway: GATEWAY_NAME, portNumber: 443 } },
          patch: {
            operation: 'MERGE',
            value: { response_headers_to_add: [{ append_action: 'OVERWRITE_IF_EXISTS_OR_ADD', header }] },
          },
        },
      ],
    },
  });
}
