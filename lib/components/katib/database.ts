import { Size } from 'cdk8s';
import { configmaps, type EnvVar, type ResourceRequirements } from '../../../crds-imports/core';
import type { FileMount } from '../../blocks/config-file';
import type { Credentials, SecretKey } from '../../blocks/credentials';
import { mySqlEngine } from '../../blocks/mysql';
import { Caller } from '../../blocks/network/network-policy';
import { Store } from '../../blocks/store';
import { type Component, Existing, Notes, RANGES, rangeProblems, refuse, World } from '../../core';
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

/** How a connection to PostgreSQL is protected: not at all, by encryption, or also by checking who answers. */
export type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** Options of a PostgreSQL database that is there already. Its password must have no spaces, quotes or backslashes. */
export interface ExternalPostgresOptions extends ExternalDatabaseOptions {
  /** @default 'require', and 'verify-full' with a certificate authority */
  readonly sslMode?: SslMode;
  /**
   * Key of an existing ConfigMap in Katib's namespace with the certificates that sign for the server, as PEM.
   *
   * @default - the public authorities that come with Katib's image
   */
  readonly certificateAuthority?: { readonly configMap: string; readonly key: string };
}

/** How the DB manager finds its database. */
export interface DatabaseConnection {
  readonly env: readonly EnvVar[];
  /** Files that it reads. */
  readonly mounts: readonly FileMount[];
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
    return new ExternalMySql(options);
  }

  /** A PostgreSQL server that is there already. */
  static externalPostgres(options: ExternalPostgresOptions): Database {
    return new ExternalPostgres(options);
  }

  /** Declares what the database needs. */
  abstract provide(katib: Component): DatabaseConnection;
}

class BundledMySql extends Database {
  constructor(private readonly options: BundledMySqlOptions) {
    super();
  }

  override provide(katib: Component): DatabaseConnection {
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
    const server = { host: name, port: engine.port.port, database: 'katib', user: 'katib' };
    return { env: connect('mysql', 'KATIB_MYSQL_DB', server, password), mounts: [] };
  }
}

const RESOURCES: ResourceRequirements = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } };

class ExternalMySql extends Database {
  constructor(private readonly options: ExternalDatabaseOptions) {
    super();
  }

  override provide(katib: Component): DatabaseConnection {
    const { host } = this.options;
    Notes.add(
      katib,
      `the connection to the database at ${host} is not encrypted; Katib's DB manager encrypts those to PostgreSQL only`,
    );
    return { env: connectExternal(katib, 'mysql', 'KATIB_MYSQL_DB', 3306, this.options), mounts: [] };
  }
}

class ExternalPostgres extends Database {
  constructor(private readonly options: ExternalPostgresOptions) {
    super();
  }

  override provide(katib: Component): DatabaseConnection {
    const { certificateAuthority: ca, sslMode = ca ? 'verify-full' : 'require' } = this.options;
    const env = [
      ...connectExternal(katib, 'postgres', 'KATIB_POSTGRESQL_DB', 5432, this.options),
      { name: 'KATIB_POSTGRESQL_SSL_MODE', value: sslMode },
    ];
    if (!ca) return { env, mounts: [] };
    World.declare(katib, Existing.object(configmaps, ca.configMap, katib.namespace));
    const folder = '/etc/katib-database';
    const mount: FileMount = {
      volume: { name: 'database-ca', configMap: { name: ca.configMap } },
      mount: { name: 'database-ca', mountPath: folder, readOnly: true },
    };
    return { env: [...env, { name: 'PGSSLROOTCERT', value: `${folder}/${ca.key}` }], mounts: [mount] };
  }
}

/** A database as the DB manager is told of it. */
interface Server {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

function connect(kind: string, prefix: string, { host, port, database, user }: Server, password: SecretKey): EnvVar[] {
  return [
    { name: 'DB_NAME', value: kind },
    { name: 'DB_USER', value: user },
    { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: password } },
    { name: `${prefix}_HOST`, value: host },
    { name: `${prefix}_PORT`, value: `${port}` },
    { name: `${prefix}_DATABASE`, value: database },
  ];
}

function connectExternal(
  katib: Component,
  kind: string,
  prefix: string,
  usualPort: number,
  { host, port = usualPort, database = 'katib', user, credentials, createTable = true }: ExternalDatabaseOptions,
): EnvVar[] {
  const server = { host, port, database, user };
  refuse(
    katib,
    serverProblems(server).map((problem) => `database: ${problem}`),
  );
  return [
    ...connect(kind, prefix, server, credentials.provide(katib, part('db-manager').name)),
    ...(createTable ? [] : [{ name: 'SKIP_DB_INITIALIZATION', value: 'true' }]),
  ];
}

/** What stands in a connection string without quotes: the DB manager quotes nothing. */
const HOST = /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/;
const WORD = /^[\w.-]+$/;

function serverProblems({ host, port, database, user }: Server): string[] {
  return [
    ...(HOST.test(host)
      ? []
      : [`host is ${JSON.stringify(host)}, must be a DNS name or an IPv4 address, without scheme and port`]),
    ...rangeProblems(RANGES.port, { port }),
    ...Object.entries({ database, user })
      .filter(([, value]) => !WORD.test(value))
      .map(([name, value]) => `${name} is ${JSON.stringify(value)}, must be letters, digits, "_", "." and "-"`),
  ];
}
