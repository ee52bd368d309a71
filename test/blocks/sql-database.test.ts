import { Size } from 'cdk8s';
import { Image } from '../../lib';
import { Credentials, type DatabaseClient, having, SqlDatabase } from '../../lib/blocks';
import { assembled, errors, teamChart, thrown } from '../support/app';
import { find } from '../support/platform';
import { declared, podOf } from '../support/server';

const CLIENT: DatabaseClient = {
  name: 'client',
  namespace: 'team',
  selector: { app: 'client' },
  serviceAccount: 'client',
  database: 'things',
  bundled: (engine) => ({
    name: `db-${engine}`,
    selector: { db: engine },
    image: Image.of(`example.com/${engine}:1`),
    user: 'owner',
  }),
};
const credentials = Credentials.existing('secret');
const password = { name: 'secret', key: 'password' };

function connected(database: SqlDatabase, client: Partial<DatabaseClient> = {}) {
  const chart = teamChart();
  const connection = database.connect(chart, { ...CLIENT, ...client });
  return { connection, assembly: assembled(chart) };
}

describe.each([
  ['mysql', SqlDatabase.bundledMySql, 3306, 'MYSQL'],
  ['postgres', SqlDatabase.bundledPostgres, 5432, 'POSTGRES'],
] as const)('a bundled %s', (engine, bundled, port, prefix) => {
  const { connection, assembly } = connected(bundled({ credentials, size: Size.gibibytes(3), storageClass: 'fast' }));
  const name = `db-${engine}`;

  test('is told to the client as it is', () => {
    const common = { database: 'things', user: 'owner', password, sslMode: 'disable', isBundled: true };
    expect(connection).toStrictEqual({ engine, host: name, port, ...common });
  });

  test('has the database and the user that the client is told of', () => {
    const env = Object.fromEntries(
      (podOf(assembly, name).container.env ?? []).map((one) => [one.name, one.value ?? one.valueFrom]),
    );
    expect(env).toMatchObject({
      [engine === 'mysql' ? 'MYSQL_DATABASE' : 'POSTGRES_DB']: 'things',
      [`${prefix}_USER`]: 'owner',
      [`${prefix}_PASSWORD`]: { secretKeyRef: password },
    });
  });

  test('is served where the client is told', () => {
    expect(find(assembly, 'Service', name).spec).toMatchObject({ ports: [{ port }] });
  });

  test('lets the client in, and nobody else', () => {
    expect(find(assembly, 'NetworkPolicy', name).spec).toMatchObject({
      ingress: [{ from: [{ podSelector: having({ app: 'client' }) }], ports: [{ port }] }],
    });
  });

  test('shows its password on no command line', () => {
    const { command, args, livenessProbe, readinessProbe } = podOf(assembly, name).container;
    expect(JSON.stringify([command, args, livenessProbe, readinessProbe])).not.toMatch(/passw/i);
  });

  test('has the volume that is asked for, under the names that the client gives', () => {
    expect(find(assembly, 'PersistentVolumeClaim', name).spec).toMatchObject({
      storageClassName: 'fast',
      resources: { requests: { storage: '3Gi' } },
    });
    const bundledWithNames = (of: typeof engine) => ({ ...CLIENT.bundled(of), names: { claim: 'claim', container: 'engine' } });
    const named = connected(bundled({ credentials }), { bundled: bundledWithNames as DatabaseClient['bundled'] }).assembly;
    expect(find(named, 'PersistentVolumeClaim', 'claim').spec).toMatchObject({ resources: { requests: { storage: '10Gi' } } });
    expect(podOf(named, name).container.name).toBe('engine');
  });
});

describe('a database that is there', () => {
  const server = { host: 'db.example.com', user: 'me', credentials };

  test('declares nothing, and has the usual port and the name that the client gives', () => {
    const { connection, assembly } = connected(SqlDatabase.externalMySql(server));
    expect(declared(assembly)).toStrictEqual([]);
    expect(connection).toStrictEqual({
      ...{ engine: 'mysql', host: 'db.example.com', port: 3306, database: 'things', user: 'me', password },
      ...{ sslMode: 'disable', isBundled: false },
    });
    expect(connected(SqlDatabase.externalPostgres({ ...server, port: 1, database: 'other' })).connection).toMatchObject({
      ...{ engine: 'postgres', port: 1, database: 'other', sslMode: 'require' },
    });
  });

  test('is checked against the authority that is named', () => {
    const certificateAuthority = { configMap: 'ca', key: 'ca.crt' };
    const { connection, assembly } = connected(SqlDatabase.externalPostgres({ ...server, certificateAuthority }));
    expect(errors(assembly)).toStrictEqual([]);
    expect(connection.sslMode).toBe('verify-full');
    expect(connection.certificateAuthority?.file).toBe('/etc/things-database/ca.crt');
    expect(connection.certificateAuthority?.volume).toMatchObject({
      volume: { configMap: { name: 'ca' } },
      mount: { mountPath: '/etc/things-database' },
    });
  });

  test('is refused with what no connection string takes, all of it at once', () => {
    const wrong = SqlDatabase.externalMySql({ host: 'mysql://db', port: 0, database: "k'", user: 'a b', credentials });
    const { message } = thrown(() => connected(wrong));
    for (const part of ['team: database: host is "mysql://db"', 'port is 0', 'database is "k\'"', 'user is "a b"'])
      expect(message).toContain(part);
  });
});
