import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { findings as broken, error, type Rule, type RuleId, unknownRule } from './rule';
import { Scoped } from './scoped';

const scoped = new Scoped<RuleId>('cdk8s-kubeflow:acknowledged');

interface Acknowledged {
  readonly id: RuleId;
  /** Ids that can be acknowledged. */
  readonly known: readonly RuleId[];
}

/** The rule of what is acknowledged. */
export const ACKNOWLEDGE_RULE = error(
  'cdk8s/unknown-rule',
  'What is acknowledged is a warning or a note of some rule; a misspelt id would acknowledge nothing.',
  ({ id, known }: Acknowledged) => (known.includes(id) ? undefined : `acknowledge names ${unknownRule(id, known)}`),
);

/**
 * Says that warnings and notes of the finished model are meant, for everything below a construct. Constructs with an option `acknowledge`
 * have it for their own.
 *
 * @param ids of rules, for instance `kubernetes/no-readiness-probe`; one that is no warning and no note is an error at synthesis
 */
export function acknowledge(scope: IConstruct, ...ids: readonly RuleId[]): void {
  for (const id of ids) scoped.add(scope, id);
}

/** Findings but for those that are acknowledged, and what is wrong with acknowledging. @param rules that the model was held to */
export function unacknowledged(root: IConstruct, findings: readonly Finding[], rules: readonly Rule<never>[]): Finding[] {
  const scopes = root.node.findAll().filter((scope) => scoped.at(scope).length > 0);
  if (scopes.length === 0) return [...findings];
  const known = new Set(
    [...rules, ...findings.flatMap(({ rule, severity }) => (rule ? [{ id: rule, level: severity }] : []))]
      .filter(({ level }) => level !== 'error')
      .map(({ id }) => id),
  );
  const isMeant = ({ severity, path, rule }: Finding) =>
    severity !== 'error' && scopes.some((scope) => scoped.at(scope).some((id) => id === rule) && isBelow(path, scope.node.path));
  return [
    ...scopes.flatMap((scope) =>
      scoped.at(scope).flatMap((id) => broken([ACKNOWLEDGE_RULE], { id, known: [...known] }, scope.node.path)),
    ),
    ...findings.filter((finding) => !isMeant(finding)),
  ];
}

function isBelow(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
