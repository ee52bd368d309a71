import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  Subject,
} from '../../../crds-imports/rbac.authorization.k8s.io';
import type { Field } from './field';
import { selector } from './selectors';

const GROUP = 'rbac.authorization.k8s.io';

/** What may be done in a namespace. */
export function role(field: Field, { rules }: Role): void {
  field.each('rules', rules, (rule, at) => policyRule(at, rule, true));
}

/** What may be done in the cluster. */
export function clusterRole(field: Field, { rules, aggregationRule }: ClusterRole): void {
  field.each('rules', rules, (rule, at) => policyRule(at, rule, false));
  if (!aggregationRule) return;
  const at = field.at('aggregationRule').at('clusterRoleSelectors');
  if (!aggregationRule.clusterRoleSelectors?.length) at.say('must have at least one');
  for (const [index, one] of (aggregationRule.clusterRoleSelectors ?? []).entries()) selector(at, String(index), one);
}

function policyRule(
  field: Field,
  { verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule,
  isNamespaced: boolean,
): void {
  if (verbs.length === 0) field.at('verbs').say('must have at least one');
  if (nonResourceURLs?.length) {
    if (isNamespaced) field.at('nonResourceURLs').say('are for ClusterRoles only');
    if (apiGroups?.length || resources?.length || resourceNames?.length)
      field.at('nonResourceURLs').say('stand beside resources; give them a rule of their own');
    return;
  }
  if (!apiGroups?.length) field.at('apiGroups').say('must have at least one, "" for the core group');
  if (!resources?.length) field.at('resources').say('must have at least one');
}

/** Who may do it in a namespace. */
export function roleBinding(field: Field, { roleRef, subjects }: RoleBinding): void {
  reference(field, roleRef, ['Role', 'ClusterRole']);
  field.each('subjects', subjects, (one, at) => subject(at, one, true));
}

/** Who may do it in the cluster. */
export function clusterRoleBinding(field: Field, { roleRef, subjects }: ClusterRoleBinding): void {
  reference(field, roleRef, ['ClusterRole']);
  field.each('subjects', subjects, (one, at) => subject(at, one, false));
}

function reference(field: Field, { apiGroup, kind, name }: RoleBinding['roleRef'], kinds: readonly string[]): void {
  const at = field.at('roleRef');
  // The API server fills in an empty one.
  if (apiGroup && apiGroup !== GROUP) at.at('apiGroup').must(`be "${GROUP}"`, apiGroup);
  if (!kinds.includes(kind)) at.at('kind').must(`be ${kinds.map((one) => JSON.stringify(one)).join(' or ')}`, kind);
  if (name === '') at.at('name').say('is required');
}

function subject(field: Field, { kind, apiGroup, name, namespace }: Subject, isNamespaced: boolean): void {
  if (name === '') field.at('name').say('is required');
  if (kind === 'ServiceAccount') {
    if (apiGroup) field.at('apiGroup').must('be "" or left out for a ServiceAccount', apiGroup);
    if (!isNamespaced && !namespace) field.at('namespace').say('is required of a ServiceAccount');
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup && apiGroup !== GROUP) field.at('apiGroup').must(`be "${GROUP}" for a ${kind}`, apiGroup);
  } else {
    field.at('kind').must('be one of "ServiceAccount", "User", "Group"', kind);
  }
}
