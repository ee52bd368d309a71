import { type Breach, describe, type ObjectModel, type Rule } from '../core';
import { NetworkPolicies } from './network-policies';
import { listeningPort } from './served-port';

/** The rule of the way from the API server to webhooks, whose address no policy can name. */
export const webhookPaths: Rule<ObjectModel> = {
  id: 'kubernetes/unreachable-webhook',
  level: 'error',
  reason:
    'Where a policy selects the pods behind a webhook, one has to admit everybody to its port, or the API server is shut out.',
  check: shutOut,
};

function* shutOut(model: ObjectModel): Iterable<Breach> {
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
        yield { path: construct.node.path, message };
      }
    }
  }
}
