import { App, Chart } from 'cdk8s';
import { Credentials } from '../../lib/blocks';
import { assembled, notes, teamChart } from '../support/app';
import { find } from '../support/platform';
import { declared } from '../support/server';

describe('a Secret that is there', () => {
  const provided = (credentials: Credentials, value?: string) => credentials.provide(teamChart(), 'db', value);

  test('has a value under the key that is named, or that the program calls it', () => {
    expect(provided(Credentials.existing('s'))).toStrictEqual({ name: 's', key: 'password' });
    expect(provided(Credentials.existing('s', 'DB_PASSWORD'))).toStrictEqual({ name: 's', key: 'DB_PASSWORD' });
    const keys = Credentials.existing('s', { accessKey: 'AWS_ACCESS_KEY_ID' });
    expect(provided(keys, 'accessKey')).toStrictEqual({ name: 's', key: 'AWS_ACCESS_KEY_ID' });
    expect(provided(keys, 'secretKey')).toStrictEqual({ name: 's', key: 'secretKey' });
  });

  test('is not declared', () => {
    const chart = teamChart();
    Credentials.existing('s').provide(chart, 'db');
    expect(declared(assembled(chart))).toStrictEqual([]);
  });
});

describe('credentials for development', () => {
  const value = Buffer.from('for-development-only').toString('base64');

  test('are written, and the report says so', () => {
    const chart = teamChart();
    expect(Credentials.development().provide(chart, 'db')).toStrictEqual({ name: 'db-development', key: 'password' });
    const assembly = assembled(chart);
    expect(find(assembly, 'Secret', 'db-development')).toMatchObject({ type: 'Opaque', data: { password: value } });
    expect(notes(assembly).join()).toContain('the password of db is written in the Secret db-development');
  });

  test('are shared by those who are given the same object, with the values of all', () => {
    const chart = teamChart();
    const shared = Credentials.development();
    const keys = ['accessKey', 'secretKey', 'accessKey'].map((name, index) => shared.provide(chart, `program-${index}`, name));
    expect(keys.map(({ name }) => name)).toStrictEqual(Array(3).fill('program-0-development'));
    const assembly = assembled(chart);
    expect(declared(assembly)).toStrictEqual(['Secret program-0-development']);
    expect(find(assembly, 'Secret', 'program-0-development').data).toStrictEqual({ accessKey: value, secretKey: value });
  });

  test('are apart where the objects are, and in each namespace', () => {
    const app = new App();
    const [first, second] = ['one', 'two'].map((namespace) => new Chart(app, namespace, { namespace })) as [Chart, Chart];
    const shared = Credentials.development();
    shared.provide(first, 'db');
    shared.provide(second, 'db');
    Credentials.development().provide(first, 'other');
    expect(assembled(app).model.manifests.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toStrictEqual([
      'one/db-development',
      'one/other-development',
      'two/db-development',
    ]);
  });
});
