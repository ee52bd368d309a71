import type { Construct, IConstruct } from 'constructs';
import { networkpolicies } from '../../../crds-imports/networking.k8s.io';
import { NamespaceBaseline, type PodSecurity } from '../../blocks/namespace-baseline';
import { Component, Existing, World } from '../../core';
import { KUBEFLOW, KUBEFLOW_SYSTEM } from '../../release/namespaces';
import { KUBEFLOW_INGRESS } from './ingress';

/** A workload of Kubeflow that comes from elsewhere, for instance from upstream's own manifests. */
export type KubeflowWorkload = keyof typeof KUBEFLOW_INGRESS;

/** Options of Kubeflow's namespaces. */
export interface KubeflowNamespaceProps {
  /**
   * Pod security standard of both namespaces.
   *
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurity;

  /**
   * Workloads that are installed beside this library's components and are to be reachable.
   *
   * @default - all of upstream's, so that its manifests can be applied next to ours
   */
  readonly admit?: readonly KubeflowWorkload[];
}

/**
 * The namespaces `kubeflow` and `kubeflow-system`. Their pods are reached from the same namespace only; further callers are
 * admitted workload by workload.
 *
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1/common/kubeflow-namespace
 */
export class KubeflowNamespace extends Component {
  /** Says that the cluster has both namespaces, to everything below a construct. */
  static existing(scope: IConstruct): void {
    World.declare(scope, Existing.namespace(KUBEFLOW), Existing.namespace(KUBEFLOW_SYSTEM));
  }

  constructor(scope: Construct, id: string, props: KubeflowNamespaceProps = {}) {
    super(scope, id, { namespace: KUBEFLOW });
    const { podSecurity } = props;
    const labels = { 'control-plane': 'kubeflow', 'istio-injection': 'enabled' };
    new NamespaceBaseline(this, KUBEFLOW, { podSecurity, labels });
    new NamespaceBaseline(this, KUBEFLOW_SYSTEM, { podSecurity, labels, policy: 'default-allow-same-namespace-kubeflow-system' });
    for (const [name, spec] of Object.entries(KUBEFLOW_INGRESS)) {
      if (props.admit && !props.admit.includes(name as KubeflowWorkload)) continue;
      this.object(networkpolicies, { metadata: { name }, spec });
    }
  }
}
