import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import {
  Assembly,
  apps,
  type Body,
  Credentials,
  core,
  KubeflowPlatform,
  KubeObject,
  Model,
  ModelServer,
  noCredentials,
  SqlDatabase,
  serving,
  TrainingJob,
  tuning,
} from '../../../lib';
import { asField, asString, credentialsOf, Deployment, password } from '../../../lib/deploy/pulumi';
import { type Recording, type RecordOptions, record, secretValue, UNKNOWN } from './recorder';

type ConfigMap = core.ConfigMap;

const app = (add: (chart: Chart) => void) => {
  const root = new App();
  add(new Chart(root, 'team', { namespace: 'team' }));
  return root;
};

/** Deploys a chart that is made inside the program, where there are Outputs. */
const deploy = (add: (chart: Chart) => void, options?: RecordOptions): Promise<Recording<Deployment>> =>
  record(() => new Deployment('main', { app: app(add), checks: noCredentials }), options);

const settings = (chart: Chart, body: Omit<Body<ConfigMap>, 'metadata'>, annotations: Record<string, string> = {}) =>
  new KubeObject(chart, 'settings', core.configmaps, { metadata: { name: 'settings', annotations }, ...body });

class Bucket extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string) {
    super('cloud:storage:Bucket', name, { name: undefined });
  }
}

const cloud: RecordOptions = { outputs: ({ type }) => (type === 'cloud:storage:Bucket' ? { name: 'models-4711' } : {}) };

describe('an Output', () => {
  test('stands in the body of an object', async () => {
    const recording = await deploy((chart) =>
      settings(chart, { data: { domain: pulumi.output('kubeflow.example.com') as never } }),
    );
    expect(recording.get('team/settings').inputs.data).toEqual({ domain: 'kubeflow.example.com' });
  });

  test('stands in an annotation', async () => {
    const arn = pulumi.output('arn:aws:iam::1:role/a');
    const recording = await deploy((chart) => settings(chart, {}, { role: arn as never, other: asString(arn) }));
    expect(recording.get('team/settings').inputs.metadata).toMatchObject({
      annotations: { role: 'arn:aws:iam::1:role/a', other: 'arn:aws:iam::1:role/a' },
    });
  });

  test('is what an option takes as text, also as a part of it, and brings its dependencies', async () => {
    const recording = await deploy((chart) => {
      const bucket = new Bucket('models');
      new ModelServer(chart, 'resnet50', { model: Model.pytorch(`s3://${asString(bucket.name)}/resnet50/`) });
    }, cloud);
    const { inputs, dependsOn } = recording.get('team/resnet50');
    expect(inputs.spec).toMatchObject({ predictor: { model: { storageUri: 's3://models-4711/resnet50/' } } });
    expect(dependsOn).toContain(recording.get('models').urn);
  });

  test('is an image', async () => {
    const recording = await deploy((chart) => {
      new TrainingJob(chart, 'mnist', {
        pytorch: { master: 1 },
        image: `${asString(pulumi.output('registry.example.com'))}/mnist:1`,
      });
    });
    expect(JSON.stringify(recording.get('team/mnist').inputs)).toContain('"image":"registry.example.com/mnist:1"');
  });

  test('is a switch', async () => {
    const recording = await deploy((chart) => {
      new TrainingJob(chart, 'mnist', {
        pytorch: { master: 1 },
        image: 'mnist:1',
        runPolicy: { suspend: asField(pulumi.output(true)) },
      });
    });
    expect(recording.get('team/mnist').inputs.spec).toMatchObject({ runPolicy: { suspend: true } });
  });

  test('keeps the type of a field that is no text', async () => {
    const recording = await deploy((chart) => {
      new KubeObject(chart, 'web', apps.deployments, {
        metadata: { name: 'web' },
        spec: {
          replicas: asField(pulumi.output(3)),
          selector: { matchLabels: { app: 'web' } },
          template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
        },
      });
    });
    expect(recording.get('team/web').inputs.spec).toMatchObject({ replicas: 3 });
  });

  test('is a domain, the host of a database and a registry of a platform', async () => {
    const recording = await record(() => {
      const root = new App();
      new KubeflowPlatform(root, 'kubeflow', {
        components: {
          ...serving(),
          kserve: { urls: { domain: asString(pulumi.output('models.example.com')) } },
          ...tuning({
            database: SqlDatabase.externalPostgres({
              host: asString(pulumi.output('db.example.com')),
              user: 'katib',
              credentials: Credentials.existing('katib-database'),
            }),
          }),
        },
        images: { registry: asString(pulumi.output('registry.example.com')) },
      });
      return new Deployment('main', { app: root, definitions: 'existing' });
    });
    const inputs = (name: string, kind: string) => JSON.stringify(recording.get(name, `kubernetes:${kind}`).inputs);
    expect(inputs('kubeflow/inferenceservice-config', 'core/v1:ConfigMap')).toContain('models.example.com');
    expect(inputs('kubeflow/katib-db-manager', 'apps/v1:Deployment')).toContain('"value":"db.example.com"');
    expect(inputs('kubeflow/katib-db-manager', 'apps/v1:Deployment')).toContain('"image":"registry.example.com/');
  });

  test('that is secret makes what it is in a secret', async () => {
    const recording = await deploy((chart) =>
      settings(chart, { data: { dsn: `mysql://root:${asString(pulumi.secret('pw'))}@db/` } }),
    );
    const { data } = recording.get('team/settings').inputs as { data: { dsn: unknown } };
    expect(secretValue(data.dsn) ?? secretValue(data)).toEqual(
      secretValue(data) ? { dsn: 'mysql://root:pw@db/' } : 'mysql://root:pw@db/',
    );
  });

  test('that a preview does not know is unknown, and nothing else is', async () => {
    const recording = await deploy(
      (chart) => {
        const bucket = new Bucket('models');
        settings(chart, { data: { known: 'yes', uri: `s3://${asString(bucket.name)}/` } });
      },
      { preview: true },
    );
    expect(recording.get('team/settings').inputs.data).toEqual({ known: 'yes', uri: UNKNOWN });
  });

  test('is escaped inside JSON, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (value) => {
        const recording = await deploy((chart) =>
          settings(chart, { data: { json: JSON.stringify({ key: asString(pulumi.output(value)) }) } }),
        );
        const { data } = recording.get('team/settings').inputs as { data: { json: string } };
        expect(JSON.parse(data.json)).toEqual({ key: value });
      }),
      { numRuns: 20 },
    );
  });

  test('in a string template is an error that names the field', async () => {
    const lost = (chart: Chart) => settings(chart, { data: { url: `https://${pulumi.output('a.example.com')}/` } });
    await expect(deploy(lost)).rejects.toThrow(
      /team\/settings: .*data\.url has an Output in a string template; put asString.* \(pulumi\/lost-output\)/,
    );
  });

  test('cannot name an object or a field', async () => {
    const named = (chart: Chart) => {
      const late = asString(pulumi.output('x'));
      new KubeObject(chart, 'a', core.configmaps, { metadata: { name: late } });
      new KubeObject(chart, 'b', core.configmaps, { metadata: { name: 'b' }, data: { [late]: 'value' } });
    };
    await expect(deploy(named)).rejects.toThrow(
      /metadata\.name names the object.*\n.*has a name that only the deployment knows.* \(pulumi\/output-in-name\)/,
    );
  });

  test('cannot be written as YAML: the error names the construct and the field', () => {
    const late = app((chart) => settings(chart, { data: { domain: asString(pulumi.output('x')) } }));
    expect(Assembly.of(late).findings).toEqual([
      expect.objectContaining({
        severity: 'error',
        path: 'team/settings',
        message: expect.stringMatching(/data\.domain holds a value that only a deployment knows/),
      }),
    ]);
    expect(() => late.synth()).toThrow(/data\.domain holds a value that only a deployment knows/);
  });

  test('itself cannot be written as YAML either, in a body or in an annotation', () => {
    const output = pulumi.output('x') as never;
    for (const late of [
      app((chart) => settings(chart, { data: { domain: output } })),
      app((chart) => settings(chart, {}, { domain: output })),
    ])
      expect(Assembly.of(late).findings[0]?.message).toMatch(/domain is a OutputImpl.* needs a deployment/);
  });

  test('cannot be written as YAML after the same app was deployed, either', async () => {
    const late = app((chart) => settings(chart, { data: { domain: asString(pulumi.output('x')) } }));
    await record(() => new Deployment('main', { app: late }));
    expect(() => late.synth()).toThrow(/only a deployment knows/);
  });
});

