import type { ConfigMap } from '../../crds-imports/core';
import type { DestinationRule, Gateway } from '../../crds-imports/networking.istio.io';
import type { AuthorizationPolicy } from '../../crds-imports/security.istio.io';
import { type Breach, describe, type Manifest, type ObjectModel, type Rule } from '../core';
import { groupOf } from '../core/kind';
import { isMember } from './mesh-membership';

/** What the configuration of a mesh says that policies name. */
interface MeshConfig {
  readonly trustDomain?: string;
  readonly trustDomainAliases?: readonly string[];
  readonly extensionProviders?: readonly { readonly name: string }[];
}

/** What policies of a mesh name is there, where the mesh is in the model. */
export const meshPolicies: readonly Rule<ObjectModel>[] = [
  {
    id: 'mesh/unknown-provider',
    level: 'error',
    reason: 'A policy with the action CUSTOM refuses every request when the mesh has no provider of that name.',
    check: (model) => ofPolicies(model, unknownProvider),
  },
  {
    id: 'mesh/foreign-trust-domain',
    level: 'error',
    reason: 'An identity of another trust domain is nobody of this mesh, so the policy lets nobody in.',
    check: (model) => ofPolicies(model, foreignPrincipals),
  },
  {
    id: 'mesh/encrypted-to-outsider',
    level: 'error',
    reason: 'Pods that are in no mesh do not understand its encryption: every connection to them fails.',
    check: encryptedToOutsiders,
  },
];

/** For a platform that people depend on: nobody on the way reads what users send. */
export const encryptedGateways: Rule<ObjectModel> = {
  id: 'mesh/plain-gateway',
  level: 'error',
  reason: 'Without TLS everybody on the way to a gateway reads passwords and cookies.',
  check: plainGateways,
};

function* ofPolicies(
  model: ObjectModel,
  wrong: (policy: AuthorizationPolicy, mesh: MeshConfig) => readonly string[],
): Iterable<Breach> {
  const mesh = meshConfig(model);
  if (!mesh) return;
  for (const { construct, manifest } of model.objects) {
    if (manifest.kind !== 'AuthorizationPolicy' || groupOf(manifest.apiVersion) !== 'security.istio.io') continue;
    for (const message of wrong(manifest as unknown as AuthorizationPolicy, mesh))
      yield { path: construct.node.path, message: `${describe(manifest)}: ${message}` };
  }
}

function unknownProvider({ spec }: AuthorizationPolicy, { extensionProviders = [] }: MeshConfig): string[] {
  const name = spec?.provider?.name;
  const known = extensionProviders.map((provider) => provider.name);
  if (spec?.action !== 'CUSTOM' || name === undefined || known.includes(name)) return [];
  return [`spec.provider.name is ${JSON.stringify(name)}; the mesh has ${known.length > 0 ? known.join(', ') : 'no providers'}`];
}

function foreignPrincipals({ spec }: AuthorizationPolicy, mesh: MeshConfig): string[] {
  const { trustDomain = 'cluster.local', trustDomainAliases = [] } = mesh;
  // Istio reads cluster.local as the own domain, whatever its name.
  const own = [trustDomain, 'cluster.local', ...trustDomainAliases];
  const principals = (spec?.rules ?? []).flatMap(({ from = [] }) => from.flatMap(({ source }) => source?.principals ?? []));
  return principals
    .filter((principal) => !principal.startsWith('*') && principal.includes('/') && !own.includes(principal.split('/')[0] ?? ''))
    .map((principal) => `the principal ${principal} is of another trust domain than the mesh's, ${trustDomain}`);
}

function* encryptedToOutsiders({ objects, index }: ObjectModel): Iterable<Breach> {
  for (const { construct, manifest } of objects) {
    if (manifest.kind !== 'DestinationRule') continue;
    if ((manifest as unknown as DestinationRule).spec?.trafficPolicy?.tls?.mode !== 'ISTIO_MUTUAL') continue;
    for (const { namespace, name } of index.references(manifest).filter(({ kind }) => kind === 'Service')) {
      const outsider = index.behind(index.service(namespace, name)).find((workload) => isMember(workload, index) === false);
      if (!outsider) continue;
      const message = `${describe(manifest)}: connections are to be encrypted as in the mesh (ISTIO_MUTUAL), and ${describe(outsider)} behind ${name} is not part of it`;
      yield { path: construct.node.path, message };
    }
  }
}

function* plainGateways({ objects }: ObjectModel): Iterable<Breach> {
  for (const { construct, manifest } of objects) {
    if (manifest.kind !== 'Gateway' || groupOf(manifest.apiVersion) !== 'networking.istio.io') continue;
    // Gateways for requests from inside of the cluster are reached by nobody else.
    const { selector, servers = [] } = (manifest as unknown as Gateway).spec ?? {};
    if (selector?.istio !== 'ingressgateway') continue;
    for (const [server, { port, tls }] of servers.entries()) {
      if (!/^HTTP2?$/.test(port?.protocol ?? '') || tls?.httpsRedirect) continue;
      const message = `${describe(manifest)}: spec.servers[${server}] serves HTTP at port ${port?.number}; give the endpoint of the platform TLS, or redirect to HTTPS`;
      yield { path: construct.node.path, message };
    }
  }
}

/** The configuration of the mesh that is in the model. The reader of YAML is loaded where there is one. */
function meshConfig({ manifests }: ObjectModel): MeshConfig | undefined {
  const found = manifests.find(isMeshConfig) as unknown as ConfigMap | undefined;
  if (!found) return undefined;
  const { parse } = require('yaml') as typeof import('yaml');
  return (parse(found.data?.mesh ?? '') ?? {}) as MeshConfig;
}

function isMeshConfig({ kind, metadata }: Manifest): boolean {
  return kind === 'ConfigMap' && metadata.name === 'istio' && metadata.namespace === 'istio-system';
}
