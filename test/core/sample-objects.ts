import type { Manifest } from '../../lib/core';

/**
 * Objects of many kinds with what pass-through code tends to lose: nulls, empty lists and maps, keys that need quotes, numbers and
 * strings in one field, text that looks like something else, fields that nobody knows.
 */
export const SAMPLE_OBJECTS: readonly Manifest[] = [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'team', labels: { 'istio-injection': 'enabled' }, creationTimestamp: null },
  },
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'empty-maps',
      labels: {},
      annotations: {},
      finalizers: [],
      managedFields: [{}, { manager: 'x', fieldsV1: {} }],
    },
    spec: {},
    status: {},
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'text',
      namespace: 'team',
      annotations: { 'example.com/empty': '', 'example.com/yes': 'yes', 'a.b.c/d_e': '1e3' },
    },
    data: {
      'config.yaml': 'a: 1\n\n  b: |\n    c\n',
      '.dockerconfig': '{}',
      'key with spaces': ' leading and trailing ',
      'ends-without-newline': 'x',
      null: 'null',
      '0': '007',
      'unicode-ü': '☸ ✓ 𝄞',
    },
    binaryData: {},
    immutable: false,
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'no-data', namespace: 'team' }, data: null },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'credentials', namespace: 'team' },
    type: 'Opaque',
    data: { password: '', user: 'YQ==' },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'typed', namespace: 'team' },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': '', 'tls.key': '' },
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'runner',
      namespace: 'team',
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: '1', blockOwnerDeletion: null, controller: false }],
    },
    automountServiceAccountToken: false,
    imagePullSecrets: [],
    secrets: null,
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'server', namespace: 'team' },
    spec: {
      clusterIP: 'None',
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'grpc', port: 9000, targetPort: 9000, nodePort: 0 },
      ],
      selector: { app: 'server' },
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'elsewhere', namespace: 'team' },
    spec: { type: 'ExternalName', externalName: 'db.example.com', ports: [] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', namespace: 'team', generateName: 'pod-' },
    spec: {
      containers: [
        {
          name: 'main',
          image: 'busybox',
          args: ['--flag', '', '-1', 'true', '$(VAR)', '{{ template }}'],
          command: [],
          env: [{ name: 'EMPTY', value: '' }, { name: 'UNSET' }],
          resources: { limits: { cpu: 1, memory: '1Gi', 'nvidia.com/gpu': 1 }, requests: { cpu: 0.5 } },
        },
      ],
      volumes: [
        { name: 'scratch', emptyDir: {} },
        { name: 'host', hostPath: { path: '/dev', type: '' } },
      ],
      securityContext: {},
      nodeSelector: null,
      tolerations: [{}],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'disk', namespace: 'team' },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: '', resources: { requests: { storage: '20Gi' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'quota', namespace: 'team' },
    spec: { hard: { 'requests.nvidia.com/gpu': '8', 'count/pods': 0 } },
  },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'limits', namespace: 'team' },
    spec: { limits: [{ type: 'Container', default: {} }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'server', namespace: 'team', creationTimestamp: null },
    spec: {
      replicas: 0,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      selector: { matchLabels: { app: 'server' }, matchExpressions: [] },
      template: {
        metadata: { creationTimestamp: null, labels: { app: 'server' }, annotations: null },
        spec: {
          containers: [
            {
              name: 'server',
              image:
                'registry.example.com:5000/team/server@sha256:0000000000000000000000000000000000000000000000000000000000000000',
              livenessProbe: { httpGet: { path: '/', port: 'http' }, initialDelaySeconds: 0 },
              readinessProbe: { httpGet: { path: '/', port: 8080 } },
              securityContext: { capabilities: { drop: ['ALL'], add: [] }, runAsUser: 0, privileged: false },
            },
          ],
        },
      },
      brandNewField: { deep: [[], [[1, null], {}], {}] },
    },
    status: {},
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'store', namespace: 'team' },
    spec: {
      serviceName: '',
      selector: { matchLabels: { app: 'store' } },
      template: { metadata: { labels: { app: 'store' } }, spec: { containers: [{ name: 'store' }] } },
      volumeClaimTemplates: [{ metadata: { name: 'data', creationTimestamp: null }, spec: { accessModes: [] }, status: {} }],
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly', namespace: 'team' },
    spec: {
      schedule: '0 0 * * *',
      suspend: false,
      jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'x' }] } } } },
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'server', namespace: 'team' },
    spec: {
      maxReplicas: 3,
      metrics: [],
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'server' },
      behavior: { scaleDown: { policies: null } },
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'server', namespace: 'team' },
    spec: { minAvailable: '50%', selector: {} },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny', namespace: 'team' },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}], egress: [] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'team' },
    spec: {
      rules: [
        { http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'server', port: { number: 80 } } } }] } },
      ],
      tls: [{}],
    },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:odd:name', labels: { 'rbac.example.com/aggregate-to-view': 'true' } },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: {} }] },
    rules: [],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'reader' },
    rules: [
      { apiGroups: [''], resources: ['*'], resourceNames: [], verbs: ['get'] },
      { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'Binding With Capitals', namespace: 'team' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
    subjects: null,
  },
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'low' }, value: -10, globalDefault: false },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'example.com/disk',
    parameters: {},
    mountOptions: [],
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'validator' },
    webhooks: [
      {
        name: 'validator.example.com',
        admissionReviewVersions: ['v1'],
        clientConfig: { caBundle: '', service: { name: 'server', namespace: 'team', path: '/validate', port: 443 } },
        failurePolicy: 'Fail',
        namespaceSelector: {},
        objectSelector: { matchExpressions: [{ key: 'a/b', operator: 'NotIn', values: ['', 'x'] }] },
        rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'], scope: '*' }],
        sideEffects: 'None',
        timeoutSeconds: 10,
      },
    ],
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com', creationTimestamp: null },
    spec: {
      group: 'example.com',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', shortNames: [] },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                $ref: { type: 'string', default: '' },
                default: { type: 'integer', default: 0 },
                enum: { enum: ['', null, 1] },
              },
              'x-kubernetes-preserve-unknown-fields': true,
            },
          },
        },
      ],
    },
    status: { acceptedNames: { kind: '', plural: '' }, conditions: [], storedVersions: null },
  },
  {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'widget', namespace: 'team' },
    spec: {
      'a.b/c': null,
      '': 'empty key',
      nested: { null: null, list: [null, [], {}, '', 0, false] },
      big: 9007199254740991,
      small: 1e-7,
      minus: -0.5,
    },
  },
  {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'model', namespace: 'team', annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
    spec: {
      predictor: {
        minReplicas: 0,
        model: { modelFormat: { name: 'sklearn', version: '1' }, storageUri: 's3://bucket/a b/c', runtime: null },
      },
    },
  },
  {
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'VirtualService',
    metadata: { name: 'web', namespace: 'team' },
    spec: {
      gateways: ['kubeflow/kubeflow-gateway'],
      hosts: ['*'],
      http: [{ match: [{ uri: { prefix: '/' } }], headers: { request: { set: { 'x-forwarded-prefix': '' } } } }],
    },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'flow', namespace: 'team' },
    spec: {
      entrypoint: 'main',
      arguments: {},
      templates: [
        { name: 'main', inputs: {}, outputs: {}, metadata: {}, steps: [[{ name: 'a', withItems: [1, 'b', { c: null }] }]] },
      ],
    },
  },
];
