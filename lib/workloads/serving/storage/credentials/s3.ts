import { Late } from '../../../../core';
import type { DeclaredObject } from '../../../pod/declared-object';
import { nameOf } from '../../../pod/env';
import { given } from '../../../pod/given';
import { type Credential, contradiction, type FromSecret } from './credential';

/** How an S3 store is reached. */
export interface S3Connection {
  /** Host and port, or URL, of a store other than AWS: `minio.team.svc:9000`. @default - AWS */
  readonly endpoint?: string;
  /** For instance `eu-central-1`. @default - the store's */
  readonly region?: string;
  /** Whether an endpoint without a scheme is spoken to over TLS. @default true */
  readonly useHttps?: boolean;
  /** Whether the store's certificate is verified. @default true */
  readonly verifySsl?: boolean;
  /** Whether the bucket is part of the host name. @default false */
  readonly virtualBucket?: boolean;
  /** Whether AWS's transfer acceleration is used. @default false */
  readonly accelerate?: boolean;
  /** Certificates by which the store is trusted. @default - those of the storage initializer */
  readonly caBundle?: {
    /** The ConfigMap, or the name of one that the namespace has. */
    readonly configMap: DeclaredObject | string;
    /** Key in it. @default 'cabundle.crt' */
    readonly file?: string;
  };
}

/** An access key in a Secret: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. */
export type S3Secret = S3Connection & FromSecret;

/** An access key by its values. */
export interface S3Key extends S3Connection {
  readonly accessKeyId: string;
  /** Written into a Secret. */
  readonly secretAccessKey: string;
}

/** A role of AWS that the ServiceAccount takes on (IRSA). */
export interface S3Role extends S3Connection {
  /** For instance `arn:aws:iam::111122223333:role/models`. */
  readonly roleArn: string;
}

/** A public bucket. */
export interface S3Anonymous extends S3Connection {
  readonly anonymous: true;
}

/**
 * Access to S3, or a store that speaks its protocol. KServe reads the connection from annotations of the Secret, with a role from those of
 * the ServiceAccount. A Secret that only the cluster knows cannot be annotated, so its connection has to be written there, by whoever makes it.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/pkg/credentials/s3
 */
export type S3Credentials = S3Secret | S3Key | S3Role | S3Anonymous;

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

/** Where the storage initializer finds certificates; KServe mounts the ConfigMap at the folder of the annotation. */
const CERTIFICATES = '/etc/ssl/custom-certs';

/** Access to S3 as KServe takes it. */
export function s3Credential(options: S3Credentials): Credential {
  const annotations = connection(options);
  const shared = { store: 'S3', opens: /^s3:\/\//, problems: problems(options) };
  if ('roleArn' in options)
    return { ...shared, serviceAccount: { 'eks.amazonaws.com/role-arn': options.roleArn, ...annotations } };
  if ('secret' in options) return { ...shared, source: { secret: options.secret, annotations } };
  const [id, key] = 'anonymous' in options ? ['', ''] : [options.accessKeyId, options.secretAccessKey];
  const data = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key };
  return { ...shared, source: { suffix: 's3', data, annotations } };
}

function connection(options: S3Credentials): Record<string, string> {
  const { endpoint, region, useHttps, verifySsl, virtualBucket, accelerate, caBundle } = options;
  const digit = (value: boolean | undefined) => (value === undefined ? undefined : value ? '1' : '0');
  const word = (value: boolean | undefined) => (value === undefined ? undefined : String(value));
  const members = {
    's3-endpoint': endpoint,
    's3-region': region,
    's3-usehttps': digit(useHttps),
    's3-verifyssl': digit(verifySsl),
    's3-useanoncredential': 'anonymous' in options ? 'true' : undefined,
    's3-usevirtualbucket': word(virtualBucket),
    's3-useaccelerate': word(accelerate),
    's3-cabundle-configmap': caBundle && nameOf(caBundle.configMap),
    's3-cabundle': caBundle?.file && `${CERTIFICATES}/${caBundle.file}`,
  };
  return Object.fromEntries(
    Object.entries(given(members)).map(([name, value]) => [`serving.kserve.io/${name}`, value as string]),
  );
}

function problems(options: S3Credentials): string[] {
  const { endpoint, useHttps } = options;
  const scheme = /^(https?):\/\//i.exec(endpoint ?? '')?.[1]?.toLowerCase();
  const role = 'roleArn' in options ? options.roleArn : undefined;
  return [
    ...contradiction('S3', options, ['secret', 'secretAccessKey', 'roleArn', 'anonymous']),
    ...endpointProblems(endpoint),
    ...(scheme && useHttps !== undefined && useHttps !== (scheme === 'https')
      ? [`the endpoint ${endpoint} and useHttps: ${useHttps} contradict each other; leave useHttps out`]
      : []),
    ...(role !== undefined && !Late.isIn(role) && !ROLE.test(role)
      ? [`the role ${JSON.stringify(role)} has not the form arn:aws:iam::111122223333:role/name`]
      : []),
  ];
}

/** A host, with a port and one of the schemes that KServe takes for the same as `useHttps`. */
const ENDPOINT = /^(https?:\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9]([-a-z0-9.]*[a-z0-9])?)(:\d{1,5})?\/?$/i;

function endpointProblems(endpoint: string | undefined): string[] {
  if (endpoint === undefined || Late.isIn(endpoint) || ENDPOINT.test(endpoint)) return [];
  const said = `the endpoint ${JSON.stringify(endpoint)}`;
  if (endpoint === '') return [`${said} is empty; leave it out for AWS, or name a host: minio.team.svc:9000`];
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(endpoint)?.[1];
  if (scheme && !/^https?$/i.test(scheme)) return [`${said} has the scheme ${scheme}, must be http, https or none`];
  return [`${said} is no host with a port, http:// or https:// before it, and nothing behind: minio.team.svc:9000`];
}
