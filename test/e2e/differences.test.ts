import { differences } from './differences';

describe('differences', () => {
  test('what the server fills in is none', () => {
    const written = { spec: { containers: [{ name: 'main', image: 'a:1' }] } };
    const live = {
      spec: { containers: [{ name: 'main', image: 'a:1', terminationGracePeriodSeconds: 30 }], dnsPolicy: 'ClusterFirst' },
      status: {},
    };
    expect(differences(written, live)).toEqual([]);
  });

  test('each place is told, with what was written and what is there', () => {
    const written = {
      spec: { replicas: 2, ports: [{ port: 80 }, { port: 81 }], paused: true, template: { labels: { 'a.b/c': 'd' } } },
    };
    const live = { spec: { replicas: 3, ports: [{ port: 80 }, { port: 82 }], template: { labels: {} } } };
    expect(differences(written, live)).toEqual([
      'spec.replicas: 2 expected, 3 found',
      'spec.ports[1].port: 81 expected, 82 found',
      'spec.paused: true expected, nothing found',
      'spec.template.labels["a.b/c"]: "d" expected, nothing found',
    ]);
  });

  test('lists have the same items in the same order', () => {
    expect(differences({ args: ['a', 'b'] }, { args: ['a', 'b', 'c'] })).toEqual(['args: 2 items expected, 3 found']);
    expect(differences({ args: ['a', 'b'] }, { args: ['b', 'a'] })).toHaveLength(2);
  });

  test('quantities are equal by value, other text is not', () => {
    expect(differences({ cpu: '1000m' }, { cpu: '1' })).toEqual([]);
    expect(differences({ version: 'v1.0' }, { version: 'v1' })).toHaveLength(1);
  });

  test.each([null, false, 0, '', [], {}, { nested: null }])('the server may leave out %j', (zero) => {
    expect(differences({ field: zero }, {})).toEqual([]);
  });

  test.each([
    [false, true],
    [0, 1],
    ['', 'text'],
    [{ nested: false }, undefined],
    [[], [1]],
    [{}, 'text'],
    [null, 'text'],
  ])('but not turn %j into %j', (written, live) => {
    expect(differences({ field: written }, { field: live })).toHaveLength(1);
  });
});
