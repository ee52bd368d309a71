import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { configmaps, type ResourceRequirements } from '../../../crds-imports/core';
import { Existing, type Image, type Labels, namespaceOf, RANGES, rangeProblems, refuse, World } from '../../core';
import { Callers, type Program } from '../network/callers';
import { PodVolume } from '../server/pod-volume';
import type { Credentials, SecretKey } from './credentials';
import { mySqlEngine } from './mysql';
import { postgresEngine } from './postgres';
import { Store } from './store';

/** Options of a database server that comes with a component. */
export interface BundledDatabaseOptions {
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
  /** DNS name or IPv4 address under which the component's pods reach the server. */
  readonly host: string;
  /** 1 to 65535. @default - 3306 for MySQL, 5432 for PostgreSQL */
  readonly port?: number;
  /** Name of the database, which has to be there. @default - the component's own: `katib`, `metadb` */
  readonly database?: string;
  /** User who may read and write the database. */
  readonly user: string;
  /** The user's password. */
  readonly credentials: Credentials;
}

/** How a connection to PostgreSQL is protected: not at all, by encryption, or also by checking who answers. */
export type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** Options of a PostgreSQL database that is there already. Its password must have no spaces, quotes or backslashes. */
export interface ExternalPostgresOptions extends ExternalDatabaseOptions {
  /** @default 'require', and 'verify-full' with a certificate authority */
  readonly sslMode?: SslMode;
  /**
   * Key of an existing ConfigMap in the component's namespace with the certificates that sign for the server, as PEM.
   *
   * @default - the public authorities that come with the component's image
   */
  readonly certificateAuthority?: { readonly configMap: string; readonly key: string };
}

/** Programs that keep databases. */
export type SqlEngine = 'mysql' | 'postgres';

/** A program that needs a database, and what a server for it would be called. */
export interface DatabaseClient extends Program {
  /** Its name, for credentials that are its own. */
  readonly name: string;
  /** Name of the database where nobody says another. */
  readonly database: string;
  /** The server that comes with it, if that is asked for. */
  readonly bundled: (engine: SqlEngine) => BundledServer;
}

/** A database server that comes with a component. */
export interface BundledServer {
  readonly name: string;
  readonly selector: Labels;
  readonly image: Image;
  /** User who owns the database. */
  readonly user: string;
  /** Names of the claim and of the container. @default - the server's */
  readonly names?: { readonly claim?: string; readonly container?: string };
}

/** How a program reaches its database. */
export interface DatabaseConnection {
  readonly engine: SqlEngine;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: SecretKey;
  /** How the connection is protected. */
  readonly sslMode: SslMode;
  /** The certificates that sign for the server. @default - those that the program comes with */
  readonly certificateAuthority?: { readonly file: string; readonly volume: PodVolume };
  /** Whether the server comes with the component. */
  readonly isBundled: boolean;
}

/** Where a component keeps its data: a server that comes with it, or a database that is there. */
export abstract class SqlDatabase {
  /** A MySQL server of the component's own, with one pod and one volume. */
  static bundledMySql(options: BundledDatabaseOptions): SqlDatabase {
    return new Bundled('mysql', options);
  }

  /** A PostgreSQL server of the component's own, with one pod and one volume. */
  static bundledPostgres(options: BundledDatabaseOptions): SqlDatabase {
    return new Bundled('postgres', options);
  }

  /** A MySQL database that is there already; the connection is not encrypted. */
  static externalMySql(options: ExternalDatabaseOptions): SqlDatabase {
    return new External('mysql', options);
  }

  /** A PostgreSQL database that is there already. */
  static externalPostgres(options: ExternalPostgresOptions): SqlDatabase {
    return new External('postgres', options);
  }

  /**
   * Declares what the database needs, and lets a program in.
   *
   * @param scope below the chart of the program
   * @throws ConstructError when a value cannot stand in a connection string
   */
  abstract connect(scope: Construct, client: DatabaseClient): DatabaseConnection;
}

const ENGINES = { mysql: mySqlEngine, postgres: postgresEngine } as const;
const USUAL_PORTS: Readonly<Record<SqlEngine, number>> = { mysql: 3306, postgres: 5432 };
const RESOURCES: ResourceRequirements = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } };

class Bundled extends SqlDatabase {
  constructor(
    private readonly engine: SqlEngine,
    private readonly options: BundledDatabaseOptions,
  ) {
    super();
  }

  override connect(scope: Construct, client: DatabaseClient): DatabaseConnection {
    const { credentials, size = Size.gibibytes(10), storageClass, resources = RESOURCES } = this.options;
    const { name, selector, image, user, names = {} } = client.bundled(this.engine);
    const { database } = client;
    const password = credentials.provide(scope, name);
    const engine = ENGINES[this.engine]({ image, database, user, password });
    new Store(scope, name, {
      engine,
      volume: { size, storageClass, claim: names.claim },
      resources,
      selector,
      container: names.container,
      callers: [Callers.pods(client.selector)],
    });
    const { port } = engine.port;
    return { engine: this.engine, host: name, port, database, user, password, sslMode: 'disable', isBundled: true };
  }
}

class External extends SqlDatabase {
  constructor(
    private readonly engine: SqlEngine,
    private readonly options: ExternalPostgresOptions,
  ) {
    super();
  }

  override connect(scope: Construct, client: DatabaseClient): DatabaseConnection {
    const { host, port = USUAL_PORTS[this.engine], database = client.database, user, credentials } = this.options;
    const { certificateAuthority: ca, sslMode = defaultSslMode(this.engine, ca) } = this.options;
    refuse(
      scope,
      serverProblems({ host, port, database, user }).map((problem) => `database: ${problem}`),
    );
    const password = credentials.provide(scope, client.name);
    const server = { engine: this.engine, host, port, database, user, password, sslMode, isBundled: false };
    if (!ca) return server;
    World.declare(scope, Existing.object(configmaps, ca.configMap, namespaceOf(scope)));
    const folder = `/etc/${client.database}-database`;
    const volume = PodVolume.configMap(ca.configMap, folder, 'database-ca');
    return { ...server, certificateAuthority: { file: `${folder}/${ca.key}`, volume } };
  }
}

function defaultSslMode(engine: SqlEngine, certificateAuthority: object | undefined): SslMode {
  if (engine === 'mysql') return 'disable';
  return certificateAuthority ? 'verify-full' : 'require';
}

/** What stands in a connection string without quotes: most programs quote nothing. */
const HOST = /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/;
const WORD = /^[\w.-]+$/;

function serverProblems({
  host,
  port,
  database,
  user,
}: Pick<DatabaseConnection, 'host' | 'port' | 'database' | 'user'>): string[] {
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
