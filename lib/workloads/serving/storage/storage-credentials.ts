import { Construct } from 'constructs';
import { secrets, serviceaccounts } from '../../../../crds-imports/core';
import { KubeObject, refuse } from '../../../core';
import { nameOf } from '../../pod/env';
import { type AzureCredentials, azureCredential } from './credentials/azure';
import type { Credential, GivenSecret, WrittenSecret } from './credentials/credential';
import { type GcsCredentials, gcsCredential } from './credentials/gcs';
import { type HdfsCredentials, hdfsCredential } from './credentials/hdfs';
import { type HttpsCredentials, httpsCredential } from './credentials/https';
import { type HuggingFaceCredentials, huggingFaceCredential } from './credentials/hugging-face';
import { type S3Credentials, s3Credential } from './credentials/s3';

/** Stores that a server may load its model from. At least one. */
export interface StorageCredentialsProps {
  /** @default - no access of its own */
  readonly s3?: S3Credentials;
  /** @default - no access of its own */
  readonly gcs?: GcsCredentials;
  /** @default - no access of its own */
  readonly azure?: AzureCredentials;
  /** Web servers by host: `{ 'models.example.com': { secret: 'models-headers' } }`. @default - none that asks for headers */
  readonly https?: Readonly<Record<string, HttpsCredentials>>;
  /** @default - no access */
  readonly hdfs?: HdfsCredentials;
  /** @default - public models only */
  readonly huggingFace?: HuggingFaceCredentials;
}

/**
 * Access to the stores of models: a ServiceAccount of the construct's id, which names the Secrets that KServe reads. Give it to a server as
 * `credentials`. Secrets are those that the namespace has; one is written only from values that are given here, and those stand in the YAML.
 * With Pulumi give values as Outputs (`asString(output)`), which stay secret.
 *
 * @example
 * const credentials = new StorageCredentials(team, 'models', { s3: { secret: 'aws' }, huggingFace: { secret: 'hub' } });
 * new ModelServer(team, 'iris', { model: Model.sklearn('s3://models/iris'), credentials });
 *
 * @see https://github.com/kserve/kserve/blob/v0.18.0/pkg/credentials/service_account_credentials.go
 */
export class StorageCredentials extends Construct {
  /** Name of the ServiceAccount. */
  readonly name: string;
  /** Names of the Secrets that it lists. */
  readonly secrets: readonly string[];
  private readonly credentials: readonly Credential[];

  /** @throws ConstructError when a credential is malformed, or when a Secret that only the cluster knows would have to be annotated */
  constructor(scope: Construct, id: string, props: StorageCredentialsProps) {
    super(scope, id);
    this.name = id;
    this.credentials = credentialsOf(props);
    const problems = this.problems();
    refuse(this, problems);
    this.secrets = this.credentials.flatMap(({ source }) => (source ? [this.secret(source)] : []));
    const annotations = Object.assign({}, ...this.credentials.map(({ serviceAccount }) => serviceAccount ?? {}));
    new KubeObject(this, 'Resource', serviceaccounts, {
      metadata: { name: id, ...(Object.keys(annotations).length > 0 && { annotations }) },
      ...(this.secrets.length > 0 && { secrets: this.secrets.map((name) => ({ name })) }),
    });
  }

  /** The kinds of stores that it opens, as messages name them. */
  get stores(): readonly string[] {
    return this.credentials.map(({ store }) => store);
  }

  /** Whether it has access to where a URI points. */
  opens(uri: string): boolean {
    return this.credentials.some(({ opens }) => opens.test(uri));
  }

  private problems(): string[] {
    return [
      ...(this.credentials.length === 0 ? ['no store is named; give s3, gcs, azure, https, hdfs or huggingFace'] : []),
      ...this.credentials.flatMap(({ problems = [] }) => problems),
      ...this.shared().map(
        (name) => `the Secret ${name} is given for several stores, KServe takes it for one; give each its own`,
      ),
      ...this.credentials.flatMap(({ store, source }) => {
        const annotations = Object.keys(source?.annotations ?? {});
        return source && 'secret' in source && annotations.length > 0 && !annotatable(source.secret)
          ? [
              `the connection to ${store} would be annotations (${annotations.join(', ')}) of the Secret ${nameOf(source.secret)}, which is not declared here; write them there, and leave them out here`,
            ]
          : [];
      }),
    ];
  }

  /** Names of Secrets that are given for more than one store. */
  private shared(): string[] {
    const names = this.credentials.flatMap(({ source }) => (source && 'secret' in source ? [nameOf(source.secret)] : []));
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  }

  /** The name of a credential's Secret, which is written, or annotated, where it has to be. */
  private secret(source: WrittenSecret | GivenSecret): string {
    const { annotations = {} } = source;
    if ('secret' in source) {
      const { secret } = source;
      if (annotatable(secret)) for (const [key, value] of Object.entries(annotations)) secret.metadata.addAnnotation(key, value);
      return nameOf(secret);
    }
    const name = `${this.name}-${source.suffix}`;
    new KubeObject(this, source.suffix, secrets, {
      metadata: { name, ...(Object.keys(annotations).length > 0 && { annotations }) },
      type: 'Opaque',
      // The server keeps it as data; text is written, so that a value that only the deployment knows can take its place.
      stringData: source.data,
      ...(source.binary && { data: source.binary }),
    });
    return name;
  }
}

/** A Secret of cdk8s-plus that is declared, not imported by name. */
interface Annotatable {
  readonly name: string;
  readonly metadata: { addAnnotation(key: string, value: string): void };
}

function annotatable(secret: object | string): secret is Annotatable {
  return typeof secret === 'object' && 'metadata' in secret;
}

function credentialsOf({ s3, gcs, azure, https = {}, hdfs, huggingFace }: StorageCredentialsProps): Credential[] {
  return [
    ...(s3 ? [s3Credential(s3)] : []),
    ...(gcs ? [gcsCredential(gcs)] : []),
    ...(azure ? [azureCredential(azure)] : []),
    ...Object.entries(https).map(([host, options]) => httpsCredential(host, options)),
    ...(hdfs ? [hdfsCredential(hdfs)] : []),
    ...(huggingFace ? [huggingFaceCredential(huggingFace)] : []),
  ];
}
