import { object, ofObjects, type RuleCase } from './rule-case';

const RBAC = 'rbac.authorization.k8s.io/v1';
const cluster = { namespace: undefined };
const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const role = (one: object) => object(RBAC, 'Role', { rules: [one] });
const clusterRole = (one: object) => object(RBAC, 'ClusterRole', { rules: [one] }, cluster);
const account = { kind: 'ServiceAccount', name: 'a', namespace: 'team' };
const binding = (kind: string, subject: object, roleRef: object = {}) =>
  object(
    RBAC,
    kind,
    { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view', ...roleRef }, subjects: [subject] },
    kind === 'RoleBinding' ? {} : cluster,
  );

const access: readonly RuleCase[] = [
  ofObjects('no verb', role({ ...rule, verbs: [] }), role(rule), 'rules[0].verbs must have at least one'),
  ofObjects('no group', role({ resources: ['pods'], verbs: ['get'] }), role(rule), 'rules[0].apiGroups must have at least one'),
  ofObjects('no resource', role({ apiGroups: [''], verbs: ['get'] }), role(rule), 'rules[0].resources must have at least one'),
  ofObjects(
    'addresses in a namespace',
    role({ nonResourceURLs: ['/metrics'], verbs: ['get'] }),
    clusterRole({ nonResourceURLs: ['/metrics'], verbs: ['get'] }),
    'nonResourceURLs are for ClusterRoles only',
  ),
  ofObjects(
    'addresses beside resources',
    clusterRole({ ...rule, nonResourceURLs: ['/metrics'] }),
    clusterRole(rule),
    'nonResourceURLs stand beside resources',
  ),
  ofObjects(
    'an account of no namespace',
    binding('ClusterRoleBinding', { kind: 'ServiceAccount', name: 'a' }),
    binding('ClusterRoleBinding', account),
    'subjects[0].namespace is required',
  ),
  ofObjects(
    'a subject that there is not',
    binding('RoleBinding', { kind: 'Serviceaccount', name: 'a' }),
    binding('RoleBinding', account),
    'subjects[0].kind is "Serviceaccount", must be one of',
  ),
  ofObjects(
    'a role of a namespace for the cluster',
    binding('ClusterRoleBinding', account, { kind: 'Role' }),
    binding('RoleBinding', account, { kind: 'Role' }),
    'roleRef.kind is "Role", must be "ClusterRole"',
  ),
  ofObjects(
    'a group of another API',
    binding('RoleBinding', { kind: 'User', name: 'a', apiGroup: 'apps' }),
    binding('RoleBinding', { kind: 'User', name: 'a', apiGroup: 'rbac.authorization.k8s.io' }),
    'apiGroup is "apps"',
  ),
];

const service = { name: 'a', namespace: 'team' };
const operations = { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };
const webhook = (one: object) =>
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    {
      webhooks: [
        {
          name: 'a.example.com',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { service },
          rules: [operations],
          ...one,
        },
      ],
    },
    cluster,
  );

const webhooks: readonly RuleCase[] = [
  ofObjects(
    'a name of two parts',
    webhook({ name: 'example.com' }),
    webhook({}),
    'webhooks[0].name is "example.com", must be a DNS name of at least three parts',
  ),
  ofObjects(
    'side effects',
    webhook({ sideEffects: 'Some' }),
    webhook({ sideEffects: 'NoneOnDryRun' }),
    'sideEffects is "Some", must be "None" or "NoneOnDryRun"',
  ),
  ofObjects(
    'a minute',
    webhook({ timeoutSeconds: 60 }),
    webhook({ timeoutSeconds: 30 }),
    'timeoutSeconds is 60, must be between 1 and 30',
  ),
  ofObjects('nobody to ask', webhook({ clientConfig: {} }), webhook({}), 'clientConfig must have one of url, service'),
  ofObjects(
    'an address without TLS',
    webhook({ clientConfig: { url: 'http://a.example.com' } }),
    webhook({ clientConfig: { url: 'https://a.example.com/check' } }),
    'url is "http://a.example.com", must be https://',
  ),
  ofObjects(
    'versions that the server does not speak',
    webhook({ admissionReviewVersions: ['v2'] }),
    webhook({}),
    'admissionReviewVersions must have "v1"',
  ),
  ofObjects(
    'no operation',
    webhook({ rules: [{ ...operations, operations: [] }] }),
    webhook({}),
    'operations must have at least one',
  ),
  ofObjects(
    'all groups, and one more',
    webhook({ rules: [{ ...operations, apiGroups: ['*', 'apps'] }] }),
    webhook({ rules: [{ ...operations, apiGroups: ['*'] }] }),
    'apiGroups has "*", must have nothing else then',
  ),
  ofObjects(
    'a port above 65535',
    webhook({ clientConfig: { service: { ...service, port: 70000 } } }),
    webhook({ clientConfig: { service: { ...service, port: 9443 } } }),
    'service.port is 70000',
  ),
];

