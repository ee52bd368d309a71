import type { Gateway } from '../../crds-imports/networking.istio.io';
import { type Breach, describe, type ObjectModel, type Rule, World } from '../core';
import { groupOf } from '../core/kind';
import { describeTarget, target } from '../core/references';
import { podsWith } from './gateway-pods';

/** The rule of the Secrets with the certificates of a Gateway of Istio. */
export const gatewayCertificates: Rule<ObjectModel> = {
  id: 'mesh/missing-gateway-certificate',
  level: 'error',
  reason: 'A Gateway finds its certificates beside its pods, not beside itself; without one its listener stays shut.',
  check: missing,
};

function* missing(model: ObjectModel): Iterable<Breach> {
  for (const { construct, manifest } of model.objects) {
    if (manifest.kind !== 'Gateway' || groupOf(manifest.apiVersion) !== 'networking.istio.io') continue;
    const { selector, servers = [] } = (manifest as unknown as Gateway).spec ?? {};
    const namespaces = new Set(selector ? podsWith(selector, model).map(({ namespace }) => namespace) : []);
    for (const [server, { tls }] of servers.entries()) {
      const name = tls?.credentialName;
      for (const namespace of name ? namespaces : []) {
        const path = `spec.servers[${server}].tls.credentialName`;
        const secret = { group: '', kind: 'Secret', namespace, name: name ?? '', path };
        const id = target(secret);
        if (model.declares(id) || model.index.makerOf(id) || World.has(construct, secret)) continue;
        const message = `${describe(manifest)}: ${path} needs ${describeTarget(secret)}, beside the pods of the gateway, which nothing in the model provides; add it there, or declare it as existing`;
        yield { path: construct.node.path, message };
      }
    }
  }
}
