import { DNS_1035_LABEL, DNS_SUBDOMAIN, type NameRule } from '../core/names';

/** What a definition calls its kind, and where. */
export interface Names {
  readonly group: unknown;
  readonly version: unknown;
  readonly kind: unknown;
  readonly plural: unknown;
}

const GROUP: NameRule = {
  ...DNS_SUBDOMAIN,
  pattern: new RegExp(`^(?=.*\\.)${DNS_SUBDOMAIN.pattern.source.slice(1)}`),
  allowed: `${DNS_SUBDOMAIN.allowed}, with at least one "."`,
};

const KIND: NameRule = {
  pattern: /^[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$/,
  length: 63,
  allowed: 'a name that begins with a letter: letters, digits and "-", a letter or digit last, 63 characters at most',
};

/** What Kubernetes allows, by place in a definition. */
const RULES: Readonly<Record<keyof Names, readonly [place: string, rule: NameRule]>> = {
  group: ['spec.group', GROUP],
  version: ['spec.versions[].name', DNS_1035_LABEL],
  kind: ['spec.names.kind', KIND],
  plural: ['spec.names.plural', DNS_1035_LABEL],
};

/**
 * Names of a definition that an API server refuses. They become names of files and values, and texts of a program, so that any other
 * could be more than a name.
 */
export function refusedNames(names: Names): string[] {
  return (Object.keys(RULES) as (keyof Names)[]).flatMap((name) => {
    const [place, { pattern, length, allowed }] = RULES[name];
    const value = names[name];
    const fits = typeof value === 'string' && value.length <= length && pattern.test(value);
    return fits ? [] : [`${place} is ${shown(value)}, must be ${allowed}`];
  });
}

/** A value in a message, which is one line whatever it is. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
