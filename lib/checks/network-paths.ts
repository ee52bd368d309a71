import { describe, type Finding, type ObjectModel } from '../core';
import { NetworkPolicies } from './network-policies';
import { listeningPort } from './served-port';

/**
 * The API server calls webhooks from an address that no policy can name. So where a policy selects the pods behind a webhook, some
 * policy has to admit everybody to the webhook's port.
 */
export function* webhookPaths(model: ObjectModel): Iterable<Finding> {
  const policies = new NetworkPolicies(model);
  const told = new Set<string>();
  for (const { construct, manifest } of model.objects) {
    for (const reference of model.index.references(manifest)) {
      if (!reference.path.endsWith('clientConfig.service')) continue;
      const service = model.index.service(reference.namespace, reference.name);
      for (const workload of model.index.behind(service)) {
        const port = listeningPort(service, reference.port, workload);
        const key = `${describe(workload)}:${port}`;
        if (typeof port !== 'number' || told.has(key) || policies.admit('anybody', workload, port)) continue;
        told.add(key);
        const message = `${describe(workload)}: no NetworkPolicy admits the API server to port ${port}, on which ${describe(manifest)} calls it`;
        yield { severity: 'error', path: construct.node.path, message };
      }
    }
  }
}
