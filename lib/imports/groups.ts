import { camel } from './words';

/** What the index calls the groups whose own names would be too long or unclear; the others are camel-cased. */
const SHORT: Readonly<Record<string, string>> = {
  'acme.cert-manager.io': 'acme',
  'admissionregistration.k8s.io': 'admissionregistration',
  'apiextensions.k8s.io': 'apiextensions',
  'apiregistration.k8s.io': 'apiregistration',
  'argoproj.io': 'argo',
  'authentication.k8s.io': 'authentication',
  'authorization.k8s.io': 'authorization',
  'autoscaling.internal.knative.dev': 'knativeAutoscaling',
  'caching.internal.knative.dev': 'knativeCaching',
  'cert-manager.io': 'certManager',
  'certificates.k8s.io': 'certificates',
  'coordination.k8s.io': 'coordination',
  'dex.coreos.com': 'dex',
  'discovery.k8s.io': 'discovery',
  'eventing.knative.dev': 'knativeEventing',
  'events.k8s.io': 'events',
  'extensions.istio.io': 'istioExtensions',
  'flowcontrol.apiserver.k8s.io': 'flowcontrol',
  'flows.knative.dev': 'knativeFlows',
  'inference.networking.k8s.io': 'inference',
  'inference.networking.x-k8s.io': 'inferenceExperimental',
  'jobset.x-k8s.io': 'jobset',
  'kubeflow.org': 'kubeflow',
  'messaging.knative.dev': 'knativeMessaging',
  'metacontroller.k8s.io': 'metacontroller',
  'networking.internal.knative.dev': 'knativeNetworking',
  'networking.istio.io': 'istioNetworking',
  'networking.k8s.io': 'networking',
  'node.k8s.io': 'node',
  'pipelines.kubeflow.org': 'pipelines',
  'ray.io': 'ray',
  'rbac.authorization.k8s.io': 'rbac',
  'resource.k8s.io': 'dynamicResources',
  'scheduling.k8s.io': 'scheduling',
  'security.istio.io': 'istioSecurity',
  'serving.knative.dev': 'knativeServing',
  'serving.kserve.io': 'kserve',
  'sinks.knative.dev': 'knativeSinks',
  'sources.knative.dev': 'knativeSources',
  'sparkoperator.k8s.io': 'spark',
  'storage.k8s.io': 'storage',
  'telemetry.istio.io': 'istioTelemetry',
  'tensorboard.kubeflow.org': 'tensorboard',
  'trainer.kubeflow.org': 'trainer',
};

/** The name under which an index exports the file of a group. */
export function namespaceOf(file: string): string {
  return Object.hasOwn(SHORT, file) ? (SHORT[file] as string) : camel(file);
}
