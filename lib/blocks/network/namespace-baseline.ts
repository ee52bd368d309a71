import { Construct } from 'constructs';
import { namespaces } from '../../../crds-imports/core';
import { type NetworkPolicySpec, networkpolicies } from '../../../crds-imports/networking.k8s.io';
import { MESH, type Membership, NAMESPACE_CALLERS, type NamespaceCaller, POD_DEFAULTS } from '../../contracts';
import { declare } from '../../core';
import { SAME_NAMESPACE } from './network-policy';

/**
 * Pod security standard that a namespace enforces.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type PodSecurity = 'privileged' | 'baseline' | 'restricted';

/** A namespace. */
export interface NamespaceBaselineProps {
  /**
   * The standard that its pods meet. With `restricted`, workloads that are declared below the same construct in this namespace get the
   * security contexts that it asks for, where they do not say otherwise.
   *
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurity;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether its pods are part of the platform's mesh, where it has one. @default - the namespace does not say it */
  readonly mesh?: Membership;
  /** Name of the policy that refuses callers from other namespaces. @default 'default-allow-same-namespace' */
  readonly policy?: string;
  /**
   * Who of the platform is admitted beside the namespace itself: every component that calls pods of users, for instance Katib its
   * suggestions; or nobody. The platform is declared before.
   *
   * @default 'components'
   */
  readonly admits?: 'components' | 'nobody';
}

/**
 * A Namespace whose pods meet a security standard and are reached from the same namespace only, unless a further policy admits
 * somebody.
 */
export class NamespaceBaseline extends Construct {
  /** @param name of the Namespace */
  constructor(scope: Construct, name: string, props: NamespaceBaselineProps = {}) {
    super(scope, `namespace-${name}`);
    const { podSecurity = 'restricted', mesh, policy = 'default-allow-same-namespace', admits = 'components' } = props;
    const labels = { ...props.labels, ...(mesh && MESH.near(this)?.namespace(mesh)) };
    declare(this, namespaces, { metadata: { name, labels: { ...labels, 'pod-security.kubernetes.io/enforce': podSecurity } } });
    declare(this, networkpolicies, { metadata: { name: policy, namespace: name }, spec: SAME_NAMESPACE });
    if (podSecurity === 'restricted') POD_DEFAULTS.offer(scope, { namespace: name, podSecurity });
    const callers = new Map(admits === 'nobody' ? [] : NAMESPACE_CALLERS.everyone(this).map((caller) => [caller.policy, caller]));
    for (const caller of callers.values())
      declare(this, networkpolicies, { metadata: { name: caller.policy, namespace: name }, spec: admission(caller) });
  }
}

function admission({ peers, pods = {}, ports = [] }: NamespaceCaller): NetworkPolicySpec {
  const open = ports.map((port) => ({ port, protocol: 'TCP' as const }));
  return {
    podSelector: pods,
    policyTypes: ['Ingress'],
    ingress: [{ from: peers, ...(open.length > 0 && { ports: open }) }],
  };
}
