import { MAIN, ofPods, type RuleCase, taken } from './rule-case';

const zone = { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' };
const near = (term: object) => ({ podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } });
const host = { topologyKey: 'kubernetes.io/hostname' };
const nodes = (term: object) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
});
const expression = (operator: string, values?: string[], key = 'pool') =>
  nodes({ matchExpressions: [{ key, operator, values }] });

const tolerations: readonly RuleCase[] = [
  ofPods(
    'an operator that there is not',
    { tolerations: [{ key: 'gpu', operator: 'Exist' }] },
    { tolerations: [{ key: 'gpu', operator: 'Exists' }] },
    'tolerations[0].operator is "Exist", must be one of "Equal", "Exists"',
  ),
  ofPods(
    'an effect that there is not',
    { tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoShedule' }] },
    { tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }] },
    'tolerations[0].effect is "NoShedule", must be one of "NoExecute", "NoSchedule", "PreferNoSchedule"',
  ),
  ofPods(
    'a key that no taint can have',
    { tolerations: [{ key: 'my gpu', operator: 'Exists' }] },
    { tolerations: [{ key: 'example.com/my-gpu', operator: 'Exists' }] },
    'tolerations[0].key is "my gpu", must be a DNS name',
  ),
  ofPods(
    'no key, and no Exists',
    { tolerations: [{ value: 'gpu' }] },
    { tolerations: [{ operator: 'Exists' }] },
    'tolerations[0].operator is "Equal", must be "Exists" when there is no key',
  ),
  ofPods(
    'Exists with a value',
    { tolerations: [{ key: 'gpu', operator: 'Exists', value: 'true' }] },
    { tolerations: [{ key: 'gpu', operator: 'Equal', value: 'true' }] },
    'tolerations[0].value is "true", must be left out when the operator is "Exists"',
  ),
  ofPods(
    'a value that no taint can have',
    { tolerations: [{ key: 'gpu', value: 'a b' }] },
    { tolerations: [{ key: 'gpu', value: '' }] },
    'tolerations[0].value is "a b", must be empty or letters',
  ),
  ofPods(
    'tolerationSeconds without NoExecute',
    { tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 30 }] },
    { tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 }] },
    'tolerations[0].effect is "NoSchedule", must be "NoExecute" when there are tolerationSeconds',
  ),
];

