import { Secret } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  Assembly,
  core,
  KubeObject,
  Model,
  ModelServer,
  noCredentials,
  StorageConfig,
  type StorageConfigProps,
  StorageCredentials,
  type StorageCredentialsProps,
  toYaml,
} from '../../../../lib';
import { findings } from '../../../../lib/core/rule';
import { assembled, errors, notes, teamChart, thrown, warnings } from '../../../support/app';
import { written } from '../../../support/written';

/** The YAML of all objects. */
function yaml(props: StorageCredentialsProps): string {
  const assembly = assembled(new StorageCredentials(teamChart(), 'models', props));
  expect(errors(assembly)).toEqual([]);
  return assembly.model.manifests.map(toYaml).join('---\n');
}

/** The objects as they are written, each with its name. */
function objects(props: StorageCredentialsProps): object[] {
  const documents = yaml(props).split('---\n');
  return documents.map((document) => ({ name: parse(document).metadata.name, ...written(document) }));
}

const refusal = (props: StorageCredentialsProps) => thrown(() => new StorageCredentials(teamChart(), 'models', props)).message;

describe('StorageCredentials', () => {
  test('write no Secret where those that exist are named', () => {
    const every = { secret: 'a' };
    const made = objects({
      s3: { secret: 'aws' },
      gcs: { secret: 'google' },
      azure: { secret: 'azure' },
      https: { 'models.example.com': { secret: 'web' } },
      hdfs: { secret: 'hadoop' },
      huggingFace: every,
    });
    const secrets = ['aws', 'google', 'azure', 'web', 'hadoop', 'a'].map((name) => ({ name }));
    expect(made).toEqual([{ kind: 'ServiceAccount', name: 'models', secrets }]);
  });

  test.each<[string, StorageCredentialsProps, object[]]>([
    [
      'an S3 key and its connection',
      {
        s3: {
          accessKeyId: 'id',
          secretAccessKey: 'key',
          endpoint: 'minio.team:9000',
          region: 'eu-central-1',
          useHttps: false,
          verifySsl: false,
          virtualBucket: true,
          accelerate: false,
          caBundle: { configMap: 'ca', file: 'minio.crt' },
        },
      },
      [
        {
          kind: 'Secret',
          name: 'models-s3',
          annotations: {
            'serving.kserve.io/s3-endpoint': 'minio.team:9000',
            'serving.kserve.io/s3-region': 'eu-central-1',
            'serving.kserve.io/s3-usehttps': '0',
            'serving.kserve.io/s3-verifyssl': '0',
            'serving.kserve.io/s3-usevirtualbucket': 'true',
            'serving.kserve.io/s3-useaccelerate': 'false',
            'serving.kserve.io/s3-cabundle-configmap': 'ca',
            'serving.kserve.io/s3-cabundle': '/etc/ssl/custom-certs/minio.crt',
          },
          type: 'Opaque',
          stringData: { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' },
        },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-s3' }] },
      ],
    ],
    [
      'a role of AWS',
      { s3: { roleArn: 'arn:aws:iam::111122223333:role/models', region: 'eu-central-1' } },
      [
        {
          kind: 'ServiceAccount',
          name: 'models',
          annotations: {
            'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/models',
            'serving.kserve.io/s3-region': 'eu-central-1',
          },
        },
      ],
    ],
    [
      'a public bucket',
      { s3: { anonymous: true, endpoint: 'http://minio.team:9000' } },
      [
        {
          kind: 'Secret',
          name: 'models-s3',
          annotations: {
            'serving.kserve.io/s3-endpoint': 'http://minio.team:9000',
            'serving.kserve.io/s3-useanoncredential': 'true',
          },
          type: 'Opaque',
          stringData: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
        },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-s3' }] },
      ],
    ],
    [
      'a key of Google',
      { gcs: { key: '{"type":"service_account"}' } },
      [
        {
          kind: 'Secret',
          name: 'models-gcs',
          type: 'Opaque',
          stringData: { 'gcloud-application-credentials.json': '{"type":"service_account"}' },
        },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-gcs' }] },
      ],
    ],
    [
      'a Google service account',
      { gcs: { googleServiceAccount: 'models@my-project.iam.gserviceaccount.com' } },
      [
        {
          kind: 'ServiceAccount',
          name: 'models',
          annotations: { 'iam.gke.io/gcp-service-account': 'models@my-project.iam.gserviceaccount.com' },
        },
      ],
    ],
    [
      'a service principal',
      { azure: { tenantId: 't', clientId: 'c', clientSecret: 's' } },
      [
        {
          kind: 'Secret',
          name: 'models-azure',
          type: 'Opaque',
          stringData: { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 's' },
        },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-azure' }] },
      ],
    ],
    [
      "a storage account's key",
      { azure: { accessKey: 'key' } },
      [
        { kind: 'Secret', name: 'models-azure', type: 'Opaque', stringData: { AZURE_STORAGE_ACCESS_KEY: 'key' } },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-azure' }] },
      ],
    ],
    [
      'headers',
      { https: { 'models.example.com': { headers: { Authorization: 'Bearer x' } } } },
      [
        {
          kind: 'Secret',
          name: 'models-https-models-example-com',
          type: 'Opaque',
          stringData: { 'https-host': 'models.example.com', headers: '{"Authorization":"Bearer x"}' },
        },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-https-models-example-com' }] },
      ],
    ],
    [
      'Hadoop with Kerberos and TLS',
      {
        hdfs: {
          namenode: 'https://hdfs.team:9871',
          rootPath: '/models',
          proxyUser: 'models',
          kerberos: { principal: 'models@EXAMPLE.COM', keytab: 'AAEC' },
          tls: { certificate: 'PEM', key: 'PEM', ca: 'PEM', skipVerify: false },
          headers: { 'X-Team': 'a' },
          threads: 4,
        },
      },
      [
        {
          kind: 'Secret',
          name: 'models-hdfs',
          type: 'Opaque',
          stringData: {
            HDFS_NAMENODE: 'https://hdfs.team:9871',
            HDFS_ROOTPATH: '/models',
            USER_PROXY: 'models',
            KERBEROS_PRINCIPAL: 'models@EXAMPLE.COM',
            TLS_CERT: 'PEM',
            TLS_KEY: 'PEM',
            TLS_CA: 'PEM',
            TLS_SKIP_VERIFY: 'false',
            HEADERS: '{"X-Team":"a"}',
            N_THREADS: '4',
          },
          data: { KERBEROS_KEYTAB: 'AAEC' },
        },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-hdfs' }] },
      ],
    ],
    [
      'a token',
      { huggingFace: { token: 'hf_x' } },
      [
        { kind: 'Secret', name: 'models-hugging-face', type: 'Opaque', stringData: { HF_TOKEN: 'hf_x' } },
        { kind: 'ServiceAccount', name: 'models', secrets: [{ name: 'models-hugging-face' }] },
      ],
    ],
  ])('say what KServe reads: %s', (_title, props, told) => {
    expect(objects(props)).toEqual(told);
  });

  test.each<[string, StorageCredentialsProps]>([
    ['no store is named', {}],
    ['the endpoint http://a:1 and useHttps: true contradict', { s3: { secret: 'a', endpoint: 'http://a:1', useHttps: true } }],
    ['the role "models" has not the form arn:aws:iam', { s3: { roleArn: 'models' } }],
    ['the key of Google Cloud Storage is not the JSON', { gcs: { key: '/path/key.json' } }],
    ['the Google service account "models" has not the form', { gcs: { googleServiceAccount: 'models' } }],
    ['the web server "https://a" is no host name', { https: { 'https://a': { headers: {} } } }],
    ['HDFS has a certificate without its key', { hdfs: { namenode: 'https://a', tls: { certificate: 'PEM' } } }],
    ['S3 is opened by secret and by roleArn; give one', { s3: { secret: 'a', roleArn: 'arn:aws:iam::111122223333:role/a' } }],
    ['Google Cloud Storage is opened by secret and by key', { gcs: { secret: 'a', key: '{}' } }],
    [
      'Azure is opened by accessKey and by clientId',
      { azure: { accessKey: 'a', tenantId: 'a', clientId: 'a', clientSecret: 'a' } },
    ],
    ['HDFS is opened by secret and by namenode', { hdfs: { secret: 'a', namenode: 'b' } }],
    ['Hugging Face is opened by secret and by token', { huggingFace: { secret: 'a', token: 'b' } }],
    ['the web server a is opened by secret and by headers', { https: { a: { secret: 'a', headers: {} } } }],
    ['the Secret a is given for several stores', { s3: { secret: 'a' }, huggingFace: { secret: 'a' } }],
  ])('refuse: %s', (words, props) => {
    expect(refusal(props)).toContain(`team/models: `);
    expect(refusal(props)).toContain(words);
  });

  test('annotate a Secret that is declared, and refuse to annotate one that only the cluster knows', () => {
    const chart = teamChart();
    const declared = new Secret(chart, 'aws', { metadata: { name: 'aws' } });
    const s3 = { region: 'eu-central-1' };
    const assembly = assembled(new StorageCredentials(chart, 'models', { s3: { secret: declared, ...s3 } }));
    expect(assembly.model.manifests.find(({ kind }) => kind === 'Secret')?.metadata.annotations).toEqual({
      'serving.kserve.io/s3-region': 'eu-central-1',
    });
    const words =
      'would be annotations (serving.kserve.io/s3-region) of the Secret aws, which is not declared here; write them there';
    expect(refusal({ s3: { secret: 'aws', ...s3 } })).toContain(words);
    const named = Secret.fromSecretName(chart, 'named', 'aws');
    expect(refusal({ s3: { secret: named, ...s3 } })).toContain(words);
    expect(yaml({ s3: { secret: named } })).toContain('- name: aws');
  });

  test('are the ServiceAccount of a server, which is missing nothing', () => {
    const chart = teamChart();
    new KubeObject(chart, 'secret', core.secrets, { metadata: { name: 'hub' } });
    const credentials = new StorageCredentials(chart, 'hub', { huggingFace: { secret: 'hub' } });
    new ModelServer(chart, 'qwen', { model: Model.huggingface('hf://a/b'), credentials });
    const assembly = assembled(chart);
    expect(errors(assembly)).toEqual([]);
    expect(notes(assembly).filter((note) => /names (Secret|ServiceAccount)/.test(note))).toEqual([]);
    expect(toYaml(assembly.model.manifests.at(-1))).toContain('serviceAccountName: hub');
  });

  test.each<[string, string[]]>([
    ['s3://bucket/iris', ['S3']],
    ['gs://bucket/iris', ['Google Cloud Storage']],
    ['hf://owner/iris', ['Hugging Face']],
    ['hdfs://iris', ['HDFS']],
    ['webhdfs://iris', ['HDFS']],
    ['https://account.blob.core.windows.net/models/iris', ['Azure']],
    ['https://account.file.core.windows.net/models/iris', ['Azure']],
    ['https://models.example.com/iris.tar', ['the web server models.example.com']],
  ])('open %s with the credentials of its store, and no others are enough', (uri, stores) => {
    const every: StorageCredentialsProps = {
      s3: { secret: 'a' },
      gcs: { secret: 'b' },
      azure: { secret: 'c' },
      https: { 'models.example.com': { secret: 'd' } },
      hdfs: { secret: 'e' },
      huggingFace: { secret: 'f' },
    };
    const opening = Object.entries(every).filter(([name, options]) =>
      new StorageCredentials(teamChart(), 'one', { [name]: options }).opens(uri),
    );
    expect(opening.flatMap(([name, options]) => new StorageCredentials(teamChart(), 'one', { [name]: options }).stores)).toEqual(
      stores,
    );
    const chart = teamChart();
    const others = new StorageCredentials(chart, 'others', { s3: { secret: 'a' } });
    new ModelServer(chart, 'iris', { model: Model.sklearn(uri), credentials: others });
    const isPublic = uri.includes('models.example.com');
    expect(warnings(assembled(chart)).join().includes('(kserve/unopened-store)')).toBe(!uri.startsWith('s3://') && !isPublic);
  });

  test('name the Secret that is missing, and a server the ServiceAccount and the claim', () => {
    const chart = teamChart();
    new StorageCredentials(chart, 'models', { huggingFace: { secret: 'hub' } });
    new ModelServer(chart, 'qwen', { model: Model.huggingface('pvc://weights/qwen'), serviceAccount: 'other' });
    const told = notes(assembled(chart)).join();
    for (const words of ['secrets[0] names Secret team/hub', 'ServiceAccount team/other', 'PersistentVolumeClaim team/weights'])
      expect(told).toContain(words);
  });
});

test('no credential is written, by the check of that name, where a bucket is public or Secrets are named', () => {
  const found = (props: StorageCredentialsProps) => {
    const { model } = assembled(new StorageCredentials(teamChart(), 'models', props));
    return findings(noCredentials, model).map(({ message }) => message);
  };
  expect(found({ s3: { anonymous: true }, huggingFace: { secret: 'hub' } })).toEqual([]);
  expect(found({ s3: { accessKeyId: '', secretAccessKey: '' } })).toHaveLength(2);
});

describe('StorageConfig', () => {
  const entries: StorageConfigProps['entries'] = {
    models: { type: 's3', bucket: 'models', accessKeyId: 'id', secretAccessKey: 'key', verifySsl: false },
    archive: { type: 'hdfs', namenode: 'https://hdfs:9871', tls: { ca: 'PEM' } },
  };

  test('is one Secret, of which models name an entry', () => {
    const chart = teamChart();
    const stores = new StorageConfig(chart, 'storage-config', { entries });
    new ModelServer(chart, 'iris', { model: Model.sklearn(stores.at('models', 'iris')) });
    const assembly = assembled(chart);
    expect(errors(assembly)).toEqual([]);
    const [secret, server] = assembly.model.manifests;
    const { models, archive } = secret?.stringData as Record<string, string>;
    expect(secret?.metadata.name).toBe('storage-config');
    expect(JSON.parse(models ?? '')).toEqual({
      type: 's3',
      bucket: 'models',
      access_key_id: 'id',
      secret_access_key: 'key',
      verify_ssl: 'false',
    });
    expect(JSON.parse(archive ?? '')).toEqual({ type: 'hdfs', HDFS_NAMENODE: 'https://hdfs:9871', TLS_CA: 'UEVN' });
    expect(server?.spec).toMatchObject({ predictor: { model: { storage: { key: 'models', path: 'iris' } } } });
  });

  test('of another name is named by the server', () => {
    const chart = teamChart();
    const stores = new StorageConfig(chart, 'stores', { entries });
    new ModelServer(chart, 'iris', { model: Model.sklearn(stores.at('archive', 'iris')) });
    expect(toYaml(Assembly.of(chart.node.root).model.manifests.at(-1))).toContain('serving.kserve.io/storageSecretName: stores');
  });

  test('refuses entries without access, none at all, and those that are not there', () => {
    const made = (given: StorageConfigProps['entries']) =>
      thrown(() => new StorageConfig(teamChart(), 'storage-config', { entries: given })).message;
    expect(made({})).toContain('it has no entries');
    expect(made({ a: { type: 's3', bucket: 'b' } })).toContain('the entry a needs accessKeyId and secretAccessKey, or anonymous');
    expect(made({ a: { type: 's3', anonymous: true, accessKeyId: 'x' } })).toContain('the entry a needs');
    const stores = new StorageConfig(teamChart(), 'storage-config', { entries });
    expect(thrown(() => stores.at('model', 'iris')).message).toContain('there is no entry model; there is models, archive');
  });
});
