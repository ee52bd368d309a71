import type { NetworkPolicy, NetworkPolicySpec } from '../../crds-imports/networking.k8s.io';
import { type Labels, type Manifest, type ObjectModel, podSpecs, selects } from '../core';
import { identityOf } from '../core/manifest';
import type { ModelIndex } from '../core/model-index';
import { namespaceLabels } from '../core/plan/webhooks';
import { containerPort } from './served-port';

type Rule = NonNullable<NetworkPolicySpec['ingress']>[number];
type Peer = NonNullable<Rule['from']>[number];

/** Pods that call others, as far as the model shows them. */
export interface CallingPods {
  readonly namespace: string;
  /** @default - nobody knows them, so they may be those that a policy asks for */
  readonly labels?: Labels;
}

/** The NetworkPolicies of a model. */
export class NetworkPolicies {
  private readonly policies: readonly NetworkPolicy[];

  private readonly index: ModelIndex;

  constructor({ manifests, index }: ObjectModel) {
    this.index = index;
    this.policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy') as unknown as NetworkPolicy[];
  }

  /**
   * Whether a caller may get to a port of a workload. What the model does not show decides for the caller: labels of a namespace that
   * is not in it, addresses.
   *
   * @param caller `anybody` for one whose address no policy can name
   */
  admit(caller: CallingPods | 'anybody', workload: Manifest, port: number): boolean {
    const { namespace } = workload.metadata;
    const labels = podSpecs(workload)[0]?.labels ?? {};
    const specs = this.policies
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ spec }) => spec ?? {})
      .filter(({ podSelector, policyTypes = ['Ingress'] }) => policyTypes.includes('Ingress') && selects(podSelector, labels));
    if (specs.length === 0) return true;
    return specs.some(({ ingress = [] }) =>
      ingress.some((rule) => opens(rule, workload, port) && this.isMeant(rule, caller, namespace)),
    );
  }

  private isMeant({ from = [] }: Rule, caller: CallingPods | 'anybody', namespace: string | undefined): boolean {
    if (from.length === 0) return true;
    return caller !== 'anybody' && from.some((peer) => this.isPeer(peer, caller, namespace));
  }

  private isPeer({ ipBlock, namespaceSelector, podSelector }: Peer, caller: CallingPods, namespace: string | undefined): boolean {
    if (ipBlock) return true;
    const isThere = namespaceSelector ? this.mayBeIn(namespaceSelector, caller.namespace) : caller.namespace === namespace;
    return isThere && (!caller.labels || selects(podSelector, caller.labels));
  }

  private mayBeIn(selector: NonNullable<Peer['namespaceSelector']>, name: string): boolean {
    const { matchLabels = {}, matchExpressions = [] } = selector;
    const isKnown = this.index.get(identityOf('', 'Namespace', undefined, name)) !== undefined;
    const asked = isKnown
      ? selector
      : {
          matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => key === NAME)),
          matchExpressions: matchExpressions.filter(({ key }) => key === NAME),
        };
    return selects(asked, namespaceLabels(name, this.index));
  }
}

/** The label that every namespace has. */
const NAME = 'kubernetes.io/metadata.name';

function opens({ ports = [] }: Rule, workload: Manifest, port: number): boolean {
  return (
    ports.length === 0 ||
    ports.some(({ port: open, endPort }) => {
      const first = typeof open === 'string' ? containerPort(workload, open) : open;
      return open === undefined || (first !== undefined && port >= first && port <= (endPort ?? first));
    })
  );
}
