import { ApiObject, App, Chart } from 'cdk8s';
import { Assembly, type Manifest } from '../../../lib/core';
import { DOUBTS, SUBJECTS } from '../../../lib/core/validation/subjects';
import { validate } from '../../../lib/core/validation/validate';
import { RULE_CASES } from '../../support/validation/cases';
import { WARNING_CASES } from '../../support/validation/containers';

function findings(object: Manifest, severity: string): string[] {
  const app = new App();
  new ApiObject(new Chart(app, 'chart'), 'object', object as never);
  return Assembly.of(app)
    .findings.filter((finding) => finding.severity === severity)
    .map(({ message }) => message);
}

const byTitle = RULE_CASES.map((one) => [`${one.broken.kind}: ${one.title}`, one] as const);

test('every rule has a title of its own', () => {
  expect(new Set(byTitle.map(([title, { words }]) => `${title} ${words}`)).size).toBe(RULE_CASES.length);
});

test('there is a breach of every rule, and a reason for it', () => {
  const broken = [...RULE_CASES, ...WARNING_CASES].flatMap((one) => validate(one.broken));
  const rules = [
    ...Object.keys(SUBJECTS).map((subject) => `kubernetes/invalid-${subject}`),
    ...Object.keys(DOUBTS).map((doubt) => `kubernetes/${doubt}`),
  ];
  expect([...new Set(broken.map(({ rule }) => rule))].sort()).toStrictEqual(rules.sort());
  for (const reason of [...Object.values(SUBJECTS), ...Object.values(DOUBTS)]) expect(reason).toMatch(/^[A-Z].+\.$/);
});

test.each(byTitle)('%s', (_, { broken, sound, words }) => {
  expect(findings(broken, 'error').join('\n')).toContain(words);
  expect(findings(sound, 'error')).toStrictEqual([]);
});

test.each(WARNING_CASES.map((one) => [one.title, one] as const))('a warning: %s', (_, { broken, sound, words }) => {
  expect(findings(broken, 'warning').join('\n')).toContain(words);
  expect(findings(broken, 'error')).toStrictEqual([]);
  expect(findings(sound, 'warning')).toStrictEqual([]);
});