const affinity: readonly RuleCase[] = [
  ofPods(
    'a weight below 1',
    { affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: -1, podAffinityTerm: host }] } } },
    { affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: host }] } } },
    'weight is -1, must be between 1 and 100',
  ),
  ofPods(
    'a weight above 100',
    { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, preference: {} }] } } },
    { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: {} }] } } },
    'weight is 101, must be between 1 and 100',
  ),
  ofPods('an empty topology', { affinity: near({ topologyKey: '' }) }, { affinity: near(host) }, 'topologyKey is required'),
  ofPods(
    'a topology that is no label',
    { affinity: near({ topologyKey: 'a b' }) },
    { affinity: near({ topologyKey: 'rack' }) },
    'topologyKey is "a b", must be a DNS name',
  ),
  ofPods(
    'a namespace that cannot be',
    { affinity: near({ ...host, namespaces: ['A'] }) },
    { affinity: near({ ...host, namespaces: ['a'] }) },
    'namespaces[0] is "A", must be a DNS label',
  ),
  ofPods(
    'In without values, in a selector',
    { affinity: near({ ...host, labelSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }) },
    { affinity: near({ ...host, labelSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] } }) },
    'values is required by the operator "In"',
  ),
  ofPods(
    'an operator that selectors do not have',
    { affinity: near({ ...host, labelSelector: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] } }) },
    { affinity: near({ ...host, labelSelector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] } }) },
    'operator is "Is", must be one of "In", "NotIn", "Exists", "DoesNotExist"',
  ),
  ofPods(
    'a label that cannot be, in a selector',
    { affinity: near({ ...host, labelSelector: { matchLabels: { a: 'b c' } } }) },
    { affinity: near({ ...host, labelSelector: { matchLabels: { a: 'b.c' } } }) },
    'matchLabels.a is "b c", must be empty or letters',
  ),
  ofPods(
    'no term',
    { affinity: nodes({}) && { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
    { affinity: nodes({}) },
    'nodeSelectorTerms must have at least one',
  ),
  ofPods(
    'In without values',
    { affinity: expression('In') },
    { affinity: expression('In', ['gpu']) },
    'values is required by the operator "In"',
  ),
  ofPods(
    'Exists with values',
    { affinity: expression('Exists', ['gpu']) },
    { affinity: expression('Exists') },
    'values has 1, must be left out when the operator is "Exists"',
  ),
  ofPods(
    'Gt with two values',
    { affinity: expression('Gt', ['1', '2']) },
    { affinity: expression('Gt', ['1']) },
    'values has 2, must have one',
  ),
  ofPods(
    'a key that is no label',
    { affinity: expression('Exists', undefined, '-') },
    { affinity: expression('Exists', undefined, 'a') },
    'key is "-", must be a DNS name',
  ),
  ofPods(
    'a field that nodes are not chosen by',
    { affinity: nodes({ matchFields: [{ key: 'metadata.uid', operator: 'In', values: ['a'] }] }) },
    { affinity: nodes({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }) },
    'key is "metadata.uid", must be "metadata.name"',
  ),
];

const topology: readonly RuleCase[] = [
  ofPods(
    'a skew of nothing',
    { topologySpreadConstraints: [{ ...zone, maxSkew: 0 }] },
    { topologySpreadConstraints: [zone] },
    'maxSkew is 0, must be at least 1',
  ),
  ofPods(
    'an empty topology to spread over',
    { topologySpreadConstraints: [{ ...zone, topologyKey: '' }] },
    { topologySpreadConstraints: [zone] },
    'topologyKey is required',
  ),
  ofPods(
    'a constraint twice',
    { topologySpreadConstraints: [zone, { ...zone, maxSkew: 2 }] },
    { topologySpreadConstraints: [zone, { ...zone, whenUnsatisfiable: 'ScheduleAnyway' }] },
    'topologySpreadConstraints[1] repeats',
  ),
  ofPods(
    'domains of a constraint that is only wished for',
    { topologySpreadConstraints: [{ ...zone, whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 }] },
    { topologySpreadConstraints: [{ ...zone, minDomains: 2 }] },
    'minDomains is 2, must be left out',
  ),
];

const security: readonly RuleCase[] = [
  ofPods(
    'a negative user',
    { securityContext: { runAsUser: -1 } },
    { securityContext: { runAsUser: 0 } },
    'runAsUser is -1, must be between 0 and 2147483647',
  ),
  ofPods('a negative group', { securityContext: { runAsGroup: -1 } }, { securityContext: { runAsGroup: 0 } }, 'runAsGroup is -1'),
  ofPods('a negative group of files', { securityContext: { fsGroup: -1 } }, { securityContext: { fsGroup: 1 } }, 'fsGroup is -1'),
  ofPods(
    'a group that is too high',
    { securityContext: { supplementalGroups: [2 ** 31] } },
    { securityContext: { supplementalGroups: [2 ** 31 - 1] } },
    'supplementalGroups[0] is 2147483648, must be between 0 and 2147483647',
  ),
  ofPods(
    'a parameter of the kernel in capitals',
    { securityContext: { sysctls: [{ name: 'Net.x', value: '1' }] } },
    { securityContext: { sysctls: [{ name: 'net.x', value: '1' }] } },
    'sysctls[0].name is "Net.x", must be lower-case letters',
  ),
  ofPods(
    'a parameter twice',
    {
      securityContext: {
        sysctls: [
          { name: 'net.x', value: '1' },
          { name: 'net.x', value: '2' },
        ],
      },
    },
    {
      securityContext: {
        sysctls: [
          { name: 'net.x', value: '1' },
          { name: 'net.y', value: '2' },
        ],
      },
    },
    'sysctls[1].name repeats "net.x"',
  ),
  ofPods(
    'a parameter of the network of the node',
    { hostNetwork: true, securityContext: { sysctls: [{ name: 'net.x', value: '1' }] } },
    { securityContext: { sysctls: [{ name: 'net.x', value: '1' }] } },
    'which hostNetwork takes from the node',
  ),
  ofPods(
    'a profile of the node without a name',
    { securityContext: { seccompProfile: { type: 'Localhost' } } },
    { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'a/b.json' } } },
    'localhostProfile is required by the type "Localhost"',
  ),
  ofPods(
    'a profile of the node where none is asked for',
    { securityContext: { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'a' } } },
    { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    'localhostProfile is for the type "Localhost" only',
  ),
];

