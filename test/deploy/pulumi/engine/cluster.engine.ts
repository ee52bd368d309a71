/** How a deployment lives with a cluster: addresses, finalizers, imports, objects that stay, with Pulumi's real engine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kubeflow } from '../../../../lib';
import { Pool } from '../../../../lib/core/schemas/pool';
import type { KubernetesObject } from '../../../e2e/kubectl';
import { isOnPath } from './missing';
import { establish, ObjectsStack } from './objects';
import { ProfileController } from './profile-controller';
import { namespace, object, template } from './samples';
import { onEngine } from './suite';

const profile = Pool.at(kubeflow.profiles.schemas as string).definition(kubeflow.profiles.definition) as KubernetesObject;

const deployment = object('apps/v1', 'Deployment', 'web', {
  spec: { selector: { matchLabels: { app: 'web' } }, template: template('web:1') },
});

const loadBalancer = (annotations: Record<string, string> = {}) =>
  object(
    'v1',
    'Service',
    'web',
    { spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] } },
    { annotations },
  );

const configMap = (name: string, greeting: string, metadata: object = {}) =>
  object('v1', 'ConfigMap', name, { data: { greeting } }, metadata);

onEngine('a deployment and its cluster', (engine) => {
  const kubectl = () => engine().kubectl;
  const init = (name: string) => ObjectsStack.init(engine().backend, name);

  describe('a Service that gets an address from outside', () => {
    let stack: ObjectsStack;

    beforeAll(async () => {
      stack = await init('addresses');
    });

    test('is waited for until it has the address', async () => {
      const up = stack.up(namespace, deployment, loadBalancer());
      const isThere = async () => (await kubectl().get('service', { namespace: 'team', name: 'web' })).length > 0;
      while (!(await isThere())) await sleep(500);
      const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };
      await kubectl().patch('service/web', { status }, { namespace: 'team', subresource: 'status' });
      await up;
      const outputs = await stack.project.run('stack', 'export');
      expect(outputs).toContain('192.0.2.1');
      await stack.up(namespace, deployment);
    });

    test('is told of when nobody gives it one', async () => {
      const up = stack.up(namespace, deployment, loadBalancer({ 'pulumi.com/timeoutSeconds': '5' }));
      await expect(up).rejects.toThrow(/team\/web.*[\s\S]*(IP|address|cloud provider)/);
    });

    test('is not waited for when it says so, for clusters that give out no addresses', async () => {
      await stack.up(namespace, deployment, loadBalancer({ 'pulumi.com/skipAwait': 'true' }));
      expect(await stack.changes()).toEqual({});
      await stack.project.destroy();
    });
  });

  test('a Profile leaves before the controller that has to clean up after it', async () => {
    await establish(kubectl(), [profile]);
    const controller = new ProfileController(kubectl());
    try {
      const stack = await init('profiles');
      const inTheProfile = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'ml-team-a' },
        data: {},
      };
      await stack.up(...ProfileController.objects, ProfileController.profile('ml-team-a'), inTheProfile);
      expect(await kubectl().get('configmap', { namespace: 'ml-team-a', name: 'settings' })).toHaveLength(1);
      expect(await stack.changes()).toEqual({});
      await stack.project.destroy();
      expect(await kubectl().get('profiles.kubeflow.org')).toEqual([]);
      expect(controller.finalized).toEqual(['ml-team-a']);
    } finally {
      await controller.stop();
    }
  });

  test('what stays when a stack is destroyed is taken over by the next one, with all that has changed since', async () => {
    const stack = await init('retained');
    await stack.project.configure('retain', 'data');
    const claim = (labels: Record<string, string>) =>
      object(
        'v1',
        'PersistentVolumeClaim',
        'data',
        { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
        { labels },
      );
    const found = async () => (await kubectl().get('persistentvolumeclaim', { namespace: 'team', name: 'data' }))[0]?.metadata;
    await stack.up(namespace, claim({ owner: 'ada', stage: 'draft' }), configMap('settings', 'hello'));
    const earlier = await found();
    await stack.project.destroy();
    expect(await found()).toMatchObject({ uid: earlier?.uid });
    expect(await kubectl().get('configmap', { namespace: 'team', name: 'settings' })).toEqual([]);
    await stack.up(namespace, claim({ owner: 'grace' }));
    expect(await found()).toMatchObject({ uid: earlier?.uid, labels: { owner: 'grace' } });
    expect((await found())?.labels).not.toHaveProperty('stage');
    await stack.project.configure('retain', 'nothing');
    await stack.project.up();
    await stack.project.destroy();
  });

  test("what the SDK's own commands import is the same resource as ours", async () => {
    const stack = await init('imported');
    await stack.up(namespace, configMap('settings', 'hello'));
    await kubectl().applyObjects([configMap('found', 'hello') as unknown as KubernetesObject]);
    const [before] = await kubectl().get('configmap', { namespace: 'team', name: 'found' });
    const resources = await stack.project.resources();
    const parent = resources.find(({ type }) => type === 'kubeflow:index:Construct')?.urn;
    const provider = resources.find(({ type }) => type === 'pulumi:providers:kubernetes')?.urn;
    await stack.project.run(
      ...[
        'import',
        'kubernetes:core/v1:ConfigMap',
        'team/found',
        'team/found',
        '--yes',
        '--protect=false',
        '--generate-code=false',
      ],
      ...['--parent', `parent=${parent}`, '--provider', `provider=${provider}`, '--skip-preview'],
    );
    for (const greeting of ['hello', 'good morning']) {
      await stack.declare(namespace, configMap('settings', 'hello'), configMap('found', greeting));
      expect(await stack.changes()).toEqual({ 'ConfigMap::team/found': 'update' });
      await stack.project.up();
    }
    const [after] = await kubectl().get('configmap', { namespace: 'team', name: 'found' });
    expect(after).toMatchObject({ metadata: { uid: before?.metadata.uid }, data: { greeting: 'good morning' } });
    await stack.project.destroy();
  });

  test('what a preview does not know is unknown in it, and known in the cluster', async () => {
    const stack = await init('unknown');
    await stack.project.configure('late', 'true');
    await stack.declare(configMap('settings', 'hello'), namespace);
    const step = (await stack.project.preview()).find(({ urn }) => urn.endsWith('::team/late'));
    expect(step?.newState?.inputs?.data).toEqual({ known: 'yes', first: UNKNOWN });
    await stack.project.up();
    const [late] = await kubectl().get('configmap', { namespace: 'team', name: 'late' });
    expect(late).toMatchObject({ data: { known: 'yes', first: 'id: team/settings' } });
    await stack.project.destroy();
  });

  (isOnPath('pulumi-resource-random') ? test : test.skip)(
    'a generated password stands in the cluster, and not in the state',
    async () => {
      const stack = await init('generated');
      await stack.project.configure('password', 'true');
      await stack.up(namespace);
      const [secret] = await kubectl().get<KubernetesObject & { data: { password: string } }>('secret', {
        namespace: 'default',
        name: 'generated',
      });
      const encoded = secret?.data.password ?? '';
      const generated = Buffer.from(encoded, 'base64').toString();
      expect(generated).toMatch(/^[A-Za-z0-9]{32}$/);
      const state = await stack.project.run('stack', 'export');
      expect(state).toContain('default/generated');
      expect(state).not.toContain(generated);
      expect(state).not.toContain(encoded);
      expect(await stack.project.preview()).toEqual([]);
      await stack.project.destroy();
    },
  );
});

/** What stands in a plan for a value that a preview does not know. */
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
