/** What controllers write into the objects of a deployment, and which changes replace an object, with Pulumi's real engine. */
import { type Kind, kserve, kubeflow, trainer } from '../../../../lib';
import { Pool } from '../../../../lib/core/schemas/pool';
import type { KubernetesObject } from '../../../e2e/kubectl';
import { CHANGES, type Change, type Sample } from './changes';
import { establish, ObjectsStack } from './objects';
import { experiment, inferenceService, namespace, object, pytorchJob, trainJob } from './samples';
import { onEngine } from './suite';

const KINDS: Kind[] = [trainer.trainjobs, kubeflow.pytorchjobs, kubeflow.experiments, kserve.inferenceservices];

const definitions = KINDS.map((kind) => Pool.at(kind.schemas as string).definition(kind.definition) as KubernetesObject);

const QUEUED = { labels: { 'kueue.x-k8s.io/queue-name': 'gpus' } };

onEngine('the objects of a deployment', (engine) => {
  const kubectl = () => engine().kubectl;

  /** Writes into an object as its controller does. */
  const write = (name: string, patch: object) => kubectl().patch(name, patch, { namespace: 'team' });

  beforeAll(() => establish(kubectl(), definitions));

  test('stay as their controllers and webhooks have written them, also after a refresh', async () => {
    const stack = await ObjectsStack.init(engine().backend, 'written');
    await stack.up(
      namespace,
      trainJob('tune', { suspend: true }, QUEUED),
      pytorchJob('elastic', { elastic: true, suspend: true }, QUEUED),
      experiment(),
      inferenceService('Standard'),
      object('v1', 'Secret', 'certificate', { type: 'Opaque' }),
      object('v1', 'Service', 'web', { spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] } }),
      object('v1', 'ServiceAccount', 'runner', {}),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'all', {
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'example.com/all': 'true' } }] },
      }),
      object(
        'rbac.authorization.k8s.io/v1',
        'ClusterRole',
        'some',
        { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
        { labels: { 'example.com/all': 'true' } },
      ),
    );
    await write('trainjob/tune', {
      spec: {
        suspend: false,
        managedBy: 'trainer.kubeflow.org/trainjob-controller',
        runtimePatches: [{ manager: 'kueue.x-k8s.io/manager' }],
      },
    });
    await write('pytorchjob/elastic', {
      spec: {
        runPolicy: { suspend: false },
        pytorchReplicaSpecs: { Worker: { replicas: 5, template: { spec: { nodeSelector: { gpu: 'a100' } } } } },
      },
    });
    await write('experiment/search', {
      spec: {
        parallelTrialCount: 3,
        resumePolicy: 'Never',
        objective: { metricStrategies: [{ name: 'accuracy', value: 'max' }] },
        metricsCollectorSpec: { collector: { kind: 'StdOut' } },
        parameters: [{ name: 'lr', parameterType: 'double', feasibleSpace: { min: '0.1', max: '0.2', distribution: 'uniform' } }],
      },
    });
    await write('inferenceservice/resnet', {
      spec: { predictor: { model: { protocolVersion: 'v1', name: '', resources: { requests: { cpu: '1' } } } } },
    });
    await write('secret/certificate', { data: { 'tls.crt': 'YQ==' } });
    await write('serviceaccount/runner', { imagePullSecrets: [{ name: 'cluster' }] });
    await stack.project.refresh();
    expect(await stack.changes()).toEqual({});
    await stack.project.destroy();
  });

  test('are replaced by a change of what they keep for life, and otherwise change in place', async () => {
    const stack = await ObjectsStack.init(engine().backend, 'changed');
    const identities = async () =>
      new Map(
        await Promise.all(
          CHANGES.map(async ({ before: { kind, metadata } }) => {
            const [found] = await kubectl().get(kind, metadata);
            return [nameOf({ kind, metadata }), found?.metadata.uid] as const;
          }),
        ),
      );
    const expected = (changes: readonly Change[]) =>
      Object.fromEntries(changes.map(({ becomes, after }) => [nameOf(after), becomes]));

    await stack.up(namespace, ...CHANGES.map(({ before }) => before));
    const earlier = await identities();
    await stack.declare(namespace, ...CHANGES.map(({ before, after, unseen }) => (unseen ? before : after)));
    expect(await stack.changes()).toEqual(expected(CHANGES.filter(({ unseen }) => !unseen)));
    await stack.up(namespace, ...CHANGES.map(({ after }) => after));
    const later = await identities();
    const happened = [...later].map(([name, uid]) => [name, uid === earlier.get(name) ? 'update' : 'replace']);
    expect(Object.fromEntries(happened)).toEqual(expected(CHANGES));
    expect(await stack.changes()).toEqual({});
    await stack.project.destroy();
  });
});

/** As the name of a resource with its kind. */
function nameOf({ kind, metadata: { name, namespace } }: Sample): string {
  return `${kind}::${namespace ? `${namespace}/` : ''}${name}`;
}