const others: readonly RuleCase[] = [
  ofPods('no container', { containers: [] }, {}, 'containers must have at least one'),
  ofPods(
    'a restartPolicy that there is not',
    { restartPolicy: 'Nevr' },
    { restartPolicy: 'Never' },
    'restartPolicy is "Nevr", must be one of "Always", "Never", "OnFailure"',
  ),
  ofPods(
    'a ServiceAccount with a blank',
    { serviceAccountName: 'My SA' },
    { serviceAccountName: 'my-sa' },
    'serviceAccountName is "My SA", must be a DNS name',
  ),
  ofPods(
    'a priority class that cannot be',
    { priorityClassName: 'High!' },
    { priorityClassName: 'high' },
    'priorityClassName is "High!"',
  ),
  ofPods(
    'a runtime class that cannot be',
    { runtimeClassName: 'Kata' },
    { runtimeClassName: 'kata' },
    'runtimeClassName is "Kata"',
  ),
  ofPods('a node that cannot be', { nodeName: 'a b' }, { nodeName: 'a.b' }, 'nodeName is "a b"'),
  taken(
    ofPods(
      'a pull secret that cannot be',
      { imagePullSecrets: [{ name: 'A b' }] },
      { imagePullSecrets: [{ name: 'ab' }] },
      'imagePullSecrets[0].name is "A b", must be a DNS name',
    ),
  ),
  ofPods(
    'a deadline of nothing',
    { activeDeadlineSeconds: 0 },
    { activeDeadlineSeconds: 1 },
    'activeDeadlineSeconds is 0, must be between 1 and 2147483647',
  ),
  taken(
    ofPods(
      'a negative grace',
      { terminationGracePeriodSeconds: -1 },
      { terminationGracePeriodSeconds: 0 },
      'terminationGracePeriodSeconds is -1, must be at least 0',
    ),
  ),
  ofPods('a host name with a dot', { hostname: 'a.b' }, { hostname: 'a-b' }, 'hostname is "a.b", must be a DNS label'),
  ofPods(
    'an address that is none',
    { hostAliases: [{ ip: '10.0.0', hostnames: ['a'] }] },
    { hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] },
    'hostAliases[0].ip is "10.0.0", must be an IP address',
  ),
  ofPods(
    'no name server of its own',
    { dnsPolicy: 'None' },
    { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.1'] } },
    'dnsConfig.nameservers must have at least one',
  ),
  ofPods(
    'four name servers',
    { dnsConfig: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4'] } },
    { dnsConfig: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3'] } },
    'nameservers has 4, must have at most 3',
  ),
  ofPods(
    'all processes, twice',
    { hostPID: true, shareProcessNamespace: true },
    { shareProcessNamespace: true },
    'shareProcessNamespace is true beside hostPID',
  ),
  ofPods(
    'users of its own on the network of the node',
    { hostUsers: false, hostNetwork: true },
    { hostUsers: false },
    'hostNetwork is true, which hostUsers: false does not allow',
  ),
  ofPods(
    'a gate that is no condition',
    { readinessGates: [{ conditionType: 'a b' }] },
    { readinessGates: [{ conditionType: 'example.com/ready' }] },
    'conditionType is "a b"',
  ),
  ofPods(
    'a scheduling gate twice',
    { schedulingGates: [{ name: 'a' }, { name: 'a' }] },
    { schedulingGates: [{ name: 'a' }, { name: 'b' }] },
    'schedulingGates[1]',
  ),
  ofPods('a container twice', { containers: [MAIN, MAIN] }, { containers: [MAIN, { ...MAIN, name: 'other' }] }, 'containers[1]'),
  ofPods(
    'an init container called like another',
    { initContainers: [MAIN] },
    { initContainers: [{ ...MAIN, name: 'other' }] },
    'initContainers[0].name repeats "main"',
  ),
  ofPods(
    'a probe of what ends before it is asked',
    { initContainers: [{ ...MAIN, name: 'init', readinessProbe: { exec: { command: ['true'] } } }] },
    { initContainers: [{ ...MAIN, name: 'init', restartPolicy: 'Always', readinessProbe: { exec: { command: ['true'] } } }] },
    'readinessProbe is for init containers with the restartPolicy "Always" only',
  ),
  ofPods(
    'two ports of the node that are one',
    {
      containers: [
        { ...MAIN, ports: [{ containerPort: 80, hostPort: 80 }] },
        { ...MAIN, name: 'b', ports: [{ containerPort: 81, hostPort: 80 }] },
      ],
    },
    {
      containers: [
        { ...MAIN, ports: [{ containerPort: 80, hostPort: 80 }] },
        { ...MAIN, name: 'b', ports: [{ containerPort: 81, hostPort: 81 }] },
      ],
    },
    'repeats the port 80 (TCP) of the node',
  ),
];

/** What the API server says of pods as a whole. */
export const POD_CASES: readonly RuleCase[] = [...tolerations, ...affinity, ...topology, ...security, ...others];
