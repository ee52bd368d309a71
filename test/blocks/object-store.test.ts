import { Credentials, ObjectStore } from '../../lib/blocks';
import { teamChart, thrown } from '../support/app';

const credentials = Credentials.existing('s3', { accessKey: 'ACCESS' });
const options = { host: 's3.example.com', bucket: 'models', credentials };

test('a bucket that is there is told as it is', () => {
  expect(ObjectStore.externalS3(options).connect(teamChart(), 'client')).toStrictEqual({
    host: 's3.example.com',
    port: 443,
    bucket: 'models',
    region: 'us-east-1',
    tls: true,
    accessKey: { name: 's3', key: 'ACCESS' },
    secretKey: { name: 's3', key: 'secretKey' },
  });
  expect(ObjectStore.externalS3({ ...options, tls: false }).connect(teamChart(), 'client').port).toBe(80);
  expect(ObjectStore.externalS3({ ...options, tls: false, port: 9000 }).connect(teamChart(), 'client').port).toBe(9000);
});

test.each([
  [{ host: 'https://s3.example.com' }, 'host is "https://s3.example.com"'],
  [{ port: 70000 }, 'port is 70000'],
  [{ bucket: 'Models' }, 'bucket is "Models"'],
  [{ bucket: 'ab' }, 'bucket is "ab"'],
])('refuses %j', (wrong, message) => {
  expect(thrown(() => ObjectStore.externalS3({ ...options, ...wrong }).connect(teamChart(), 'client')).message).toContain(
    `team: object store: ${message}`,
  );
});
