import { MAIN, object, ofObjects, type RuleCase } from './rule-case';

const app = { app: 'a' };
const template = (spec: object = {}, labels: object = app) => ({ metadata: { labels }, spec: { containers: [MAIN], ...spec } });
const set = (kind: string) => (spec: object) =>
  object('apps/v1', kind, { spec: { selector: { matchLabels: app }, template: template(), ...spec } });
const [deployment, statefulSet, daemonSet, replicaSet] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map(set) as [
  ReturnType<typeof set>,
  ReturnType<typeof set>,
  ReturnType<typeof set>,
  ReturnType<typeof set>,
];
const ending = (spec: object = {}) => ({ template: { spec: { restartPolicy: 'Never', containers: [MAIN], ...spec } } });
const job = (spec: object) => object('batch/v1', 'Job', { spec: { ...ending(), ...spec } });
const cronJob = (spec: object, metadata = {}) =>
  object('batch/v1', 'CronJob', { spec: { schedule: '0 3 * * *', jobTemplate: { spec: ending() }, ...spec } }, metadata);
const service = (spec: object) => object('v1', 'Service', { spec: { selector: app, ports: [{ port: 80 }], ...spec } });
const two = (first: object, second: object) => service({ ports: [first, second] });

const workloads: readonly RuleCase[] = [
  ofObjects(
    'no container',
    deployment({ template: template({ containers: [] }) }),
    deployment({}),
    'spec.template.spec.containers must have at least one',
  ),
  ofObjects(
    'a selector of other pods',
    deployment({ template: template({}, { app: 'b' }) }),
    deployment({}),
    'spec.selector does not match the labels of the template',
  ),
  ofObjects('an empty selector', deployment({ selector: {} }), deployment({}), 'spec.selector is empty'),
  ofObjects(
    'fewer than none',
    deployment({ replicas: -1 }),
    deployment({ replicas: 0 }),
    'spec.replicas is -1, must be at least 0',
  ),
  ofObjects(
    'pods that end',
    deployment({ template: template({ restartPolicy: 'Never' }) }),
    deployment({ template: template({ restartPolicy: 'Always' }) }),
    'restartPolicy is "Never", must be "Always"',
  ),
  ofObjects(
    'a deadline of pods that do not end',
    deployment({ template: template({ activeDeadlineSeconds: 5 }) }),
    deployment({}),
    'activeDeadlineSeconds is 5, must be left out',
  ),
  ofObjects(
    'a rollout of what is recreated',
    deployment({ strategy: { type: 'Recreate', rollingUpdate: {} } }),
    deployment({ strategy: { type: 'Recreate' } }),
    'strategy.rollingUpdate is for the type "RollingUpdate" only',
  ),
  ofObjects(
    'a strategy that there is not',
    deployment({ strategy: { type: 'Rolling' } }),
    deployment({ strategy: { type: 'RollingUpdate' } }),
    'strategy.type is "Rolling"',
  ),
  ofObjects(
    'a rollout that cannot begin',
    deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
    deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } }),
    'maxUnavailable is 0, must not be 0 when maxSurge is 0',
  ),
  ofObjects(
    'a part without a percent sign',
    deployment({ strategy: { rollingUpdate: { maxSurge: '25' } } }),
    deployment({ strategy: { rollingUpdate: { maxSurge: '25%' } } }),
    'maxSurge is "25", must be a whole number',
  ),
  ofObjects(
    'more than all',
    deployment({ strategy: { rollingUpdate: { maxUnavailable: '101%' } } }),
    deployment({ strategy: { rollingUpdate: { maxUnavailable: '100%' } } }),
    'maxUnavailable is "101%"',
  ),
  ofObjects(
    'a deadline before it is ready',
    deployment({ progressDeadlineSeconds: 5, minReadySeconds: 5 }),
    deployment({ progressDeadlineSeconds: 6, minReadySeconds: 5 }),
    'progressDeadlineSeconds is 5, must be more than minReadySeconds, 5',
  ),
  ofObjects(
    'a selector of other pods, of a ReplicaSet',
    replicaSet({ selector: { matchLabels: { app: 'b' } } }),
    replicaSet({}),
    'spec.selector does not match',
  ),
  ofObjects(
    'a Service that cannot be',
    statefulSet({ serviceName: 'A' }),
    statefulSet({ serviceName: 'a' }),
    'spec.serviceName is "A"',
  ),
  ofObjects(
    'a partition of what is not rolled out',
    statefulSet({ updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } }),
    statefulSet({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }),
    'rollingUpdate is for the type "RollingUpdate" only',
  ),
  ofObjects(
    'a volume that there is not',
    statefulSet({ template: template({ containers: [{ ...MAIN, volumeMounts: [{ name: 'data', mountPath: '/data' }] }] }) }),
    statefulSet({
      template: template({ containers: [{ ...MAIN, volumeMounts: [{ name: 'data', mountPath: '/data' }] }] }),
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
      ],
    }),
    'is "data", must be a volume of the pod, which has none',
  ),
  ofObjects(
    'a surge beside what is missing',
    daemonSet({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }),
    daemonSet({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }),
    'one of which, and only one, must be 0',
  ),
];

