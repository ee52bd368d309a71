import { Late, type Manifest, type ObjectModel, type Rule } from '../core';
import { ofObjects } from '../core/checks/of-objects';

/** Values that everybody knows: upstream's own, and what people type first. */
const WELL_KNOWN = new Set([
  'test',
  'root',
  'admin',
  'password',
  'postgres',
  'minio',
  'minio123',
  'mysql',
  'kubeflow',
  'changeme',
  'secret',
  '12341234',
  '',
]);

/** Names of environment variables and keys that hold a credential. */
const CREDENTIAL = /pass(word|wd)?$|secret(_?key)?$|token$|api_?key$|access_?key$/i;

interface Env {
  readonly name?: string;
  readonly value?: string;
}

/**
 * No object holds a credential: no Secret with values, no password written into an environment variable. For environments whose
 * output goes into Git or stays for long; a development environment has its credentials written, and says so in their name.
 */
export const noCredentials: readonly Rule<ObjectModel>[] = [
  {
    id: 'kubernetes/written-secret',
    level: 'error',
    reason: 'A Secret with values puts a credential wherever the output goes, and there it stays.',
    check: ofObjects(secretsOf),
  },
  {
    id: 'kubernetes/credential-in-environment',
    level: 'error',
    reason: 'Whoever sees a pod reads the values of its variables.',
    check: ofObjects(variablesOf),
  },
];

function* secretsOf(manifest: Manifest): Iterable<string> {
  if (!isSecret(manifest)) return;
  for (const [key, value] of secretValues(manifest)) {
    if (Late.isIn(value) || (value === '' && isAnonymous(manifest))) continue;
    yield `${key} holds ${WELL_KNOWN.has(value) ? 'a well-known value' : 'a value'}; refer to an existing Secret in its place`;
  }
}

function* variablesOf(manifest: Manifest): Iterable<string> {
  if (isSecret(manifest)) return;
  for (const { name, value } of variables(manifest))
    if (value !== undefined && !Late.isIn(value) && CREDENTIAL.test(name ?? ''))
      yield `the variable ${name} has its value written; take it from a Secret`;
}

function isSecret({ kind, apiVersion }: Manifest): boolean {
  return kind === 'Secret' && apiVersion === 'v1';
}

/** A Secret that tells KServe to ask for a public bucket has its keys, and nothing in them. */
function isAnonymous({ metadata }: Manifest): boolean {
  return metadata.annotations?.['serving.kserve.io/s3-useanoncredential'] === 'true';
}

function secretValues({ data, stringData }: Manifest): [key: string, value: string][] {
  const decode = (value: unknown) => (Late.isIn(String(value)) ? String(value) : Buffer.from(String(value), 'base64').toString());
  return [
    ...Object.entries(stringData ?? {}).map(([key, value]) => [`stringData.${key}`, String(value)] as [string, string]),
    ...Object.entries(data ?? {}).map(([key, value]) => [`data.${key}`, decode(value)] as [string, string]),
  ];
}

/** Every environment variable of an object, wherever it stands. */
function variables(node: unknown): Env[] {
  if (typeof node !== 'object' || node === null) return [];
  const env = (node as { env?: unknown }).env;
  const here = Array.isArray(env) ? (env as Env[]) : [];
  return [...here, ...Object.values(node).flatMap(variables)];
}
