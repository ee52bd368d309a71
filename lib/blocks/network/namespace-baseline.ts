import { Construct } from 'constructs';
import { namespaces } from '../../../crds-imports/core';
import { networkpolicies } from '../../../crds-imports/networking.k8s.io';
import { MESH, type Membership } from '../../contracts';
import { declare } from '../../core';
import { SAME_NAMESPACE } from './network-policy';

/**
 * Pod security standard that a namespace enforces.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type PodSecurity = 'privileged' | 'baseline' | 'restricted';

/** A namespace of the platform. */
export interface NamespaceBaselineProps {
  /** @default 'restricted' */
  readonly podSecurity?: PodSecurity;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether its pods are part of the platform's mesh, where it has one. @default - the namespace does not say it */
  readonly mesh?: Membership;
  /** Name of the policy that refuses callers from other namespaces. @default 'default-allow-same-namespace' */
  readonly policy?: string;
}

/**
 * A Namespace whose pods meet a security standard and are reached from the same namespace only, unless a further policy admits
 * somebody.
 */
export class NamespaceBaseline extends Construct {
  /** @param name of the Namespace */
  constructor(scope: Construct, name: string, props: NamespaceBaselineProps = {}) {
    super(scope, `namespace-${name}`);
    const { podSecurity = 'restricted', mesh, policy = 'default-allow-same-namespace' } = props;
    const labels = { ...props.labels, ...(mesh && MESH.near(this)?.namespace(mesh)) };
    declare(this, namespaces, { metadata: { name, labels: { ...labels, 'pod-security.kubernetes.io/enforce': podSecurity } } });
    declare(this, networkpolicies, { metadata: { name: policy, namespace: name }, spec: SAME_NAMESPACE });
  }
}
