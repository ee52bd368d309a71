import type { Manifest } from '../../../lib/core';
import { describe as called } from '../../../lib/core/manifest';
import { infer } from '../../../lib/core/plan/gates';
import { Schemas } from '../../../lib/core/schemas/schemas';
import { FACTS } from '../../../lib/kinds';
import {
  annotated,
  apiService,
  binding,
  certificate,
  clusterIssuer,
  clusterRole,
  configMap,
  converted,
  creating,
  custom,
  definition,
  issuer,
  labelled,
  manifest,
  mutating,
  namespace,
  podTemplate,
  profile,
  role,
  secret,
  service,
  serviceAccount,
  validating,
  webhook,
  workload,
} from '../../support/manifests';

/** The gates between objects, as `A > B Ready`. */
function gates(...objects: Manifest[]): string[] {
  return infer(objects, new Schemas(objects, []), FACTS).gates.map(
    (gate) => `${called(gate.object)} > ${called(gate.waitsFor)} ${gate.ready}`,
  );
}

/** The orders between objects, as `A after B`. */
function orders(...objects: Manifest[]): string[] {
  return infer(objects, new Schemas(objects, []), FACTS).orders.map(
    ({ object, after }) => `${called(object)} after ${called(after)}`,
  );
}

describe('a custom resource', () => {
  test('waits for its definition', () => {
    expect(gates(custom('Widget', 'w'), definition('Widget'))).toStrictEqual([
      'Widget team/w > CustomResourceDefinition widgets.example.com Established',
    ]);
  });

  test('of another group or kind does not', () => {
    expect(gates(custom('Widget', 'w'), definition('Widget', { group: 'example.org' }), definition('Gadget'))).toStrictEqual([]);
  });

  test('in a version that is not stored waits for the conversion, too', () => {
    const objects = [
      definition('Widget', { versions: ['v2', 'v1'], conversion: converted('server') }),
      service('server'),
      workload('server'),
    ];
    expect(gates(custom('Widget', 'w', 'team', 'v1'), ...objects)).toStrictEqual([
      'Widget team/w > CustomResourceDefinition widgets.example.com Established',
      'Widget team/w > Deployment team/server Available',
      'Widget team/w > CustomResourceDefinition widgets.example.com CABundle',
    ]);
    expect(gates(custom('Widget', 'w', 'team', 'v2'), ...objects)).toHaveLength(1);
  });

  test('does not wait for a CA bundle that is written out', () => {
    const definitionWithBundle = definition('Widget', { versions: ['v2', 'v1'], conversion: converted('server', 'Q0E=') });
    expect(gates(custom('Widget', 'w'), definitionWithBundle, service('server'), workload('server'))).toStrictEqual([
      'Widget team/w > CustomResourceDefinition widgets.example.com Established',
      'Widget team/w > Deployment team/server Available',
    ]);
  });
});

