import { type Breach, describe, type Manifest, type ObjectModel, type Rule } from '../core';
import { groupOf } from '../core/kind';
import { hasUnknownPods } from './unknown-pods';

/** Policies of a mesh that select pods of their own namespace by labels. */
const POLICIES = ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'];

/** Where policies select pods of all namespaces. */
const ROOT = 'istio-system';

/** The rule of the pods that policies of a mesh select. */
export const policySelectors: Rule<ObjectModel> = {
  id: 'mesh/policy-without-pods',
  level: 'warning',
  reason: 'A policy of a mesh that selects no pods guards nothing.',
  check: withoutPods,
};

function* withoutPods(model: ObjectModel): Iterable<Breach> {
  for (const { construct, manifest } of model.objects) {
    const { namespace } = manifest.metadata;
    const labels = selectorOf(manifest);
    if (!labels || namespace === ROOT || hasUnknownPods(model, construct, namespace, labels)) continue;
    const message = `${describe(manifest)}: no pods of the model in ${namespace} have the labels ${JSON.stringify(labels)} that it selects`;
    yield { path: construct.node.path, message };
  }
}

function selectorOf({ apiVersion, kind, spec }: Manifest): Readonly<Record<string, string>> | undefined {
  if (groupOf(apiVersion) !== 'security.istio.io' || !POLICIES.includes(kind)) return undefined;
  const { matchLabels = {} } = (spec as { selector?: { matchLabels?: Record<string, string> } } | undefined)?.selector ?? {};
  return Object.keys(matchLabels).length > 0 ? matchLabels : undefined;
}
