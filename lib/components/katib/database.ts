import { Size } from 'cdk8s';
import type { EnvVar, ResourceRequirements } from '../../../crds-imports/core';
import type { Credentials } from '../../blocks/credentials';
import { mySqlEngine } from '../../blocks/mysql';
import { Caller } from '../../blocks/network-policy';
import { Store } from '../../blocks/store';
import { type Component, ConstructError } from '../../core';
import { images } from '../../release/images';
import { part } from './parts';

/** Options of a MySQL server that comes with Katib. */
export interface BundledMySqlOptions {
  /** The password of the server. */
  readonly credentials: Credentials;
  /** @default Size.gibibytes(10) */
  readonly size?: Size;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
  /** Requests and limits. @default - requests of 100m CPU and 512Mi memory, a limit of 1Gi memory; upstream gives none */
  readonly resources?: ResourceRequirements;
}

/** Options of a database that is there already. */
export interface ExternalDatabaseOptions {
  /** DNS name or IPv4 address under which Katib's pods reach the server. */
  readonly host: string;
  /** 1 to 65535. @default - 3306 for MySQL, 5432 for PostgreSQL */
  readonly port?: number;
  /** Name of the database, which has to be there. @default 'katib' */
  readonly database?: string;
  /** User who may read and write the database. */
  readonly user: string;
  /** The user's password. */
  readonly credentials: Credentials;
  /**
   * Whether Katib makes its table when it is not there, for which the user needs the right to.
   *
   * @default true
   */
  readonly createTable?: boolean;
}

/** How a connection to PostgreSQL is protected. `verify-ca` and `verify-full` take the public CAs that come with Katib's image. */
export type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** Options of a PostgreSQL database that is there already. Its password must have no spaces, quotes or backslashes. */
export interface ExternalPostgresOptions extends ExternalDatabaseOptions {
  /** @default 'require' */
  readonly sslMode?: SslMode;
}

/**
 * Where Katib keeps the metrics of its trials.
 *
 * @see https://github.com/kubeflow/katib/blob/v0.19.0/pkg/db/v1beta1/common/const.go
 */
export abstract class Database {
  /** A MySQL server of Katib's own, with one pod and one volume. */
  static bundledMySql(options: BundledMySqlOptions): Database {
    return new BundledMySql(options);
  }

  /** A MySQL server that is there already. Katib speaks to it without TLS. */
  static externalMySql(options: ExternalDatabaseOptions): Database {
    return new External('mysql', 'KATIB_MYSQL_DB', 3306, options);
  }

  /** A PostgreSQL server that is there already. */
  static externalPostgres({ sslMode = 'require', ...options }: ExternalPostgresOptions): Database {
    return new External('postgres', 'KATIB_POSTGRESQL_DB', 5432, options, [
      { name: 'KATIB_POSTGRESQL_SSL_MODE', value: sslMode },
    ]);
  }

  /** Declares what the database needs. Returns the environment by which the DB manager finds it. */
  abstract provide(katib: Component): EnvVar[];
}

class BundledMySql extends Database {
  constructor(private readonly options: BundledMySqlOptions) {
    super();
  }

  override provide(katib: Component): EnvVar[] {
    const { credentials, size = Size.gibibytes(10), storageClass, resources = RESOURCES } = this.options;
    const { name, selector } = part('mysql');
    const password = credentials.provide(katib, name);
    const engine = mySqlEngine({ image: images.katib.mysql, database: 'katib', user: 'katib', password });
    new Store(katib, name, {
      engine,
      volume: { size, storageClass },
      resources,
      selector,
      callers: [Caller.pods(part('db-manager').selector)],
    });
    return [
      { name: 'DB_NAME', value: 'mysql' },
      { name: 'DB_USER', value: 'katib' },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: password } },
      { name: 'KATIB_MYSQL_DB_HOST', value: name },
      { name: 'KATIB_MYSQL_DB_PORT', value: `${engine.port.port}` },
      { name: 'KATIB_MYSQL_DB_DATABASE', value: 'katib' },
    ];
  }
}

const RESOURCES: ResourceRequirements = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } };

class External extends Database {
  constructor(
    private readonly kind: 'mysql' | 'postgres',
    private readonly prefix: string,
    private readonly usualPort: number,
    private readonly options: ExternalDatabaseOptions,
    private readonly more: readonly EnvVar[] = [],
  ) {
    super();
  }

  override provide(katib: Component): EnvVar[] {
    const { host, port = this.usualPort, database = 'katib', user, credentials, createTable = true } = this.options;
    const problems = [
      ...(HOST.test(host)
        ? []
        : [`host is ${JSON.stringify(host)}, must be a DNS name or an IPv4 address, without scheme and port`]),
      ...(Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : [`port is ${port}, must be 1 to 65535`]),
      ...Object.entries({ database, user })
        .filter(([, value]) => !WORD.test(value))
        .map(([name, value]) => `${name} is ${JSON.stringify(value)}, must be letters, digits, "_", "." and "-"`),
    ];
    if (problems.length > 0) throw new ConstructError(katib.node.path, `database: ${problems.join('; ')}`);
    return [
      { name: 'DB_NAME', value: this.kind },
      { name: 'DB_USER', value: user },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: credentials.provide(katib, 'katib-db-manager') } },
      { name: `${this.prefix}_HOST`, value: host },
      { name: `${this.prefix}_PORT`, value: `${port}` },
      { name: `${this.prefix}_DATABASE`, value: database },
      ...this.more,
      ...(createTable ? [] : [{ name: 'SKIP_DB_INITIALIZATION', value: 'true' }]),
    ];
  }
}

/** What stands in a connection string without quotes: the DB manager quotes nothing. */
const HOST = /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/;
const WORD = /^[\w.-]+$/;
