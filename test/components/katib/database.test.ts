import { App, Size } from 'cdk8s';
import { Credentials, Katib, noCredentials, SqlDatabase, toYaml } from '../../../lib';
import { findings } from '../../../lib/core/rule';
import { errors, notes, thrown } from '../../support/app';
import { find, objectsOf } from '../../support/platform';
import { containerOf, environmentOf, podOf, tuning } from './support';

const credentials = Credentials.existing('katib-db', 'password');
const password = { secretKeyRef: { name: 'katib-db', key: 'password' } };
const stored = (assembly: ReturnType<typeof tuning>) =>
  objectsOf(assembly, 'katib').filter(({ kind, metadata }) => metadata.name.startsWith('katib-mysql') || kind === 'Secret');

describe('the bundled MySQL', () => {
  test('has a user of its own, whose password the DB manager reads from the same Secret', () => {
    const assembly = tuning();
    expect(environmentOf(assembly, 'katib-mysql')).toEqual({
      MYSQL_DATABASE: 'katib',
      MYSQL_USER: 'katib',
      MYSQL_PASSWORD: password,
      MYSQL_ROOT_PASSWORD: password,
      MYSQL_ROOT_HOST: 'localhost',
    });
    expect(environmentOf(assembly, 'katib-db-manager')).toEqual({
      DB_NAME: 'mysql',
      DB_USER: 'katib',
      DB_PASSWORD: password,
      KATIB_MYSQL_DB_HOST: 'katib-mysql',
      KATIB_MYSQL_DB_PORT: '3306',
      KATIB_MYSQL_DB_DATABASE: 'katib',
    });
  });

  test('shows no password on a command line', () => {
    const { livenessProbe, readinessProbe, command, args } = containerOf(tuning(), 'katib-mysql');
    expect(toYaml({ livenessProbe, readinessProbe, command, args })).not.toMatch(/passw|-p\$/i);
  });

  test('has the volume that is asked for', () => {
    const claim = (assembly: ReturnType<typeof tuning>) => find(assembly, 'PersistentVolumeClaim', 'katib-mysql').spec;
    expect(claim(tuning())).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } });
    const database = SqlDatabase.bundledMySql({ credentials, size: Size.gibibytes(50), storageClass: 'fast' });
    expect(claim(tuning({ database }))).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '50Gi' } },
      storageClassName: 'fast',
    });
  });

  test('has the resources that are asked for', () => {
    const resources = { requests: { cpu: '2', memory: '4Gi' } };
    const database = SqlDatabase.bundledMySql({ credentials, resources });
    expect(containerOf(tuning({ database }), 'katib-mysql').resources).toEqual(resources);
  });

  test('is reached by the DB manager alone', () => {
    const { spec } = find(tuning(), 'NetworkPolicy', 'katib-mysql') as unknown as {
      spec: { ingress: { from: unknown[]; ports: unknown[] }[] };
    };
    expect(spec.ingress).toEqual([
      {
        from: [
          {
            podSelector: {
              matchExpressions: [{ key: 'katib.kubeflow.org/component', operator: 'In', values: ['db-manager'] }],
            },
          },
        ],
        ports: [{ port: 3306, protocol: 'TCP' }],
      },
    ]);
  });

  test('writes no credential unless it is one for development', () => {
    expect(findings(noCredentials, tuning().model)).toEqual([]);
    expect(stored(tuning()).filter(({ kind }) => kind === 'Secret')).toEqual([]);

    const development = tuning({ database: SqlDatabase.bundledMySql({ credentials: Credentials.development() }) });
    const secret = find(development, 'Secret', 'katib-mysql-development');
    expect(secret.data).toEqual({ password: Buffer.from('for-development-only').toString('base64') });
    expect(environmentOf(development, 'katib-db-manager').DB_PASSWORD).toEqual({
      secretKeyRef: { name: 'katib-mysql-development', key: 'password' },
    });
    expect(notes(development)).toContainEqual(expect.stringContaining('katib-mysql-development; it is for development only'));
    expect(findings(noCredentials, development.model)).toHaveLength(1);
  });
});

