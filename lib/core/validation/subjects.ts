/** What is validated, and why: the reason of the rule `kubernetes/invalid-<subject>`. */
export const SUBJECTS = {
  affinity: 'The API server refuses pods whose affinity it cannot read.',
  autoscaler: 'The API server refuses an autoscaler whose bounds, metrics or behaviour contradict each other.',
  claim: 'The API server refuses storage that is not described completely.',
  container: 'The API server refuses pods without containers, and containers that it cannot tell apart.',
  'cron-schedule': 'The API server refuses a schedule that it cannot read.',
  data: 'The API server refuses data under names that cannot be files, too much of it, and Secrets without what their type asks for.',
  'disruption-budget': 'The API server refuses a budget that says two things, or more than all.',
  environment:
    'The API server refuses variables without a name or with two sources; of a custom resource, the pods would never come.',
  image: 'The API server takes almost any text, but a node cannot pull what is no image.',
  ingress: 'The API server refuses hosts, paths and backends that no controller could serve.',
  job: 'The API server refuses jobs whose pods would never end or that count otherwise than they are meant to.',
  mount: 'The API server refuses a container that mounts what its pod does not have, or two things in one place.',
  'network-policy': 'The API server refuses peers and ports that are none.',
  pod: 'The API server refuses pods whose names and settings it cannot read.',
  port: 'The API server refuses ports that cannot be, and names of ports that nobody could refer to.',
  priority: 'The API server keeps the highest priorities for the cluster itself.',
  probe: 'The API server refuses probes and hooks that ask nothing, or two things.',
  quota: 'The API server refuses limits that contradict each other.',
  resource:
    'The API server refuses amounts that cannot be given: requests above limits, halves of devices, resources that do not exist.',
  role: 'The API server refuses rights that allow nothing, and bindings that name nobody.',
  'security-context': 'The API server refuses users that cannot be, and rights that contradict each other.',
  selector: 'The API server refuses selectors that it cannot read.',
  service: 'The API server refuses a Service whose ports, addresses or type contradict each other.',
  toleration: 'The API server refuses tolerations that match no taint.',
  'topology-spread': 'The API server refuses constraints that say nothing, or the same twice.',
  volume: 'The API server refuses volumes without a name, or of two sources.',
  webhook: 'The API server refuses webhooks that it could not call safely.',
  workload: 'The API server refuses workloads whose pods are not their own, or whose rollout could not begin.',
} as const;

/** What is accepted and hardly meant, and why: the reason of the warning `kubernetes/<doubt>`. */
export const DOUBTS = {
  'dropped-restart-policy': 'API servers without the feature gate ContainerRestartRules drop the restart policy of a container.',
  'fraction-of-byte': 'An amount of memory such as 512m is half a byte; what is meant is 512Mi.',
  'nameless-pull-secret': 'A pull secret without a name gives no credential.',
  'shared-port': 'The containers of a pod share its address, so that only one of them can listen on a port.',
} as const;

export type ValidatedSubject = keyof typeof SUBJECTS;

export type Doubt = keyof typeof DOUBTS;
