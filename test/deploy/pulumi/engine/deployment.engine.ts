/** Deploys the slice of the platform with Pulumi's real engine, and what happens to a deployment in its life. */
import type { Definitions } from '../../../../lib/deploy/pulumi';
import type { KubernetesObject } from '../../../e2e/kubectl';
import { PlayedControllers } from './controllers';
import type { Project } from './project';
import { onEngine, timed } from './suite';

const OPERATOR = 'kubernetes:apps/v1:Deployment::kubeflow/training-operator';
const SETTINGS = 'kubernetes:core/v1:ConfigMap::team/settings';

onEngine('the engine', (engine) => {
  let played: PlayedControllers;
  let project: Project;
  let before: string[];
  let beforeRest: string[];

  const kubectl = () => engine().kubectl;

  beforeAll(async () => {
    before = await inventory();
    played = new PlayedControllers(kubectl());
    project = engine().backend.project('engine', 'test/deploy/pulumi/engine/programs/slice.js');
  });

  afterAll(() => played?.stop());

  /** What could be left behind. */
  async function inventory(): Promise<string[]> {
    const kinds = 'crd,namespaces,clusterroles,clusterrolebindings,mutatingwebhookconfigurations,validatingwebhookconfigurations';
    return (await kubectl().run(['get', kinds, '-o', 'name'])).trim().split('\n').sort();
  }

  /** Every resource of the state is in the cluster, and there is nothing to do. */
  async function expectWhole(): Promise<void> {
    const objects = (await project.resources()).filter(({ type, custom }) => custom && type.startsWith('kubernetes:'));
    const documents = objects.map(({ inputs }) => JSON.stringify(inputs)).join('\n---\n');
    const found = JSON.parse(await kubectl().run(['get', '-f', '-', '-o', 'json'], documents)) as { items: KubernetesObject[] };
    expect(found.items).toHaveLength(objects.length);
    expect(await project.preview()).toEqual([]);
  }

  const changed = async () => (await project.preview()).map(({ op, urn }) => `${op} ${urn.replace(/^.*\$/, '')}`);

  /** A stack without retained objects, so that nothing is left behind. */
  async function stack(name: string, definitions: Definitions): Promise<void> {
    await project.run('stack', 'init', name);
    await project.configure('retain', 'nothing');
    await project.configure('definitions', definitions);
  }

  test('installs everything in one up, after which there is nothing to do, and destroys it', async () => {
    await stack('whole', 'included');
    await timed('up', () => project.up());
    expect(await timed('preview, nothing changed', () => project.preview())).toEqual([]);
    await expectWhole();
    await timed('destroy', () => project.destroy());
    expect(await inventory()).toEqual(before);
  });

  test('installs definitions as a stack of their own, and the rest as another', async () => {
    await stack('definitions', 'only');
    await timed('up, definitions alone', () => project.up());
    beforeRest = await inventory();
    await stack('rest', 'existing');
    await timed('up, without definitions', () => project.up());
    expect(await timed('preview, nothing changed, without definitions', () => project.preview())).toEqual([]);
    await expectWhole();
    expect((await project.resources()).filter(({ type }) => type.endsWith(':CustomResourceDefinition'))).toEqual([]);
  });

  test('puts Outputs into the objects', async () => {
    const [settings] = await kubectl().get('configmap', { namespace: 'team', name: 'settings' });
    expect(settings).toMatchObject({ data: { address: 'https://kubeflow.example.com/' } });
  });

  test('keeps what is secret out of the state', async () => {
    const state = await project.run('stack', 'export');
    expect(state).toContain('team/credentials');
    expect(state).not.toContain('correct horse');
    expect(state).not.toContain(Buffer.from('correct horse').toString('base64'));
  });

  test('what controllers write is no change, also after a refresh', async () => {
    await project.refresh();
    expect(await project.preview()).toEqual([]);
  });

  test('a change of one image touches one Deployment', async () => {
    await project.configure('image', 'registry.example.com/training-operator:next');
    expect(await changed()).toEqual([`update ${OPERATOR}`]);
    await project.up();
    const [operator] = await kubectl().get('deployment', { namespace: 'kubeflow', name: 'training-operator' });
    expect(JSON.stringify(operator)).toContain('registry.example.com/training-operator:next');
  });

  test('a ConfigMap changes in place', async () => {
    const uid = async () => (await kubectl().get('configmap', { namespace: 'team', name: 'settings' }))[0]?.metadata.uid;
    const earlier = await uid();
    await project.configure('greeting', 'good morning');
    expect(await changed()).toEqual([`update ${SETTINGS}`]);
    await project.up();
    expect(await uid()).toBe(earlier);
  });

  test('an object that has moved in the tree stays as it is', async () => {
    await project.configure('moved', 'true');
    expect(await changed()).toEqual(['create kubeflow:index:Construct::kubeflow:kubeflow/team/configuration']);
    await project.up();
  });

  test("the user's transforms reach the objects", async () => {
    await project.configure('transform', 'true');
    expect(await changed()).toEqual([`update ${SETTINGS}`]);
    await project.configure('transform', undefined);
  });

  test('destroy leaves nothing behind', async () => {
    await timed('destroy, without definitions', () => project.destroy());
    expect(await inventory()).toEqual(beforeRest);
  });

  test.each([2, 12, 30])('an up that is killed after %i cluster-wide objects resumes to the same state', async (count) => {
    await project.killedUp(async () => (await inventory()).length - beforeRest.length >= count);
    await project.run('cancel', '--yes');
    await project.refresh('--clear-pending-creates');
    await project.up();
    await expectWhole();
    await project.destroy();
    expect(await inventory()).toEqual(beforeRest);
  });
});