describe('an object that a webhook admits', () => {
  const SERVER = [service('server'), workload('server')];
  /** The gates of one ConfigMap beside a webhook server. */
  const ofConfigMap = (rules: Parameters<typeof webhook>[1], fields?: Parameters<typeof webhook>[2], object = configMap('c')) =>
    gates(object, validating('hooks', webhook('server', rules, fields)), ...SERVER).filter((gate) =>
      gate.startsWith(called(object)),
    );

  test('waits for the workload behind it and the CA bundle in its configuration', () => {
    expect(ofConfigMap([creating('', 'configmaps')])).toStrictEqual([
      'ConfigMap team/c > ValidatingWebhookConfiguration hooks CABundle',
      'ConfigMap team/c > Deployment team/server Available',
    ]);
  });

  test('waits for the configuration itself when its CA bundle is written out', () => {
    const clientConfig = { service: { name: 'server', namespace: 'team' }, caBundle: 'Q0E=' };
    expect(ofConfigMap([creating('', 'configmaps')], { clientConfig })).toStrictEqual([
      'ConfigMap team/c > ValidatingWebhookConfiguration hooks Applied',
      'ConfigMap team/c > Deployment team/server Available',
    ]);
  });

  test('waits for nothing but the configuration when the webhook is called by its URL', () => {
    expect(ofConfigMap([creating('', 'configmaps')], { clientConfig: { url: 'https://example.com/' } })).toStrictEqual([
      'ConfigMap team/c > ValidatingWebhookConfiguration hooks Applied',
    ]);
  });

  test('waits for the Certificate whose CA is injected', () => {
    const hooks = annotated(validating('hooks', webhook('server', [creating('', 'configmaps')])), {
      'cert-manager.io/inject-ca-from': 'team/serving',
    });
    const found = gates(configMap('c'), hooks, certificate('serving'), ...SERVER);
    expect(found).toContain('ConfigMap team/c > Certificate team/serving Ready');
    expect(gates(configMap('c'), hooks, certificate('other'), ...SERVER)).not.toContain(
      'ConfigMap team/c > Certificate team/other Ready',
    );
  });

  describe('or does not', () => {
    const rule = creating('', 'configmaps');
    const both: [string, Parameters<typeof webhook>[1], Parameters<typeof webhook>[2], boolean][] = [
      ['fails open', [rule], { failurePolicy: 'Ignore' }, false],
      ['fails closed', [rule], { failurePolicy: 'Fail' }, true],
      ['has no rules yet', [], {}, false],
      ['is asked about every operation', [{ ...rule, operations: ['*'] }], {}, true],
      ['is asked about updates only', [{ ...rule, operations: ['UPDATE', 'DELETE', 'CONNECT'] }], {}, false],
      ['is asked about every group', [{ ...rule, apiGroups: ['*'] }], {}, true],
      ['is asked about another group', [{ ...rule, apiGroups: ['apps'] }], {}, false],
      ['is asked about every resource', [{ ...rule, resources: ['*'] }], {}, true],
      ['is asked about every resource and subresource', [{ ...rule, resources: ['*/*'] }], {}, true],
      ['is asked about a subresource', [{ ...rule, resources: ['configmaps/status', 'configmaps/*'] }], {}, false],
      ['is asked about another resource', [{ ...rule, resources: ['secrets'] }], {}, false],
      [
        'is asked about any of several',
        [creating('apps', 'deployments'), { ...rule, resources: ['secrets', 'configmaps'] }],
        {},
        true,
      ],
      ['is asked about an equivalent version', [{ ...rule, apiVersions: ['v2'] }], {}, true],
      ['is asked about exactly another version', [{ ...rule, apiVersions: ['v2'] }], { matchPolicy: 'Exact' }, false],
      ['is asked about exactly the version', [{ ...rule, apiVersions: ['v2', 'v1'] }], { matchPolicy: 'Exact' }, true],
      ['is asked about any scope', [{ ...rule, scope: '*' }], {}, true],
      ['is asked about its scope', [{ ...rule, scope: 'Namespaced' }], {}, true],
      ['is asked about the other scope', [{ ...rule, scope: 'Cluster' }], {}, false],
    ];

    test.each(both)('when the webhook %s', (_, rules, fields, waits) => {
      expect(ofConfigMap(rules, fields).length > 0).toBe(waits);
    });
  });

  test('is told by its labels', () => {
    const objectSelector = { matchLabels: { checked: 'yes' } };
    expect(ofConfigMap([creating('', 'configmaps')], { objectSelector })).toStrictEqual([]);
    expect(
      ofConfigMap([creating('', 'configmaps')], { objectSelector }, labelled(configMap('c'), { checked: 'yes' })),
    ).toHaveLength(2);
  });

  test('is told by the labels of its namespace', () => {
    const hooks = validating(
      'hooks',
      webhook('server', [creating('', 'configmaps')], { namespaceSelector: { matchLabels: { checked: 'yes' } } }),
    );
    const waits = (labels: Record<string, string>) =>
      gates(configMap('c'), namespace('team', labels), hooks, ...SERVER).length > 0;
    expect(waits({ checked: 'yes' })).toBe(true);
    expect(waits({ checked: 'no' })).toBe(false);
  });

  test('is told by the name of its namespace, which every namespace has as a label', () => {
    const named = (name: string) =>
      ofConfigMap([creating('', 'configmaps')], { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
    expect(named('team')).toHaveLength(2);
    expect(named('other')).toHaveLength(0);
  });

  test('in no namespace is admitted whatever namespaces are selected', () => {
    const namespaceSelector = { matchLabels: { checked: 'yes' } };
    const hooks = validating(
      'hooks',
      webhook('server', [creating('rbac.authorization.k8s.io', 'clusterroles')], { namespaceSelector }),
    );
    expect(gates(clusterRole('r'), hooks, ...SERVER)).toHaveLength(2);
  });

  test('and is a Namespace is judged by its own labels', () => {
    const waits = (namespaceSelector: object, objectSelector: object = {}) => {
      const hooks = validating('hooks', webhook('server', [creating('', 'namespaces')], { namespaceSelector, objectSelector }));
      return gates(namespace('other', { checked: 'yes' }), hooks, ...SERVER).length > 0;
    };
    expect(waits({ matchLabels: { checked: 'yes' } })).toBe(true);
    expect(waits({ matchLabels: { checked: 'no' } })).toBe(false);
    expect(waits({ matchLabels: { 'kubernetes.io/metadata.name': 'other' } })).toBe(true);
    expect(waits({ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['other'] }] })).toBe(
      false,
    );
    expect(waits({}, { matchLabels: { 'kubernetes.io/metadata.name': 'other' } })).toBe(true);
  });

  test('and is a webhook configuration is never admitted', () => {
    const all = validating('all', webhook('server', [creating('*', '*')]));
    expect(
      gates(all, mutating('others'), ...SERVER).filter((gate) => gate.startsWith('MutatingWebhookConfiguration')),
    ).toStrictEqual([]);
  });

  test('is a custom resource by the plural of its definition', () => {
    const hooks = validating('hooks', webhook('server', [creating('example.com', 'policies')]));
    const found = gates(custom('Policy', 'p'), definition('Policy', { plural: 'policies' }), hooks, ...SERVER);
    expect(found).toContain('Policy team/p > Deployment team/server Available');
  });

  test('of an unknown kind is namespaced when it says a namespace', () => {
    const of = (scope: string, namespace?: string) =>
      gates(
        manifest('example.com/v1', 'Thing', 't', namespace),
        validating('hooks', webhook('server', [{ ...creating('example.com', 'things'), scope }])),
        ...SERVER,
      ).length > 0;
    expect([of('Namespaced', 'team'), of('Cluster', 'team')]).toStrictEqual([true, false]);
    expect([of('Namespaced'), of('Cluster')]).toStrictEqual([false, true]);
  });

  test('waits for a mutating webhook that fails open only where it would see a pod', () => {
    const hooks = mutating('hooks', webhook('server', [creating('', 'configmaps')], { failurePolicy: 'Ignore' }));
    expect(gates(configMap('c'), hooks, ...SERVER)).toStrictEqual([]);
  });

  test('waits for the workloads behind the Service alone', () => {
    const hooks = validating('hooks', webhook('server', [creating('', 'configmaps')]));
    const others = [
      workload('other'),
      workload('server', { kind: 'StatefulSet' }),
      workload('far', { namespace: 'elsewhere', labels: { app: 'server' } }),
    ];
    expect(gates(configMap('c'), hooks, service('server'), ...others)).toStrictEqual([
      'ConfigMap team/c > ValidatingWebhookConfiguration hooks CABundle',
      'ConfigMap team/c > StatefulSet team/server Available',
    ]);
    expect(gates(configMap('c'), hooks, service('server', { selector: {} }), workload('server'))).toHaveLength(1);
  });
});