const behind = { service: { name: 'web', port: { number: 80 } } };
const ingress = (spec: object) => object('networking.k8s.io/v1', 'Ingress', { spec });
const path = (one: object) =>
  ingress({ rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: behind, ...one }] } }] });
const policy = (spec: object) => object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...spec } });
const from = (peer: object) => policy({ ingress: [{ from: [peer] }] });
const ports = (port: object) => policy({ ingress: [{ ports: [port] }] });
const block = (cidr: string, except?: string[]) => from({ ipBlock: { cidr, except } });

const network: readonly RuleCase[] = [
  ofObjects('no rule', ingress({}), ingress({ defaultBackend: behind }), 'spec must have rules or a defaultBackend'),
  ofObjects(
    'an address as host',
    ingress({ rules: [{ host: '10.0.0.1' }] }),
    ingress({ rules: [{ host: '*.example.com' }] }),
    'host is "10.0.0.1", must be a DNS name rather than an IP address',
  ),
  ofObjects('a relative path', path({ path: 'a' }), path({ path: '/a' }), 'path is "a", must begin with "/"'),
  ofObjects('a path that goes up', path({ path: '/a/../b' }), path({ path: '/a/b' }), 'must have neither'),
  ofObjects(
    'two ports',
    path({ backend: { service: { name: 'web', port: { number: 80, name: 'http' } } } }),
    path({}),
    'has a name and a number, only one of which is allowed',
  ),
  ofObjects('no port', path({ backend: { service: { name: 'web' } } }), path({}), 'must have a name or a number'),
  ofObjects('a peer that is nobody', from({}), from({ podSelector: {} }), 'from[0] must have a podSelector'),
  ofObjects(
    'a range that is none',
    block('10.0.0.0'),
    block('10.0.0.0/8'),
    'cidr is "10.0.0.0", must be a range of IP addresses',
  ),
  ofObjects(
    'an exception outside',
    block('10.0.0.0/8', ['11.0.0.0/16']),
    block('10.0.0.0/8', ['10.1.0.0/16']),
    'except[0] is "11.0.0.0/16", must be a part of 10.0.0.0/8',
  ),
  ofObjects(
    'a range beside a selector',
    from({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }),
    from({ podSelector: {}, namespaceSelector: {} }),
    'has an ipBlock and a selector',
  ),
  ofObjects(
    'a last port before the first',
    ports({ port: 81, endPort: 80 }),
    ports({ port: 80, endPort: 81 }),
    'endPort is 80, must be at least port, 81',
  ),
  ofObjects(
    'a last port of a name',
    ports({ port: 'http', endPort: 80 }),
    ports({ port: 'http' }),
    'endPort needs a port by number',
  ),
  ofObjects(
    'a type that there is not',
    policy({ policyTypes: ['ingress'] }),
    policy({ policyTypes: ['Ingress'] }),
    'policyTypes[0] is "ingress", must be one of "Egress", "Ingress"',
  ),
];

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' };
const autoscaler = (spec: object) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { scaleTargetRef, maxReplicas: 3, ...spec } });
const metric = (target: object) =>
  autoscaler({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', ...target } } }] });
const budget = (spec: object) =>
  object('policy/v1', 'PodDisruptionBudget', { spec: { selector: { matchLabels: { app: 'a' } }, ...spec } });

const scaling: readonly RuleCase[] = [
  ofObjects(
    'a most below the least',
    autoscaler({ minReplicas: 4 }),
    autoscaler({ minReplicas: 3 }),
    'maxReplicas is 3, must be at least minReplicas, 4',
  ),
  ofObjects(
    'none at least',
    autoscaler({ minReplicas: 0 }),
    autoscaler({ minReplicas: 1 }),
    'minReplicas is 0, must be at least 1',
  ),
  ofObjects(
    'a target of nothing',
    metric({}),
    metric({ averageUtilization: 80 }),
    'target must have one of averageUtilization, averageValue',
  ),
  ofObjects(
    'a metric of another type',
    autoscaler({
      metrics: [{ type: 'Pods', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 1 } } }],
    }),
    metric({ averageUtilization: 1 }),
    'resource is not for the type "Pods"',
  ),
  ofObjects(
    'an hour and more',
    autoscaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 3601 } } }),
    autoscaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 3600 } } }),
    'stabilizationWindowSeconds is 3601',
  ),
  ofObjects(
    'a least and a most',
    budget({ minAvailable: 1, maxUnavailable: 1 }),
    budget({ minAvailable: 1 }),
    'has minAvailable and maxUnavailable, only one of which is allowed',
  ),
  ofObjects(
    'more than all',
    budget({ minAvailable: '150%' }),
    budget({ minAvailable: '50%' }),
    'minAvailable is "150%", must be a whole number',
  ),
];

