/** What is validated, and why. */
export const SUBJECTS = [
  { id: 'kubernetes/invalid-affinity', reason: 'The API server refuses pods whose affinity it cannot read.' },
  {
    id: 'kubernetes/invalid-autoscaler',
    reason: 'The API server refuses an autoscaler whose bounds, metrics or behaviour contradict each other.',
  },
  { id: 'kubernetes/invalid-claim', reason: 'The API server refuses storage that is not described completely.' },
  {
    id: 'kubernetes/invalid-container',
    reason: 'The API server refuses pods without containers, and containers that it cannot tell apart.',
  },
  { id: 'kubernetes/invalid-cron-schedule', reason: 'The API server refuses a schedule that it cannot read.' },
  {
    id: 'kubernetes/invalid-data',
    reason:
      'The API server refuses data under names that cannot be files, too much of it, and Secrets without what their type asks for.',
  },
  {
    id: 'kubernetes/invalid-disruption-budget',
    reason: 'The API server refuses a budget that says two things, or more than all.',
  },
  {
    id: 'kubernetes/invalid-environment',
    reason:
      'The API server refuses variables without a name or with two sources; of a custom resource, the pods would never come.',
  },
  { id: 'kubernetes/invalid-image', reason: 'The API server takes almost any text, but a node cannot pull what is no image.' },
  {
    id: 'kubernetes/invalid-ingress',
    reason: 'The API server refuses hosts, paths and backends that no controller could serve.',
  },
  {
    id: 'kubernetes/invalid-job',
    reason: 'The API server refuses jobs whose pods would never end or that count otherwise than they are meant to.',
  },
  {
    id: 'kubernetes/invalid-mount',
    reason: 'The API server refuses a container that mounts what its pod does not have, or two things in one place.',
  },
  { id: 'kubernetes/invalid-network-policy', reason: 'The API server refuses peers and ports that are none.' },
  { id: 'kubernetes/invalid-pod', reason: 'The API server refuses pods whose names and settings it cannot read.' },
  {
    id: 'kubernetes/invalid-port',
    reason: 'The API server refuses ports that cannot be, and names of ports that nobody could refer to.',
  },
  { id: 'kubernetes/invalid-priority', reason: 'The API server keeps the highest priorities for the cluster itself.' },
  { id: 'kubernetes/invalid-probe', reason: 'The API server refuses probes and hooks that ask nothing, or two things.' },
  { id: 'kubernetes/invalid-quota', reason: 'The API server refuses limits that contradict each other.' },
  {
    id: 'kubernetes/invalid-resource',
    reason:
      'The API server refuses amounts that cannot be given: requests above limits, halves of devices, resources that do not exist.',
  },
  { id: 'kubernetes/invalid-role', reason: 'The API server refuses rights that allow nothing, and bindings that name nobody.' },
  {
    id: 'kubernetes/invalid-security-context',
    reason: 'The API server refuses users that cannot be, and rights that contradict each other.',
  },
  { id: 'kubernetes/invalid-selector', reason: 'The API server refuses selectors that it cannot read.' },
  {
    id: 'kubernetes/invalid-service',
    reason: 'The API server refuses a Service whose ports, addresses or type contradict each other.',
  },
  { id: 'kubernetes/invalid-toleration', reason: 'The API server refuses tolerations that match no taint.' },
  { id: 'kubernetes/invalid-topology-spread', reason: 'The API server refuses constraints that say nothing, or the same twice.' },
  { id: 'kubernetes/invalid-volume', reason: 'The API server refuses volumes without a name, or of two sources.' },
  { id: 'kubernetes/invalid-webhook', reason: 'The API server refuses webhooks that it could not call safely.' },
  {
    id: 'kubernetes/invalid-workload',
    reason: 'The API server refuses workloads whose pods are not their own, or whose rollout could not begin.',
  },
] as const;

/** What is accepted and hardly meant, and why. */
export const DOUBTS = [
  {
    id: 'kubernetes/dropped-restart-policy',
    reason: 'API servers without the feature gate ContainerRestartRules drop the restart policy of a container.',
  },
  { id: 'kubernetes/fraction-of-byte', reason: 'An amount of memory such as 512m is half a byte; what is meant is 512Mi.' },
  { id: 'kubernetes/nameless-pull-secret', reason: 'A pull secret without a name gives no credential.' },
  {
    id: 'kubernetes/shared-port',
    reason: 'The containers of a pod share its address, so that only one of them can listen on a port.',
  },
] as const;

/** What a field is looked at for. */
export type ValidatedSubject = After<'kubernetes/invalid-', (typeof SUBJECTS)[number]['id']>;

/** What a field is warned of. */
export type Doubt = After<'kubernetes/', (typeof DOUBTS)[number]['id']>;

type After<Prefix extends string, Id extends string> = Id extends `${Prefix}${infer Rest}` ? Rest : never;
