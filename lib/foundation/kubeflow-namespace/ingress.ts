import type { NetworkPolicySpec } from '../../../crds-imports/networking.k8s.io';
import { admit, Caller, having } from '../../blocks/network/network-policy';

const GATEWAY = Caller.namespace('istio-system');
const PROFILES = Caller.namespaces({ 'app.kubernetes.io/part-of': 'kubeflow-profile' });
const NEIGHBOURS = Caller.sameNamespace;

/**
 * Who may call the workloads of Kubeflow that this library does not declare yet, by the name of the policy. A component that it
 * declares brings its own policy.
 */
export const KUBEFLOW_INGRESS = {
  'cache-server': admit(having({ app: 'cache-server' }), [], [8443]),
  'jupyter-web-app': admit(having({ app: 'jupyter-web-app' }), [GATEWAY, NEIGHBOURS]),
  'metadata-envoy': admit(having({ component: 'metadata-envoy' }), [GATEWAY, NEIGHBOURS]),
  'metadata-grpc-server': admit(having({ component: 'metadata-grpc-server' }), [PROFILES, NEIGHBOURS]),
  'ml-pipeline': admit(having({ app: 'ml-pipeline' }), [PROFILES, GATEWAY]),
  'ml-pipeline-ui': admit(having({ app: 'ml-pipeline-ui' }), [GATEWAY]),
  'model-catalog': admit(
    { matchLabels: { 'app.kubernetes.io/component': 'server', 'app.kubernetes.io/name': 'model-catalog' } },
    [PROFILES, GATEWAY],
    [8080],
  ),
  'pvcviewer-webhook': admit(having({ app: 'pvcviewer' }), [], [9443]),
  'spark-operator-webhook': admit(
    having({ 'app.kubernetes.io/name': 'spark-operator', 'app.kubernetes.io/component': 'webhook' }),
    [],
    [9443],
  ),
  'tensorboards-web-app': admit(having({ app: 'tensorboards-web-app' }), [GATEWAY], [5000]),
  'volumes-web-app': admit(having({ app: 'volumes-web-app' }), [GATEWAY, NEIGHBOURS]),
} satisfies Record<string, NetworkPolicySpec>;
