import type { SqlServerOptions } from './mysql';
import type { StoreEngine } from './store';

/**
 * PostgreSQL 16 as of the Alpine image. The user owns the server. The probe asks over the network interface, on which the server does
 * not answer before the database is set up.
 *
 * @see https://hub.docker.com/_/postgres
 */
export function postgresEngine({ image, database, user, password }: SqlServerOptions): StoreEngine {
  const data = '/var/lib/postgresql/data';
  const ready = {
    command: ['pg_isready', '--host=127.0.0.1', `--username=${user}`, `--dbname=${database}`],
    initialDelaySeconds: 5,
    periodSeconds: 10,
    timeoutSeconds: 5,
  };
  return {
    image,
    port: { port: 5432, name: 'postgres', served: { name: 'dbapi' } },
    env: [
      // Not the root of the volume, in which file systems keep folders of their own.
      { name: 'PGDATA', value: `${data}/pgdata` },
      { name: 'POSTGRES_DB', value: database },
      { name: 'POSTGRES_USER', value: user },
      { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: password } },
    ],
    user: 70,
    data,
    scratch: ['/var/run/postgresql', '/tmp'],
    liveness: { ...ready, failureThreshold: 6 },
    readiness: ready,
  };
}