describe('an external database', () => {
  const server = { host: 'db.example.com', user: 'tuner', credentials };

  test('of MySQL is told to the DB manager, and nothing of ours is installed', () => {
    const assembly = tuning({ database: SqlDatabase.externalMySql({ ...server, port: 3307, database: 'hpo' }) });
    expect(environmentOf(assembly, 'katib-db-manager')).toEqual({
      DB_NAME: 'mysql',
      DB_USER: 'tuner',
      DB_PASSWORD: password,
      KATIB_MYSQL_DB_HOST: 'db.example.com',
      KATIB_MYSQL_DB_PORT: '3307',
      KATIB_MYSQL_DB_DATABASE: 'hpo',
    });
    expect(stored(assembly)).toEqual([]);
    expect(errors(assembly)).toEqual([]);
    expect(notes(assembly)).toContainEqual(expect.stringContaining('the database at db.example.com is not encrypted'));
  });

  test('of PostgreSQL is encrypted', () => {
    const assembly = tuning({ database: SqlDatabase.externalPostgres(server) });
    expect(environmentOf(assembly, 'katib-db-manager')).toEqual({
      DB_NAME: 'postgres',
      DB_USER: 'tuner',
      DB_PASSWORD: password,
      KATIB_POSTGRESQL_DB_HOST: 'db.example.com',
      KATIB_POSTGRESQL_DB_PORT: '5432',
      KATIB_POSTGRESQL_DB_DATABASE: 'katib',
      KATIB_POSTGRESQL_SSL_MODE: 'require',
    });
    expect(podOf(assembly, 'katib-db-manager').spec.volumes).toBeUndefined();
  });

  test('of PostgreSQL is checked against an authority that is given', () => {
    const certificateAuthority = { configMap: 'company-ca', key: 'ca.crt' };
    const assembly = tuning({ database: SqlDatabase.externalPostgres({ ...server, certificateAuthority }) });
    expect(errors(assembly)).toEqual([]);
    const env = environmentOf(assembly, 'katib-db-manager');
    expect(env.KATIB_POSTGRESQL_SSL_MODE).toBe('verify-full');
    const [mount] = containerOf(assembly, 'katib-db-manager').volumeMounts as { name: string; mountPath: string }[];
    expect(env.PGSSLROOTCERT).toBe(`${mount?.mountPath}/ca.crt`);
    expect(podOf(assembly, 'katib-db-manager').spec.volumes).toEqual([{ name: mount?.name, configMap: { name: 'company-ca' } }]);
    const weaker = tuning({ database: SqlDatabase.externalPostgres({ ...server, certificateAuthority, sslMode: 'verify-ca' }) });
    expect(environmentOf(weaker, 'katib-db-manager').KATIB_POSTGRESQL_SSL_MODE).toBe('verify-ca');
  });

  test('may have its table already', () => {
    const skipped = (createTable?: boolean) =>
      environmentOf(tuning({ database: SqlDatabase.externalPostgres(server), createTable }), 'katib-db-manager')
        .SKIP_DB_INITIALIZATION;
    expect([skipped(), skipped(true), skipped(false)]).toEqual([undefined, undefined, 'true']);
  });

  test('is refused with what no connection string takes, all of it at once', () => {
    const database = SqlDatabase.externalPostgres({ ...server, host: 'postgres://db', port: 70000, user: 'a b', database: "k'" });
    expect(thrown(() => new Katib(new App(), 'katib', { database })).message).toBe(
      'katib: database: host is "postgres://db", must be a DNS name or an IPv4 address, without scheme and port; ' +
        'database: port is 70000, must be a whole number from 1 to 65535; database: database is "k\'", must be letters, digits, "_", "." and "-"; ' +
        'database: user is "a b", must be letters, digits, "_", "." and "-"',
    );
  });
});
