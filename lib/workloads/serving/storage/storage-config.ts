import { Construct } from 'constructs';
import { secrets } from '../../../../crds-imports/core';
import { ConstructError, KubeObject, Late, refuse } from '../../../core';
import { given } from '../../pod/given';
import { type HdfsAccess, hdfsMembers } from './credentials/hdfs';
import { Storage, type StorageEntry } from './storage';

/** An S3 store of a configuration. What is given here is written into the Secret. */
export interface S3Entry {
  readonly type: 's3';
  /** @default - each model names one */
  readonly bucket?: string;
  /** URL of a store other than AWS. @default - AWS */
  readonly endpointUrl?: string;
  /** @default - the store's */
  readonly region?: string;
  /** @default - none; give anonymous then */
  readonly accessKeyId?: string;
  /** @default - none; give anonymous then */
  readonly secretAccessKey?: string;
  /** Whether the bucket is public. @default false */
  readonly anonymous?: boolean;
  /** Whether the store's certificate is verified. @default true */
  readonly verifySsl?: boolean;
  /** ConfigMap of the namespace with certificates by which the store is trusted, in `cabundle.crt`. @default - none */
  readonly caBundleConfigMap?: string;
}

/** A Hadoop cluster of a configuration. What is given here is written into the Secret. */
export interface HdfsEntry extends HdfsAccess {
  readonly type: 'hdfs' | 'webhdfs';
}

/** Options of a configuration of stores. */
export interface StorageConfigProps {
  /** Stores by the key under which models name them, at least one. KServe knows these types only; open others with StorageCredentials. */
  readonly entries: Readonly<Record<string, S3Entry | HdfsEntry>>;
}

/**
 * Access to several stores in one Secret of the construct's id, of which models name an entry. KServe looks into `storage-config`; servers
 * whose model is in another one say so by themselves.
 *
 * @example
 * const stores = new StorageConfig(team, 'storage-config', { entries: { models: { type: 's3', bucket: 'models', accessKeyId, secretAccessKey } } });
 * new ModelServer(team, 'iris', { model: Model.sklearn(stores.at('models', 'iris')) });
 *
 * @see https://github.com/kserve/kserve/blob/v0.18.0/pkg/credentials/service_account_credentials.go
 */
export class StorageConfig extends Construct {
  /** Name of the Secret. */
  readonly name: string;

  /** @throws ConstructError when it has no entries, or one without access to its store */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: StorageConfigProps,
  ) {
    super(scope, id);
    this.name = id;
    const entries = Object.entries(props.entries);
    const problems = [
      ...(entries.length === 0 ? ['it has no entries; give at least one'] : []),
      ...entries.flatMap(([key, entry]) => (entry.type === 's3' ? s3Problems(key, entry) : hdfsProblems(key, entry))),
    ];
    refuse(this, problems);
    new KubeObject(this, 'Resource', secrets, {
      metadata: { name: id },
      type: 'Opaque',
      stringData: Object.fromEntries(entries.map(([key, entry]) => [key, JSON.stringify(members(entry))])),
    });
  }

  /**
   * A model in one of the stores.
   *
   * @param key of the entry
   * @param path of the model in the store
   * @throws ConstructError when there is no such entry
   */
  at(key: string, path: string, options: Pick<StorageEntry, 'schemaPath' | 'parameters'> = {}): Storage {
    const keys = Object.keys(this.props.entries);
    if (!keys.includes(key)) throw new ConstructError(this.node.path, `there is no entry ${key}; there is ${keys.join(', ')}`);
    return Storage.configured({ key, path, secret: this, ...options });
  }
}

function s3Problems(key: string, { anonymous, accessKeyId, secretAccessKey }: S3Entry): string[] {
  const whole = accessKeyId !== undefined && secretAccessKey !== undefined;
  const none = accessKeyId === undefined && secretAccessKey === undefined;
  return (anonymous ? none : whole) ? [] : [`the entry ${key} needs accessKeyId and secretAccessKey, or anonymous: true alone`];
}

/** Files are encoded here, where nobody knows what only the deployment knows. */
function hdfsProblems(key: string, { tls = {} }: HdfsEntry): string[] {
  return Late.find(tls).map(
    ({ path }) => `the entry ${key} needs the value of tls.${path} itself, not an Output; or use StorageCredentials`,
  );
}

/** An entry under the names of the storage initializer, all of whose values are texts. */
function members(entry: S3Entry | HdfsEntry): object {
  const text = (value: boolean | undefined) => (value === undefined ? undefined : String(value));
  if (entry.type !== 's3') {
    const { TLS_CERT, TLS_KEY, TLS_CA, ...texts } = hdfsMembers(entry);
    // Files are encoded once more, since they stand in JSON.
    const files = Object.entries(given({ TLS_CERT, TLS_KEY, TLS_CA })).map(([name, pem]) => [name, base64(pem as string)]);
    return { type: entry.type, ...texts, ...Object.fromEntries(files), ...given({ KERBEROS_KEYTAB: entry.kerberos?.keytab }) };
  }
  return given({
    type: entry.type,
    bucket: entry.bucket,
    endpoint_url: entry.endpointUrl,
    region: entry.region,
    access_key_id: entry.accessKeyId,
    secret_access_key: entry.secretAccessKey,
    anonymous: text(entry.anonymous),
    verify_ssl: text(entry.verifySsl),
    cabundle_configmap: entry.caBundleConfigMap,
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
