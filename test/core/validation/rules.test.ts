import { ApiObject, App, Chart } from 'cdk8s';
import { Assembly, type Manifest } from '../../../lib/core';
import { VALIDATION_RULES } from '../../../lib/core/checks/validation';
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

/** Every rule of the validation, by name. */
const RULES = [
  'kubernetes/dropped-restart-policy',
  'kubernetes/fraction-of-byte',
  'kubernetes/invalid-affinity',
  'kubernetes/invalid-autoscaler',
  'kubernetes/invalid-claim',
  'kubernetes/invalid-container',
  'kubernetes/invalid-cron-schedule',
  'kubernetes/invalid-data',
  'kubernetes/invalid-disruption-budget',
  'kubernetes/invalid-environment',
  'kubernetes/invalid-image',
  'kubernetes/invalid-ingress',
  'kubernetes/invalid-job',
  'kubernetes/invalid-mount',
  'kubernetes/invalid-network-policy',
  'kubernetes/invalid-pod',
  'kubernetes/invalid-port',
  'kubernetes/invalid-priority',
  'kubernetes/invalid-probe',
  'kubernetes/invalid-quota',
  'kubernetes/invalid-resource',
  'kubernetes/invalid-role',
  'kubernetes/invalid-security-context',
  'kubernetes/invalid-selector',
  'kubernetes/invalid-service',
  'kubernetes/invalid-toleration',
  'kubernetes/invalid-topology-spread',
  'kubernetes/invalid-volume',
  'kubernetes/invalid-webhook',
  'kubernetes/invalid-workload',
  'kubernetes/nameless-pull-secret',
  'kubernetes/shared-port',
];

test('there is a breach of every rule', () => {
  const broken = [...RULE_CASES, ...WARNING_CASES].flatMap((one) => validate(one.broken));
  expect([...new Set(broken.map(({ rule }) => rule))].sort()).toStrictEqual(RULES);
  expect(VALIDATION_RULES.map(({ id }) => id).sort()).toStrictEqual(RULES);
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
