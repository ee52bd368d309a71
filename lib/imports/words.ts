/** Words that say nothing without the name of their holder. */
const GENERIC = new Set([
  'Spec',
  'Status',
  'Template',
  'Item',
  'Value',
  'Config',
  'Object',
  'Data',
  'Field',
  'Option',
  'Options',
  'Ref',
  'Part',
]);

/** The name of an interface for what a field holds: `runPolicy` is `RunPolicy`, and each of `matchExpressions` a `MatchExpression`. */
export function typeName(field: string, several: boolean): string {
  const parts = field.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = parts.map((part, index) => capital(several && index === parts.length - 1 ? singular(part) : part)).join('');
  return /^[A-Z]/.test(name) ? name : `Part${name}`;
}

/** The words of a name: `HTTPGetAction` is HTTP, Get and Action. */
export function words(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])\d*|[A-Z][a-z0-9]*|[^A-Z]+/g) ?? [];
}

/** What several names end with: `JaxReplicaSpec` and `TfReplicaSpec` with `ReplicaSpec`; nothing where that alone is too little. */
export function commonEnd(names: readonly string[]): string | undefined {
  const [first = [], ...others] = names.map(words);
  let length = 0;
  while (length < first.length && others.every((other) => other.at(-1 - length) === first.at(-1 - length))) length++;
  const end = first.slice(first.length - length).join('');
  return end === '' || isGeneric(end) ? undefined : end;
}

/** The last word of a name that says something: `ApiTokenSecretRef` ends with `SecretRef`, `PodMetadata` with `Metadata`. */
export function meaning(name: string): string {
  const all = words(name);
  const start = all.findLastIndex((word) => !isGeneric(word));
  return all.slice(Math.max(start, 0)).join('');
}

export function isGeneric(name: string): boolean {
  return GENERIC.has(name);
}

/** Two names in a row, what the one ends and the other begins with said once: `TrainJob` and `JobTemplate` are `TrainJobTemplate`. */
export function join(left: string, right: string): string {
  const [before, after] = [words(left), words(right)];
  let overlap = Math.min(before.length, after.length);
  while (overlap > 0 && before.slice(-overlap).join() !== after.slice(0, overlap).join()) overlap--;
  return left + after.slice(overlap).join('');
}

/** A name in camel case, for a value: `x-y.z` is `xYZ`. */
export function camel(text: string): string {
  const name = typeName(text, false);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A text as a literal in single quotes. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replace(/[\u2028\u2029\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)}'`;
}

/** Whether a field can be written without quotes. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

const IRREGULAR = new Map([
  ['aliases', 'alias'],
  ['caches', 'cache'],
  ['indices', 'index'],
  ['vertices', 'vertex'],
]);

/** One of several: `volumes` → `volume`, `policies` → `policy`, `addresses` → `address`. */
function singular(word: string): string {
  const last = word.slice(lastCapital(word));
  const irregular = IRREGULAR.get(last.toLowerCase());
  if (irregular) return word.slice(0, -last.length) + (/^[A-Z]/.test(last) ? capital(irregular) : irregular);
  // Too short to be a plural: tls, dns, gcs.
  if (last.length <= 3) return word;
  if (/[a-z]{2}ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|us)es$/.test(word)) return word.slice(0, -2);
  return /(?:[^su]|[^b]u)s$/.test(word) && !/(?:is|ss|tatus)$/.test(word) ? word.slice(0, -1) : word;
}

/** Where the last capital of a word is; its beginning where it has none. */
function lastCapital(word: string): number {
  let place = word.length - 1;
  while (place > 0 && !/[A-Z]/.test(word.charAt(place))) place--;
  return Math.max(place, 0);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
