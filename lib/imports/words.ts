/** The name of an interface for what a field holds: `runPolicy` is `RunPolicy`, and each of `matchExpressions` a `MatchExpression`. */
export function typeName(field: string, several: boolean): string {
  const words = field.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const last = words.at(-1);
  if (several && last) words[words.length - 1] = singular(last);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Field${name}`;
}

const IRREGULAR: Readonly<Record<string, string>> = { indices: 'index', vertices: 'vertex', aliases: 'alias', statuses: 'status', caches: 'cache' };

/** One of several: `volumes` → `volume`, `policies` → `policy`, `addresses` → `address`. */
export function singular(word: string): string {
  const [, head = '', tail = ''] = /^(.*?)([A-Z]?[a-z]*)$/.exec(word) ?? [];
  const irregular = IRREGULAR[tail.toLowerCase()];
  if (irregular) return head + (/^[A-Z]/.test(tail) ? irregular.charAt(0).toUpperCase() + irregular.slice(1) : irregular);
  if (/ies$/.test(word) && tail.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) && !/(?:us|is|ss)$/.test(word) ? word.slice(0, -1) : word;
}

/** A name in camel case, for a value: `x-y.z` → `xYZ`. */
export function camel(text: string): string {
  const name = typeName(text, false);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Whether a field can be written without quotes. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
