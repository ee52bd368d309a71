import type { Namespace } from '../../crds-imports/core';
import type { PeerAuthentication } from '../../crds-imports/security.istio.io';
import { type Breach, describe, type Manifest, type ObjectModel, podSpecs, type Rule, selects } from '../core';
import { isWorkload } from '../core/model-index';
import { AuthorizationPolicies } from './authorization-policies';
import { isExcluded, isMember } from './mesh-membership';
import { listeningPort } from './served-port';

/** User as which a proxy runs: what it sends is not led to itself. */
const PROXY_USER = 1337;

/** Ports of the proxy in a pod. @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio */
const PROXY_PORTS = new Set([15000, 15001, 15002, 15004, 15006, 15008, 15020, 15021, 15053, 15090]);

/** What pods of a mesh must not do, and who calls them. */
export const meshPods: readonly Rule<ObjectModel>[] = [
  {
    id: 'mesh/guarded-webhook',
    level: 'error',
    reason: 'The API server is in no mesh: a proxy before the port on which it calls a webhook refuses it.',
    check: guardedWebhooks,
  },
  {
    id: 'mesh/host-network',
    level: 'error',
    reason: 'A pod on the network of its node gets no proxy: it is in no mesh, whatever it says.',
    check: ofMembers((pod) => (pod.hostNetwork ? ['it is on the network of its node, and is to be in the mesh'] : [])),
  },
  {
    id: 'mesh/proxy-user',
    level: 'error',
    reason: 'What the user of the proxy sends goes out without encryption and without identity.',
    check: ofMembers((pod) =>
      (pod.containers ?? [])
        .filter(({ name, securityContext }) => {
          const user = securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
          return name !== 'istio-proxy' && user === PROXY_USER;
        })
        .map(({ name }) => `container ${name} runs as user ${PROXY_USER}, which is the proxy's; give it another`),
    ),
  },
  {
    id: 'mesh/proxy-port',
    level: 'error',
    reason: 'A port on which the proxy of a pod listens is taken.',
    check: ofMembers((pod) =>
      (pod.containers ?? []).flatMap(({ name, ports = [] }) =>
        ports
          .filter(({ containerPort }) => name !== 'istio-proxy' && PROXY_PORTS.has(containerPort))
          .map(({ containerPort }) => `container ${name} has port ${containerPort}, which is the proxy's; give it another`),
      ),
    ),
  },
  {
    id: 'mesh/two-modes',
    level: 'error',
    reason: 'A pod has either a proxy of its own or that of its node.',
    check: twoModes,
  },
];

type PodSpec = ReturnType<typeof podSpecs>[number]['spec'];

/** A rule over the pods of which it is known that they are in the mesh. */
function ofMembers(wrong: (pod: PodSpec) => readonly string[]): (model: ObjectModel) => Iterable<Breach> {
  return function* check({ objects, index }) {
    for (const { construct, manifest } of objects) {
      if (!isWorkload(manifest) || isMember(manifest, index) !== true) continue;
      for (const { spec } of podSpecs(manifest))
        for (const message of wrong(spec)) yield { path: construct.node.path, message: `${describe(manifest)}: ${message}` };
    }
  };
}

function* guardedWebhooks(model: ObjectModel): Iterable<Breach> {
  const { index } = model;
  const policies = new AuthorizationPolicies(model);
  const told = new Set<string>();
  for (const { construct, manifest } of model.objects)
    for (const reference of index.references(manifest)) {
      if (!reference.path.endsWith('clientConfig.service')) continue;
      const service = index.service(reference.namespace, reference.name);
      for (const workload of index.behind(service)) {
        const port = listeningPort(service, reference.port, workload);
        const key = `${describe(workload)}:${port}`;
        if (typeof port !== 'number' || told.has(key)) continue;
        if (isExcluded(workload, port) || isMember(workload, index) !== true) continue;
        const labels = podSpecs(workload)[0]?.labels ?? {};
        const anybody = { namespace: '', principal: '' };
        if (takesPlaintext(model, workload, port) && policies.admit(anybody, workload, labels, port)) continue;
        told.add(key);
        const message = `${describe(workload)}: its proxy refuses the API server at port ${port}, on which ${describe(manifest)} calls it; leave the port out (traffic.sidecar.istio.io/excludeInboundPorts), or the pods`;
        yield { path: construct.node.path, message };
      }
    }
}

/** Whether a PeerAuthentication of the namespace lets a port take connections without encryption. */
function takesPlaintext({ manifests }: ObjectModel, workload: Manifest, port: number): boolean {
  const labels = podSpecs(workload)[0]?.labels ?? {};
  return manifests.some((manifest) => {
    if (manifest.kind !== 'PeerAuthentication' || manifest.metadata.namespace !== workload.metadata.namespace) return false;
    const { selector, portLevelMtls = {} } = (manifest as unknown as PeerAuthentication).spec ?? {};
    const mode = portLevelMtls[port]?.mode;
    return selects(selector, labels) && (mode === 'PERMISSIVE' || mode === 'DISABLE');
  });
}

function* twoModes({ objects }: ObjectModel): Iterable<Breach> {
  for (const { construct, manifest } of objects) {
    if (manifest.kind !== 'Namespace') continue;
    const { labels = {} } = (manifest as unknown as Namespace).metadata;
    const injects = labels['istio-injection'] === 'enabled' || labels['istio.io/rev'] !== undefined;
    if (!injects || labels['istio.io/dataplane-mode'] !== 'ambient') continue;
    const message = `${describe(manifest)}: its pods are to have proxies of their own (istio-injection) and that of the node (istio.io/dataplane-mode); leave one of the labels out`;
    yield { path: construct.node.path, message };
  }
}