const jobs: readonly RuleCase[] = [
  ofObjects(
    'pods that never end',
    job(ending({ restartPolicy: 'Always' })),
    job(ending({ restartPolicy: 'OnFailure' })),
    'restartPolicy is "Always", must be "OnFailure" or "Never"',
  ),
  ofObjects(
    'no word of when pods end',
    job({ template: { spec: { containers: [MAIN] } } }),
    job({}),
    'restartPolicy is required, must be "OnFailure" or "Never"',
  ),
  ofObjects(
    'an index of nothing',
    job({ completionMode: 'Indexed', parallelism: 2 }),
    job({ completionMode: 'Indexed', completions: 2 }),
    'completions is required by the completionMode "Indexed"',
  ),
  ofObjects('fewer tries than none', job({ backoffLimit: -1 }), job({ backoffLimit: 0 }), 'backoffLimit is -1'),
  ofObjects(
    'tries by index of what has none',
    job({ backoffLimitPerIndex: 1 }),
    job({ backoffLimitPerIndex: 1, completionMode: 'Indexed', completions: 2 }),
    'backoffLimitPerIndex is for the completionMode "Indexed" only',
  ),
  ofObjects(
    'a schedule that is none',
    cronJob({ schedule: 'nope' }),
    cronJob({ schedule: '@daily' }),
    'spec.schedule is "nope", must have five fields',
  ),
  ofObjects(
    'a minute that there is not',
    cronJob({ schedule: '60 * * * *' }),
    cronJob({ schedule: '*/15,59 * * * *' }),
    'must have a minute of 0 to 59, where it has "60"',
  ),
  ofObjects(
    'a day that there is not',
    cronJob({ schedule: '0 0 * * 7' }),
    cronJob({ schedule: '0 0 * jan mon-fri' }),
    'must have a day of the week of 0 to 6',
  ),
  ofObjects('six fields', cronJob({ schedule: '0 0 3 * * *' }), cronJob({ schedule: '@every 1h30m' }), 'must have five fields'),
  ofObjects(
    'a time zone in the schedule',
    cronJob({ schedule: 'TZ=UTC 0 3 * * *' }),
    cronJob({ timeZone: 'Europe/Berlin' }),
    'must name no time zone; timeZone does',
  ),
  ofObjects(
    'a time zone that there is not',
    cronJob({ timeZone: 'Europe/Nowhere' }),
    cronJob({ timeZone: 'Etc/UTC' }),
    'spec.timeZone is "Europe/Nowhere", must be a time zone',
  ),
  ofObjects(
    'a name that is too long',
    cronJob({}, { name: 'a'.repeat(53) }),
    cronJob({}, { name: 'a'.repeat(52) }),
    'must be at most 52 characters long',
  ),
  ofObjects(
    'a policy that there is not',
    cronJob({ concurrencyPolicy: 'Deny' }),
    cronJob({ concurrencyPolicy: 'Forbid' }),
    'concurrencyPolicy is "Deny", must be one of "Allow", "Forbid", "Replace"',
  ),
];

const services: readonly RuleCase[] = [
  ofObjects(
    'a type that there is not',
    service({ type: 'Loadbalancer' }),
    service({ type: 'LoadBalancer' }),
    'spec.type is "Loadbalancer", must be one of "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
  ),
  ofObjects(
    'a port above 65535',
    service({ ports: [{ port: 70000 }] }),
    service({ ports: [{ port: 65535 }] }),
    'ports[0].port is 70000, must be between 1 and 65535',
  ),
  ofObjects('no port', service({ ports: [] }), service({ ports: [], clusterIP: 'None' }), 'spec.ports must have at least one'),
  ofObjects(
    'ports without names',
    two({ port: 80 }, { port: 81, name: 'b' }),
    two({ port: 80, name: 'a' }, { port: 81, name: 'b' }),
    'name is required where there are several ports',
  ),
  ofObjects(
    'a name twice',
    two({ port: 80, name: 'a' }, { port: 81, name: 'a' }),
    two({ port: 80, name: 'a' }, { port: 81, name: 'b' }),
    'repeats "a"',
  ),
  ofObjects(
    'a port twice',
    two({ port: 80, name: 'a' }, { port: 80, name: 'b' }),
    two({ port: 80, name: 'a' }, { port: 80, name: 'b', protocol: 'UDP' }),
    'repeats',
  ),
  ofObjects(
    'a port of pods that cannot be',
    service({ ports: [{ port: 80, targetPort: 'HTTP' }] }),
    service({ ports: [{ port: 80, targetPort: 'http' }] }),
    'targetPort is "HTTP"',
  ),
  ofObjects(
    'a label that cannot be',
    service({ selector: { app: 'a b' } }),
    service({ selector: { app: 'a' } }),
    'selector.app is "a b"',
  ),
  ofObjects(
    'a port of nodes for nobody',
    service({ ports: [{ port: 80, nodePort: 30080 }] }),
    service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }),
    'nodePort is 30080, must be left out',
  ),
  ofObjects(
    'an address that is none',
    service({ clusterIP: 'none' }),
    service({ clusterIP: 'None' }),
    'clusterIP is "none", must be an IP address',
  ),
  ofObjects(
    'another name of nothing',
    service({ type: 'ExternalName' }),
    service({ type: 'ExternalName', externalName: 'a.example.com' }),
    'externalName is required',
  ),
  ofObjects(
    'sources of nobody',
    service({ loadBalancerSourceRanges: ['10.0.0.0/8'] }),
    service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] }),
    'loadBalancerSourceRanges is for the type "LoadBalancer" only',
  ),
  ofObjects(
    'sources that are no range',
    service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0'] }),
    service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] }),
    'is "10.0.0.0", must be a range of IP addresses',
  ),
  ofObjects(
    'a session of two days',
    service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 172800 } } }),
    service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86400 } } }),
    'timeoutSeconds is 172800, must be between 1 and 86400',
  ),
];

/** What the API server says of workloads and Services. */
export const WORKLOAD_CASES: readonly RuleCase[] = [...workloads, ...jobs, ...services];