const claim = (spec: object) =>
  object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  });
const secret = (fields: object) => object('v1', 'Secret', fields);
const limits = (limit: object) => object('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', ...limit }] } });
const quota = (hard: object) => object('v1', 'ResourceQuota', { spec: { hard } });

const storage: readonly RuleCase[] = [
  ofObjects('no way to mount', claim({ accessModes: [] }), claim({}), 'accessModes must have at least one'),
  ofObjects(
    'a way to mount that there is not',
    claim({ accessModes: ['RWO'] }),
    claim({}),
    'accessModes[0] is "RWO", must be one of',
  ),
  ofObjects(
    'one pod, and many',
    claim({ accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }),
    claim({ accessModes: ['ReadWriteOncePod'] }),
    'has "ReadWriteOncePod", must have nothing else then',
  ),
  ofObjects('no size', claim({ resources: {} }), claim({}), 'storage is required'),
  ofObjects(
    'a size of nothing',
    claim({ resources: { requests: { storage: '0' } } }),
    claim({}),
    'storage is "0", must be more than 0',
  ),
  ofObjects(
    'a size in bytes',
    claim({ resources: { requests: { storage: '16GB' } } }),
    claim({}),
    'storage is "16GB", must be an amount',
  ),
  ofObjects(
    'a class that cannot be',
    claim({ storageClassName: 'Fast SSD' }),
    claim({ storageClassName: 'fast-ssd' }),
    'storageClassName is "Fast SSD", must be a DNS name',
  ),
  ofObjects(
    'a key with a blank',
    object('v1', 'ConfigMap', { data: { 'a b': '' } }),
    object('v1', 'ConfigMap', { data: { 'a.b': '' } }),
    'is called otherwise than is allowed',
  ),
  ofObjects(
    'a key twice',
    object('v1', 'ConfigMap', { data: { a: '' }, binaryData: { a: '' } }),
    object('v1', 'ConfigMap', { data: { a: '' }, binaryData: { b: '' } }),
    'stands in binaryData too',
  ),
  ofObjects(
    'a certificate without a key',
    secret({ type: 'kubernetes.io/tls', stringData: { 'tls.crt': 'a' } }),
    secret({ type: 'kubernetes.io/tls', stringData: { 'tls.crt': 'a', 'tls.key': 'b' } }),
    'is required by the type "kubernetes.io/tls"',
  ),
  ofObjects(
    'more than a megabyte',
    object('v1', 'ConfigMap', { data: { a: 'x'.repeat(1024 * 1024 + 1) } }),
    object('v1', 'ConfigMap', { data: { a: 'x' } }),
    'has 1048577 bytes',
  ),
  ofObjects(
    'a least above the most',
    limits({ min: { cpu: '2' }, max: { cpu: '1' } }),
    limits({ min: { cpu: '1' }, max: { cpu: '2' } }),
    'min.cpu is "2", must be at most max, 1',
  ),
  ofObjects('less than nothing', quota({ cpu: '-1' }), quota({ cpu: '1' }), 'cpu is "-1", must be at least 0'),
  ofObjects(
    'a priority of the cluster’s own',
    object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1_000_000_001 }, cluster),
    object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1_000_000_000 }, cluster),
    'value is 1000000001, must be at most 1000000000',
  ),
];

/** What the API server says of access, webhooks, the network, scaling and storage. */
export const FURTHER_CASES: readonly RuleCase[] = [...access, ...webhooks, ...network, ...scaling, ...storage];
