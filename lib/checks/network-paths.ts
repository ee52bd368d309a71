import type { Service } from '../../crds-imports/core';
import type { NetworkPolicy } from '../../crds-imports/networking.k8s.io';
import { type Breach, describe, type Manifest, type ObjectModel, podSpecs, type Rule, references, selects } from '../core';

/** The rule of the way from the API server to webhooks, whose address no policy can name. */
export const webhookPaths: Rule<ObjectModel> = {
  id: 'kubernetes/unreachable-webhook',
  level: 'error',
  reason:
    'Where a policy selects the pods behind a webhook, one has to admit everybody to its port, or the API server is shut out.',
  check: shutOut,
};

function* shutOut(model: ObjectModel): Iterable<Breach> {
  const policies = model.manifests.filter((object) => object.kind === 'NetworkPolicy');
  const told = new Set<string>();
  for (const { construct, manifest } of model.objects) {
    for (const reference of references(manifest)) {
      if (!reference.path.endsWith('clientConfig.service')) continue;
      const service = model.index.service(reference.namespace, reference.name);
      for (const workload of model.index.behind(service)) {
        const port = listeningPort(service, reference.port, workload);
        const key = `${describe(workload)}:${port}`;
        if (port === undefined || told.has(key) || isAdmitted(workload, port, policies)) continue;
        told.add(key);
        const message = `${describe(workload)}: no NetworkPolicy admits the API server to port ${port}, on which ${describe(manifest)} calls it`;
        yield { path: construct.node.path, message };
      }
    }
  }
}

/** The container port behind a Service's port. */
function listeningPort(service: Manifest | undefined, port: number | string | undefined, workload: Manifest): number | undefined {
  const served = (service as unknown as Service | undefined)?.spec?.ports?.find(
    (candidate) => candidate.port === port || candidate.name === port,
  );
  const wanted = served?.targetPort ?? served?.port;
  if (typeof wanted !== 'string') return wanted;
  const containers = podSpecs(workload).flatMap(({ spec }) => spec.containers ?? []);
  return containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === wanted)?.containerPort;
}

function isAdmitted(workload: Manifest, port: number, policies: readonly Manifest[]): boolean {
  const labels = podSpecs(workload)[0]?.labels ?? {};
  const selecting = policies
    .filter((policy) => policy.metadata.namespace === workload.metadata.namespace)
    .map((policy) => (policy as unknown as NetworkPolicy).spec ?? {})
    .filter(({ podSelector, policyTypes }) => (policyTypes ?? ['Ingress']).includes('Ingress') && selects(podSelector, labels));
  return (
    selecting.length === 0 ||
    selecting.some(({ ingress = [] }) =>
      ingress.some(
        ({ from = [], ports = [] }) =>
          from.length === 0 && (ports.length === 0 || ports.some((admitted) => admitted.port === port)),
      ),
    )
  );
}