describe('what a webhook itself needs', () => {
  const pod = {
    serviceAccountName: 'runner',
    priorityClassName: 'high',
    volumes: [
      { name: 'config', configMap: { name: 'config' } },
      { name: 'cert', secret: { secretName: 'cert' } },
    ],
  };
  const needs = [
    namespace('team'),
    serviceAccount('runner'),
    configMap('config'),
    secret('cert'),
    role('reader'),
    clusterRole('writer'),
    binding('reads', { kind: 'Role', name: 'reader' }, 'runner'),
    binding('writes', { kind: 'ClusterRole', name: 'writer' }, 'runner', ''),
    manifest('scheduling.k8s.io/v1', 'PriorityClass', 'high', undefined, { value: 1 }),
    service('server'),
  ];
  const everything = webhook('server', [creating('*', '*')]);

  test('goes before its configuration', () => {
    const found = gates(...needs, workload('server', { pod }), validating('hooks', everything));
    expect(found.sort()).toStrictEqual(
      [
        ...needs.map((object) => `ValidatingWebhookConfiguration hooks > ${called(object)} Applied`),
        'ValidatingWebhookConfiguration hooks > Deployment team/server Available',
      ].sort(),
    );
  });

  test('goes before it on the way over a Certificate and its issuer, too', () => {
    const workloadWithCertificate = workload('server', {
      pod: { volumes: [{ name: 'cert', secret: { secretName: 'serving-secret' } }] },
    });
    const found = gates(
      service('server'),
      workloadWithCertificate,
      certificate('serving'),
      issuer(),
      validating('hooks', everything),
    );
    expect(found).toContain('ValidatingWebhookConfiguration hooks > Certificate team/serving Applied');
    expect(found).toContain('ValidatingWebhookConfiguration hooks > Issuer team/issuer Applied');
  });

  test('is free when the webhook fails open', () => {
    const open = webhook('server', [creating('', 'pods')], { failurePolicy: 'Ignore' });
    expect(gates(service('server'), workload('server'), mutating('hooks', open))).toStrictEqual([]);
  });

  test('does not hold for others', () => {
    const found = gates(...needs, workload('server', { pod }), validating('hooks', everything), configMap('other'));
    expect(found).toContain('ConfigMap team/other > Deployment team/server Available');
    expect(found).not.toContain('ValidatingWebhookConfiguration hooks > ConfigMap team/other Applied');
  });

  test('is what it cannot do without: an optional Secret is not', () => {
    const optional = { volumes: [{ name: 'cert', secret: { secretName: 'serving-secret', optional: true } }] };
    const found = gates(
      service('server'),
      workload('server', { pod: optional }),
      certificate('serving'),
      validating('hooks', webhook('server', [creating('cert-manager.io', '*')])),
    );
    expect(found).toContain('Certificate team/serving > Deployment team/server Available');
  });
});

