import { DNS_LABEL, nameProblem, problem } from '../../lib/core/names';

describe('a DNS label', () => {
  test.each(['a', 'a1', '1a', 'a-b', 'a--b', 'x'.repeat(63)])('%s is one', (name) => {
    expect(problem(name, DNS_LABEL)).toBeUndefined();
  });

  test.each([
    '',
    'A',
    'a.b',
    'a_b',
    '-a',
    'a-',
    'x'.repeat(64),
    'ä',
    'a b',
    'a\n',
    undefined,
    null,
    1,
    {},
  ])('%j is none', (name) => {
    expect(problem(name, DNS_LABEL)).toBe(
      `the name ${JSON.stringify(name)} is not a DNS label: lower-case letters, digits and "-", a letter or digit first and last, 63 characters at most`,
    );
  });
});

describe('a name is held against the rule of its kind', () => {
  const cases: [group: string, kind: string, good: string[], bad: string[], rule: RegExp][] = [
    ['', 'Namespace', ['team', '1a'], ['a.b', 'x'.repeat(64)], /a DNS label: /],
    ['', 'Service', ['team'], ['1a', 'a.b', 'x'.repeat(64)], /a DNS label that begins with a letter/],
    ['', 'ConfigMap', ['a.b', '1a', 'x'.repeat(253)], ['a..b', '.a', 'a.', 'A', 'a_b', 'x'.repeat(254)], /a DNS name: /],
    ['serving.knative.dev', 'Service', ['1a.b'], ['A'], /a DNS name: /],
    ['rbac.authorization.k8s.io', 'Role', ['system:a', 'A b', 'a_b'], ['a/b', 'a%b', '.', '..', ''], /a path segment: /],
    ['rbac.authorization.k8s.io', 'RoleBinding', ['a:b'], ['a/b'], /a path segment: /],
    ['rbac.authorization.k8s.io', 'ClusterRole', ['a:b', '...'], ['a/b'], /a path segment: /],
    ['rbac.authorization.k8s.io', 'ClusterRoleBinding', ['a:b'], ['a/b'], /a path segment: /],
  ];

  test.each(cases)('%s %s', (group, kind, good, bad, rule) => {
    for (const name of good) expect(nameProblem(group, kind, name)).toBeUndefined();
    for (const name of bad) expect(nameProblem(group, kind, name)).toMatch(rule);
  });
});
