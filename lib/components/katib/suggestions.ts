import { having } from '../../blocks/network/network-policy';
import type { NamespaceCaller } from '../../contracts';
import { KUBEFLOW } from '../../release/namespaces';
import { part } from './parts';

/** Ports of an experiment's algorithm and of what stops its trials early. */
const SUGGESTION = 6789;
const EARLY_STOPPING = 6788;

/**
 * The controller, which asks the algorithm of each experiment for values; that runs in the experiment's namespace. Refused there, it
 * asks for ever.
 *
 * @see https://github.com/kubeflow/katib/blob/v0.19.0/pkg/controller.v1beta1/suggestion/suggestionclient/suggestionclient.go
 */
export const SUGGESTION_CALLER: NamespaceCaller = {
  policy: 'katib-controller-to-suggestions',
  peers: [
    {
      namespaceSelector: having({ 'kubernetes.io/metadata.name': KUBEFLOW }),
      podSelector: having(part('controller').selector),
    },
  ],
  pods: { matchExpressions: [{ key: 'katib.kubeflow.org/suggestion', operator: 'Exists' }] },
  ports: [EARLY_STOPPING, SUGGESTION],
};
