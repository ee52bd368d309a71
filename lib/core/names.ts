/** A rule that Kubernetes holds names against. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly length: number;
  /** What is allowed, as the end of a sentence. */
  readonly allowed: string;
}

export const DNS_LABEL: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  length: 63,
  allowed: 'a DNS label: lower-case letters, digits and "-", a letter or digit first and last, 63 characters at most',
};

export const DNS_1035_LABEL: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  length: 63,
  allowed: 'a DNS label that begins with a letter: lower-case letters, digits and "-", 63 characters at most',
};

export const DNS_SUBDOMAIN: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  length: 253,
  allowed:
    'a DNS name: lower-case letters, digits, "-" and ".", a letter or digit at both ends of each part, 253 characters at most',
};

/** The name of a label, and its value. */
export const LABEL_NAME: NameRule = {
  pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  length: 63,
  allowed: 'letters, digits, "-", "_" and ".", a letter or digit first and last, 63 characters at most',
};

export const PATH_SEGMENT: NameRule = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  length: 253,
  allowed: 'a path segment: no "/", no "%", neither "." nor ".."',
};

/** Kinds whose names Kubernetes holds against another rule than a DNS subdomain, by `group|kind`. */
const RULES: Readonly<Record<string, NameRule>> = {
  '|Namespace': DNS_LABEL,
  '|Service': DNS_1035_LABEL,
  'rbac.authorization.k8s.io|Role': PATH_SEGMENT,
  'rbac.authorization.k8s.io|RoleBinding': PATH_SEGMENT,
  'rbac.authorization.k8s.io|ClusterRole': PATH_SEGMENT,
  'rbac.authorization.k8s.io|ClusterRoleBinding': PATH_SEGMENT,
};

/** What is wrong with the name of an object of a kind; undefined when nothing is. */
export function nameProblem(group: string, kind: string, name: unknown): string | undefined {
  return problem(name, RULES[`${group}|${kind}`] ?? DNS_SUBDOMAIN);
}

/** What is wrong with a name under a rule; undefined when nothing is. */
export function problem(name: unknown, rule: NameRule): string | undefined {
  if (typeof name === 'string' && name.length <= rule.length && rule.pattern.test(name)) return undefined;
  return `the name ${JSON.stringify(name)} is not ${rule.allowed}`;
}