describe('a workload whose pods a webhook injects into', () => {
  const injector = (fields: Parameters<typeof webhook>[2] = {}) => webhook('injector', [creating('', 'pods')], fields);
  const server = [service('injector'), workload('injector', { labels: { inject: 'no' } })];
  const selecting = { objectSelector: { matchLabels: { inject: 'yes' } } };
  const labels = { inject: 'yes' };
  const WAITS = ['MutatingWebhookConfiguration hooks CABundle', 'Deployment team/injector Available'];

  test.each(['Fail', 'Ignore'] as const)('waits for it under the failure policy %s', (failurePolicy) => {
    const found = gates(workload('app', { labels }), mutating('hooks', injector({ ...selecting, failurePolicy })), ...server);
    expect(found).toStrictEqual(WAITS.map((wait) => `Deployment team/app > ${wait}`));
  });

  test('is told by the labels of its pods, not by its own', () => {
    const hooks = mutating('hooks', injector(selecting));
    expect(gates(labelled(workload('app'), labels), hooks, ...server)).toStrictEqual([]);
  });

  test('waits for a validating webhook only when that fails closed', () => {
    const of = (failurePolicy: 'Fail' | 'Ignore') =>
      gates(workload('app', { labels }), validating('hooks', injector({ ...selecting, failurePolicy })), ...server);
    expect(of('Fail')).toHaveLength(2);
    expect(of('Ignore')).toHaveLength(0);
  });

  test('may be a CronJob or a bare Pod', () => {
    const template = podTemplate('app', { labels });
    const cronJob = manifest('batch/v1', 'CronJob', 'app', 'team', { spec: { jobTemplate: { spec: { template } } } });
    const pod = labelled(manifest('v1', 'Pod', 'app', 'team', { spec: template.spec as object }), labels);
    const hooks = mutating('hooks', injector({ ...selecting, failurePolicy: 'Ignore' }));
    expect(gates(cronJob, hooks, ...server)).toStrictEqual(WAITS.map((wait) => `CronJob team/app > ${wait}`));
    expect(gates(pod, hooks, ...server)).toStrictEqual(WAITS.map((wait) => `Pod team/app > ${wait}`));
  });

  test('may be a custom resource in a namespace, whose controller makes the pods', () => {
    const job = { ...custom('Job', 'app'), spec: { template: podTemplate('app', { labels }) } };
    const waits = WAITS.map((wait) => `Job team/app > ${wait}`);
    expect(gates(job, mutating('hooks', injector(selecting)), ...server)).toStrictEqual(waits);
    const ofNamespace = injector({ namespaceSelector: { matchLabels: { watched: 'yes' } } });
    const watched = labelled(namespace('team'), { watched: 'yes' });
    expect(gates(job, mutating('hooks', ofNamespace), ...server, watched)).toEqual(expect.arrayContaining(waits));
    expect(gates(job, mutating('hooks', ofNamespace), ...server, namespace('team'))).toStrictEqual([]);
    const blueprint = { ...job, metadata: { name: 'app' } };
    expect(gates(blueprint, mutating('hooks', injector(selecting)), ...server)).toStrictEqual([]);
  });

  test('may be one whose pods are not in it', () => {
    const job = manifest('trainer.kubeflow.org/v1alpha1', 'TrainJob', 'app', 'team', { spec: { runtimeRef: { name: 'torch' } } });
    const hooks = mutating('hooks', injector({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'team' } } }));
    expect(gates(job, hooks, ...server)).toEqual(expect.arrayContaining(WAITS.map((wait) => `TrainJob team/app > ${wait}`)));
    // Which labels its pods will have nobody knows.
    expect(gates(job, mutating('hooks', injector(selecting)), ...server)).toStrictEqual([]);
  });
});

