import * as fc from 'fast-check';
import { StorageCredentials, type StorageCredentialsProps } from '../../../../../lib';
import { teamChart } from '../../../app';
import { workload } from '../../draft';
import { type Every, oneOf, options } from '../../options';
import { names, text, word } from '../../texts';

const secret = word.map((name) => ({ secret: name }));
const connection = oneOf(
  {},
  { endpoint: 'http://minio.team:9000', region: 'eu-central-1', verifySsl: false },
  { endpoint: 'minio.team:9000', useHttps: false, virtualBucket: true, accelerate: false, caBundle: { configMap: 'ca' } },
);

const stores: Every<StorageCredentialsProps> = {
  s3: fc.oneof(
    secret,
    connection.map((more) => ({ ...more, accessKeyId: 'id', secretAccessKey: 'key' })),
    connection.map((more) => ({ ...more, roleArn: 'arn:aws:iam::111122223333:role/models' })),
    connection.map((more) => ({ ...more, anonymous: true as const })),
  ),
  gcs: fc.oneof(secret, oneOf({ key: '{}' }, { googleServiceAccount: 'models@my-project.iam.gserviceaccount.com' })),
  azure: fc.oneof(secret, oneOf({ accessKey: 'key' }, { tenantId: 't', clientId: 'c', clientSecret: 's' })),
  https: fc.dictionary(
    oneOf('models.example.com', 'files.example.com'),
    fc.oneof(
      secret,
      text.map((token) => ({ headers: { Authorization: token } })),
    ),
    { minKeys: 1 },
  ),
  hdfs: fc.oneof(
    secret,
    oneOf({ namenode: 'https://hdfs:9871' }, { namenode: 'https://hdfs:9871', tls: { certificate: 'c', key: 'k' }, threads: 4 }),
  ),
  huggingFace: fc.oneof(
    secret,
    text.map((token) => ({ token })),
  ),
};

const props = fc.oneof(
  { weight: 5, arbitrary: options(stores, [], 1 / 3) },
  { weight: 1, arbitrary: options({ s3: fc.constant({ secret: 'aws', region: 'eu-central-1' }) }, ['s3']) },
);

/** Access to stores. */
export const storageCredentials = workload<StorageCredentialsProps>({
  title: 'StorageCredentials',
  names: names(40, 20),
  props,
  options: Object.keys(stores),
  declare: (chart, name, given) => new StorageCredentials(chart, name, given),
});

/** Access to stores for a workload in another chart: their ServiceAccount has the same name there. */
export const credentials = fc
  .tuple(word, secret)
  .map(([name, huggingFace]) => new StorageCredentials(teamChart(), name, { huggingFace }));
