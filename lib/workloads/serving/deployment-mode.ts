/** How KServe runs a server: as a Knative Service, or as a plain Deployment with a horizontal pod autoscaler. */
export type DeploymentMode = 'Knative' | 'Standard';

/** A field of pods that Knative refuses until its flag `kubernetes.podspec-<feature>` is set. */
export type KnativeFeature =
  | 'affinity'
  | 'dnsconfig'
  | 'dnspolicy'
  | 'fieldref'
  | 'hostipc'
  | 'hostnetwork'
  | 'hostpid'
  | 'init-containers'
  | 'nodeselector'
  | 'persistent-volume-claim'
  | 'persistent-volume-write'
  | 'priorityclassname'
  | 'runtimeclassname'
  | 'schedulername'
  | 'securitycontext'
  | 'shareprocessnamespace'
  | 'tolerations'
  | 'topologyspreadconstraints';