describe('a workload that reads a Secret which a Certificate writes', () => {
  const READY = ['Deployment team/app > Certificate team/tls Ready'];
  const ways: [string, Parameters<typeof workload>[1]][] = [
    ['a volume', { pod: { volumes: [{ name: 'v', secret: { secretName: 'tls-secret' } }] } }],
    ['a projected volume', { pod: { volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'tls-secret' } }] } }] } }],
    ['a variable', { container: { env: [{ name: 'E', valueFrom: { secretKeyRef: { name: 'tls-secret', key: 'k' } } }] } }],
    ['all variables', { container: { envFrom: [{ secretRef: { name: 'tls-secret' } }] } }],
    ['an init container', { pod: { initContainers: [{ name: 'i', envFrom: [{ secretRef: { name: 'tls-secret' } }] }] } }],
    ['a pull secret', { pod: { imagePullSecrets: [{ name: 'tls-secret' }] } }],
  ];

  test.each(ways)('waits for it, by %s', (_, options) => {
    expect(gates(workload('app', options), certificate('tls'))).toStrictEqual(READY);
  });

  test('does not wait for one that is optional, of another name or in another namespace', () => {
    const volume = (fields: object) =>
      workload('app', { pod: { volumes: [{ name: 'v', secret: { secretName: 'tls-secret', ...fields } }] } });
    expect(gates(volume({ optional: true }), certificate('tls'))).toStrictEqual([]);
    expect(gates(volume({ secretName: 'other' }), certificate('tls'))).toStrictEqual([]);
    expect(gates(volume({}), certificate('tls', 'tls-secret', {}, 'other'))).toStrictEqual([]);
  });

  test('may be a custom resource with a pod in it', () => {
    const template = podTemplate('app', { pod: { volumes: [{ name: 'v', secret: { secretName: 'tls-secret' } }] } });
    expect(gates({ ...custom('Job', 'app'), spec: { replicas: [{ template }] } }, certificate('tls'))).toStrictEqual([
      'Job team/app > Certificate team/tls Ready',
    ]);
  });
});