describe('a generated password', () => {
  test('is a secret of the state, in a Secret that no check refuses', async () => {
    const recording = await deploy(
      (chart) =>
        new KubeObject(chart, 'db', core.secrets, {
          metadata: { name: 'db' },
          stringData: { password: asString(password('db')) },
        }),
      { outputs: ({ type }) => (type === 'random:index/randomPassword:RandomPassword' ? { result: 'generated' } : {}) },
    );
    expect(recording.get('db').inputs).toMatchObject({ length: 32, special: false });
    expect(JSON.stringify(secretValue(recording.get('team/db').inputs.stringData))).toContain('generated');
    expect(recording.get('team/db').dependsOn).toContain(recording.get('db').urn);
  });

  test('is what a component takes in place of credentials for development', async () => {
    const recording = await record(
      () => {
        const root = new App();
        const database = SqlDatabase.bundledMySql({ credentials: credentialsOf(password('katib')) });
        new KubeflowPlatform(root, 'kubeflow', { components: tuning({ database }) });
        return new Deployment('main', { app: root, definitions: 'existing', checks: noCredentials });
      },
      { outputs: ({ type }) => (type === 'random:index/randomPassword:RandomPassword' ? { result: 'generated' } : {}) },
    );
    const secret = recording.get('kubeflow/katib-mysql-credentials');
    expect(JSON.stringify(secretValue(secret.inputs.stringData))).toContain('generated');
    const store = recording.resources.filter(({ type }) => /apps\/v1:(Deployment|StatefulSet)$/.test(type));
    expect(JSON.stringify(store.map(({ inputs }) => inputs))).toContain('"key":"password","name":"katib-mysql-credentials"');
    expect(JSON.stringify(store.map(({ inputs }) => inputs))).not.toContain('generated');
  });

  test('written out is refused by the same check', async () => {
    const written = (chart: Chart) =>
      new KubeObject(chart, 'db', core.secrets, { metadata: { name: 'db' }, stringData: { password: 'root' } });
    await expect(deploy(written)).rejects.toThrow('holds a well-known value');
  });
});
