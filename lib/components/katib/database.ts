import type { EnvVar } from '../../../crds-imports/core';
import type { PodVolume } from '../../blocks/server/pod-volume';
import type { DatabaseConnection, SqlDatabase, SqlEngine } from '../../blocks/store/sql-database';
import { type Component, Notes } from '../../core';
import { images } from '../../release/images';
import { part } from './parts';

/** What the DB manager is told of its database. */
export interface ToldDatabase {
  readonly env: readonly EnvVar[];
  /** Files that it reads. */
  readonly volumes: readonly PodVolume[];
}

const PREFIXES: Readonly<Record<SqlEngine, string>> = { mysql: 'KATIB_MYSQL_DB', postgres: 'KATIB_POSTGRESQL_DB' };

/**
 * Connects the DB manager to where the metrics of trials are kept.
 *
 * @param createTable whether it makes its table when it is not there
 * @see https://github.com/kubeflow/katib/blob/v0.19.0/pkg/db/v1beta1/common/const.go
 */
export function connectDatabase(katib: Component, database: SqlDatabase, createTable: boolean): ToldDatabase {
  const { name, selector } = part('db-manager');
  const connection = database.connect(katib, {
    name,
    selector,
    namespace: katib.namespace as string,
    serviceAccount: name,
    database: 'katib',
    bundled: (engine) => ({ ...part(engine), image: images.katib[engine], user: 'katib' }),
  });
  const { engine, host, isBundled, certificateAuthority: ca } = connection;
  if (engine === 'mysql' && !isBundled)
    Notes.add(
      katib,
      `the connection to the database at ${host} is not encrypted; Katib's DB manager encrypts those to PostgreSQL only`,
    );
  return { env: environment(connection, createTable), volumes: ca ? [ca.volume] : [] };
}

function environment(connection: DatabaseConnection, createTable: boolean): EnvVar[] {
  const { engine, host, port, database, user, password, sslMode, certificateAuthority: ca } = connection;
  const prefix = PREFIXES[engine];
  return [
    { name: 'DB_NAME', value: engine },
    { name: 'DB_USER', value: user },
    { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: password } },
    { name: `${prefix}_HOST`, value: host },
    { name: `${prefix}_PORT`, value: `${port}` },
    { name: `${prefix}_DATABASE`, value: database },
    ...(createTable ? [] : [{ name: 'SKIP_DB_INITIALIZATION', value: 'true' }]),
    ...(engine === 'postgres' ? [{ name: 'KATIB_POSTGRESQL_SSL_MODE', value: sslMode }] : []),
    ...(ca ? [{ name: 'PGSSLROOTCERT', value: ca.file }] : []),
  ];
}
