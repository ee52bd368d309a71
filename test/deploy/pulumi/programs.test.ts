import { MOVED } from '../../../lib/deploy/pulumi';
import { environments } from '../../../stacks/platform';
import { settings } from '../../../stacks/settings';
import { type RecordOptions, record, secretValue } from './recorder';

// A whole platform goes over the wire.
jest.setTimeout(180_000);

/** A program runs when it is loaded for the first time. */
function run(program: string, options?: RecordOptions) {
  return record<Record<string, unknown>>(() => require(program), options);
}

const EXAMPLES = '../../../examples/pulumi';
const CONFIG = {
  'project:kubeconfig': 'kind: Config',
  'project:registry': 'registry.example.com',
  'project:platform': 'org/platform/main',
};

describe('the examples', () => {
  test('deploy the platform to a cluster that the same program makes', async () => {
    const recording = await run(`${EXAMPLES}/cluster`, {
      outputs: ({ type }) => ({ stdout: 'kind: Config', ...(type.endsWith(':RandomPassword') && { result: 'generated' }) }),
    });
    const [provider] = recording.ofType('pulumi:providers:kubernetes');
    expect(secretValue(provider?.inputs.kubeconfig)).toBe('kind: Config');
    expect(provider?.dependsOn).toContain(recording.get('cluster', 'command:local:Command').urn);
    expect(JSON.stringify(secretValue(recording.get('kubeflow/store-credentials').inputs.stringData))).toContain('generated');
  });

  test('deploy one stack per tenant, which reads from the stack of the platform', async () => {
    const platform = await run(`${EXAMPLES}/platform`, { config: CONFIG });
    expect(platform.get('kubeflow/training-operator', 'kubernetes:apps/v1:Deployment')).toBeDefined();
    expect(Object.keys(platform.result)).toEqual(expect.arrayContaining(['kubeconfig', 'registry']));

    const outputs = { kubeconfig: 'kind: Config', registry: 'registry.example.com' };
    const tenant = await run(`${EXAMPLES}/tenant`, {
      config: CONFIG,
      outputs: ({ type }) => (type === 'pulumi:pulumi:StackReference' ? { outputs } : {}),
    });
    expect(JSON.stringify(tenant.get('stack/imagenet-resnet50').inputs)).toContain(
      '"image":"registry.example.com/stack/resnet-train:1.4"',
    );
    expect(tenant.get('stack', 'kubernetes:core/v1:Namespace')).toBeDefined();
  });
});

describe('the program of this repository', () => {
  test('deploys the environment of the configuration, with its component options', async () => {
    const config = { 'project:components': '{"certManager":{"replicas":3}}', 'project:definitions': 'existing' };
    const recording = await run('../../../stacks/pulumi', { config });
    const { inputs } = recording.get('cert-manager/cert-manager', 'kubernetes:apps/v1:Deployment');
    expect(inputs.spec).toMatchObject({ replicas: 3 });
    expect(recording.ofType('kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition')).toEqual([]);
  });

  const configured = async (values: Record<string, string>) => {
    const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [`project:${key}`, value]));
    return (await record(() => settings(), { config })).result;
  };

  test('deploys everything of the laptop by default', async () => {
    expect(await configured({})).toEqual({ environment: environments.laptop, definitions: 'included', retain: 'data' });
  });

  test.each([
    [{ environment: 'moon' }, /project:environment is "moon", must be laptop, mesh or production/],
    [{ retain: 'some' }, /project:retain is "some", must be data or nothing/],
    [
      { components: '{"certManager":{"replicas":"3"}}' },
      /project:components\.certManager\.replicas: Type 'string' is not assignable to type 'number'/,
    ],
    [{ components: '{"certManger":{}}' }, /project:components\.certManger: .*'KubeflowComponents'/],
  ])('refuses %j', async (values, message) => {
    await expect(configured(values as Record<string, string>)).rejects.toThrow(message);
  });
});

test('the table of moves names paths, each place once', () => {
  const paths = MOVED.flatMap(({ from, to }) => [from, to]);
  expect(paths.every((path) => /^[^/]+(\/[^/]+)*$/.test(path))).toBe(true);
  expect(new Set(MOVED.map(({ from }) => from)).size).toBe(MOVED.length);
});
