import type { Image } from '../../core';
import type { SecretKey } from './credentials';
import type { StoreEngine } from './store';

/** A server with one database and one user who owns it. */
export interface SqlServerOptions {
  readonly image: Image;
  readonly database: string;
  readonly user: string;
  readonly password: SecretKey;
}

const PING = { command: ['mysqladmin', 'ping', '--host=127.0.0.1'], initialDelaySeconds: 10 };

/**
 * MySQL 8. The user has the rights to his database only; root, who has the same password, can log in from within the pod alone. The
 * probes need no password: they ask whether the server answers, which it does not before the database is set up.
 *
 * @see https://hub.docker.com/_/mysql
 */
export function mySqlEngine({ image, database, user, password }: SqlServerOptions): StoreEngine {
  const valueFrom = { secretKeyRef: password };
  return {
    image,
    port: { port: 3306, name: 'dbapi', served: {} },
    args: ['--datadir', '/var/lib/mysql/datadir'],
    env: [
      { name: 'MYSQL_DATABASE', value: database },
      { name: 'MYSQL_USER', value: user },
      { name: 'MYSQL_PASSWORD', valueFrom },
      { name: 'MYSQL_ROOT_PASSWORD', valueFrom },
      { name: 'MYSQL_ROOT_HOST', value: 'localhost' },
    ],
    user: 999,
    data: '/var/lib/mysql',
    scratch: ['/var/run/mysqld', '/tmp'],
    liveness: { ...PING, periodSeconds: 5, failureThreshold: 10 },
    readiness: { ...PING, periodSeconds: 5, failureThreshold: 10 },
  };
}
