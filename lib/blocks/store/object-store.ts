import type { Construct } from 'constructs';
import { RANGES, rangeProblems, refuse } from '../../core';
import type { Credentials, SecretKey } from './credentials';

/** A bucket that is there already, in any store that speaks S3. */
export interface ExternalS3Options {
  /** DNS name or IPv4 address of the store: `s3.eu-central-1.amazonaws.com`. */
  readonly host: string;
  /** 1 to 65535. @default - 443, and 80 without TLS */
  readonly port?: number;
  readonly bucket: string;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Whether the store is spoken to by TLS. @default true */
  readonly tls?: boolean;
  /** The values `accessKey` and `secretKey`. */
  readonly credentials: Credentials;
}

/** How a program reaches its bucket. */
export interface BucketConnection {
  readonly host: string;
  readonly port: number;
  readonly bucket: string;
  readonly region: string;
  readonly tls: boolean;
  readonly accessKey: SecretKey;
  readonly secretKey: SecretKey;
}

/** Where a component keeps its objects. */
export abstract class ObjectStore {
  /** A bucket that is there already. */
  static externalS3(options: ExternalS3Options): ObjectStore {
    return new ExternalS3(options);
  }

  /**
   * Declares what the store needs for a program to reach it.
   *
   * @param scope below the chart of the program
   * @param client name of the program
   * @throws ConstructError when host, port or bucket are not what S3 knows
   */
  abstract connect(scope: Construct, client: string): BucketConnection;
}

const HOST = /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

class ExternalS3 extends ObjectStore {
  constructor(private readonly options: ExternalS3Options) {
    super();
  }

  override connect(scope: Construct, client: string): BucketConnection {
    const { host, bucket, region = 'us-east-1', tls = true, credentials } = this.options;
    const { port = tls ? 443 : 80 } = this.options;
    const problems = [
      ...(HOST.test(host)
        ? []
        : [`host is ${JSON.stringify(host)}, must be a DNS name or an IPv4 address, without scheme and port`]),
      ...rangeProblems(RANGES.port, { port }),
      ...(BUCKET.test(bucket)
        ? []
        : [
            `bucket is ${JSON.stringify(bucket)}, must be 3 to 63 small letters, digits, "." and "-", with a letter or digit at both ends`,
          ]),
    ];
    refuse(
      scope,
      problems.map((problem) => `object store: ${problem}`),
    );
    const accessKey = credentials.provide(scope, client, 'accessKey');
    const secretKey = credentials.provide(scope, client, 'secretKey');
    return { host, port, bucket, region, tls, accessKey, secretKey };
  }
}
