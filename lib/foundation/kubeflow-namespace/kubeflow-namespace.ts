import type { Construct, IConstruct } from 'constructs';
import { NamespaceBaseline, type PodSecurity } from '../../blocks/network/namespace-baseline';
import { Component, Existing, World } from '../../core';
import { KUBEFLOW, KUBEFLOW_SYSTEM } from '../../release/namespaces';

/** Options of Kubeflow's namespaces. */
export interface KubeflowNamespaceProps {
  /**
   * Pod security standard of both namespaces.
   *
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurity;
}

/**
 * The namespaces `kubeflow` and `kubeflow-system`. Their pods are reached from the same namespace only; further callers are admitted
 * by the components that they call.
 *
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1/common/kubeflow-namespace
 */
export class KubeflowNamespace extends Component {
  /** Says that the cluster has both namespaces, to everything below a construct. */
  static existing(scope: IConstruct): void {
    World.declare(scope, Existing.namespace(KUBEFLOW), Existing.namespace(KUBEFLOW_SYSTEM));
  }

  constructor(scope: Construct, id: string, { podSecurity }: KubeflowNamespaceProps = {}) {
    super(scope, id, { namespace: KUBEFLOW });
    const common = { podSecurity, labels: { 'control-plane': 'kubeflow' }, mesh: 'inside', admits: 'nobody' } as const;
    new NamespaceBaseline(this, KUBEFLOW, common);
    new NamespaceBaseline(this, KUBEFLOW_SYSTEM, { ...common, policy: 'default-allow-same-namespace-kubeflow-system' });
  }
}
