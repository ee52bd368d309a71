import { experiment, inferenceService, object, pytorchJob, template, trainJob } from './samples';

/** A change of one object, and what becomes of the object by it. */
export interface Change {
  readonly becomes: 'update' | 'replace';
  readonly before: Sample;
  readonly after: Sample;
  /**
   * The provider tries a creation in a preview, with an object of the same name still there. Of these the API server says that they
   * are immutable in other words than the provider expects, so that the preview fails.
   */
  readonly unseen?: true;
}

export interface Sample {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function replaced([before, after]: readonly Sample[]): Change {
  return { becomes: 'replace', before: before as Sample, after: after as Sample };
}

function updated([before, after]: readonly Sample[]): Change {
  return { becomes: 'update', before: before as Sample, after: after as Sample };
}

const job = (name: string, spec: object, image = 'main:1') =>
  object('batch/v1', 'Job', name, {
    spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] } } },
  });

const statefulSet = (storage: string) =>
  object('apps/v1', 'StatefulSet', 'store', {
    spec: {
      serviceName: 'store',
      selector: { matchLabels: { app: 'web' } },
      template: template('store:1'),
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } },
      ],
    },
  });

const deployment = (app: string) =>
  object('apps/v1', 'Deployment', 'web', {
    spec: { selector: { matchLabels: { app } }, template: { ...template('web:1'), metadata: { labels: { app } } } },
  });

const claim = (mode: string) =>
  object('v1', 'PersistentVolumeClaim', 'data', {
    spec: { accessModes: [mode], resources: { requests: { storage: '1Gi' } } },
  });

const roleBinding = (name: string) =>
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'readers', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'team' }],
  });

const ingressClass = (controller: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'mine' },
  spec: { controller },
});

const configMap = (name: string, greeting: string, immutable: boolean) =>
  object('v1', 'ConfigMap', name, { immutable, data: { greeting } });

const secret = (name: string, greeting: string, immutable: boolean) =>
  object('v1', 'Secret', name, { immutable, stringData: { greeting } });

const service = (spec: object) =>
  object('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } });

export const CHANGES: readonly Change[] = [
  replaced([deployment('a'), deployment('b')]),
  replaced([job('once', {}, 'main:1'), job('once', {}, 'main:2')]),
  replaced([
    job('indexed', { completions: 1, completionMode: 'Indexed' }),
    job('indexed', { completions: 1, completionMode: 'NonIndexed' }),
  ]),
  replaced([configMap('fixed', 'hello', true), configMap('fixed', 'good morning', true)]),
  replaced([secret('fixed', 'hello', true), secret('fixed', 'good morning', true)]),
  replaced([secret('opened', 'hello', true), secret('opened', 'hello', false)]),
  { ...replaced([roleBinding('view'), roleBinding('edit')]), unseen: true },
  replaced([ingressClass('example.com/a'), ingressClass('example.com/b')]),
  replaced([experiment({ algorithm: { algorithmName: 'random' } }), experiment({ algorithm: { algorithmName: 'tpe' } })]),
  replaced([inferenceService('Standard'), inferenceService('Knative')]),
  replaced([trainJob('tune', { image: 'train:1' }), trainJob('tune', { image: 'train:2' })]),
  replaced([pytorchJob('mnist', { replicas: 2 }), pytorchJob('mnist', { replicas: 3 })]),
  { ...replaced([service({}), service({ clusterIP: 'None' })]), unseen: true },
  { ...replaced([statefulSet('1Gi'), statefulSet('2Gi')]), unseen: true },
  { ...replaced([claim('ReadWriteOnce'), claim('ReadWriteMany')]), unseen: true },
  updated([configMap('open', 'hello', false), configMap('open', 'good morning', false)]),
  updated([trainJob('held', { suspend: true }), trainJob('held', { suspend: false })]),
  updated([pytorchJob('held', { suspend: true }), pytorchJob('held', { suspend: false })]),
];