describe('an object in the namespace of a Profile', () => {
  test('waits until the namespace exists', () => {
    expect(gates(configMap('c', 'alice'), profile('alice'))).toStrictEqual(['ConfigMap alice/c > Profile alice Reconciled']);
  });

  test('does not wait when the namespace is another, or in the model', () => {
    expect(gates(configMap('c', 'bob'), profile('alice'))).toStrictEqual([]);
    expect(gates(configMap('c', 'alice'), profile('alice'), namespace('alice'))).toStrictEqual([]);
  });
});

describe('what an aggregated API server serves', () => {
  const server = [apiService('example.com', 'v1', 'server'), service('server'), workload('server')];

  test('waits for the APIService and the workload behind it', () => {
    expect(gates(custom('Metric', 'm'), ...server)).toStrictEqual([
      'Metric team/m > APIService v1.example.com Available',
      'Metric team/m > Deployment team/server Available',
    ]);
  });

  test('is of the group and version', () => {
    expect(gates(custom('Metric', 'm', 'team', 'v2'), ...server)).toStrictEqual([]);
    expect(gates(configMap('m'), ...server)).toStrictEqual([]);
  });
});

describe('orders', () => {
  test('a Namespace comes before its contents', () => {
    expect(orders(configMap('c'), namespace('team'), configMap('d', 'other'))).toStrictEqual([
      'ConfigMap team/c after Namespace team',
    ]);
  });

  test('what a workload needs comes before it', () => {
    const app = workload('app', {
      pod: { serviceAccountName: 'runner', volumes: [{ name: 'v', configMap: { name: 'config', optional: true } }] },
    });
    expect(orders(app, serviceAccount('runner'), configMap('config'), configMap('other'))).toStrictEqual([
      'Deployment team/app after ServiceAccount team/runner',
      'Deployment team/app after ConfigMap team/config',
    ]);
  });

  test('an issuer comes before its Certificates', () => {
    expect(orders(certificate('a'), issuer())).toStrictEqual(['Certificate team/a after Issuer team/issuer']);
    const byCluster = certificate('a', 's', { name: 'issuer', kind: 'ClusterIssuer' });
    expect(orders(byCluster, issuer(), clusterIssuer())).toStrictEqual(['Certificate team/a after ClusterIssuer issuer']);
  });

  test('a Service comes before the API server is told to call it', () => {
    expect(orders(validating('hooks', webhook('server', [])), service('server'))).toStrictEqual([
      'ValidatingWebhookConfiguration hooks after Service team/server',
    ]);
    expect(orders(apiService('example.com', 'v1', 'server'), service('server'))).toStrictEqual([
      'APIService v1.example.com after Service team/server',
    ]);
  });
});

describe('what admission looks up', () => {
  const runtime = {
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    kind: 'ClusterTrainingRuntime',
    metadata: { name: 'torch' },
    spec: {},
  };
  const job = (name: string) => ({
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    kind: 'TrainJob',
    metadata: { name: 'train', namespace: 'team' },
    spec: { runtimeRef: { name } },
  });
  const waits = (name: string) =>
    infer([job(name), runtime], new Schemas([], []), FACTS).gates.map(
      ({ waitsFor, ready }) => `${waitsFor.metadata.name} ${ready}`,
    );

  test('goes before what names it, and nothing else does', () => {
    expect(waits('torch')).toStrictEqual(['torch Applied']);
    expect(waits('jax')).toStrictEqual([]);
  });
});

test('every gate says why', () => {
  const objects = [
    custom('Widget', 'w'),
    definition('Widget'),
    validating('hooks', webhook('server', [creating('example.com', 'widgets')])),
    service('server'),
    workload('server'),
  ];
  expect(infer(objects, new Schemas(objects, []), FACTS).gates.map(({ because }) => because)).toStrictEqual([
    'widgets.example.com defines the kind Widget',
    'the webhook server.example.com admits Widget team/w',
    'the webhook server.example.com admits Widget team/w',
  ]);
});
