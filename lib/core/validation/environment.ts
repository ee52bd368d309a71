import type { Container, EnvVar, EnvVarSource } from '../../../crds-imports/core';
import type { Field } from './field';
import { DATA_KEY, ENV_NAME, isLabelKey } from './texts';

/** What of a pod an environment variable can be. */
const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

/** What a resource of a container can be read as. */
export const CONTAINER_RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** The environment of a container. */
export function environment(field: Field, { env, envFrom }: Pick<Container, 'env' | 'envFrom'>): void {
  field.each('env', env, variable);
  field.each('envFrom', envFrom, (source, at) => {
    if (source.prefix) at.text('prefix', source.prefix, ENV_NAME);
    at.oneOf(source, ['configMapRef', 'secretRef']);
    for (const kind of ['configMapRef', 'secretRef'] as const)
      if (source[kind]) at.at(kind).required('name', source[kind].name || '');
  });
}

function variable({ name, value, valueFrom }: EnvVar, field: Field): void {
  if (name === '') field.at('name').say('is required');
  else field.text('name', name, ENV_NAME);
  if (!valueFrom) return;
  const at = field.at('valueFrom');
  if (value) at.say(`stands beside a value, only one of which is allowed for ${JSON.stringify(name)}`);
  else at.oneOf(valueFrom, SOURCES);
  source(at, valueFrom);
}

function source(field: Field, { fieldRef, resourceFieldRef, ...keys }: EnvVarSource): void {
  if (fieldRef) fieldPath(field.at('fieldRef'), fieldRef.fieldPath, FIELDS);
  if (resourceFieldRef) resource(field.at('resourceFieldRef'), resourceFieldRef.resource);
  for (const kind of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const reference = keys[kind];
    if (!reference) continue;
    const at = field.at(kind);
    at.required('name', reference.name || '');
    if (reference.key === '') at.at('key').say('is required');
    else at.text('key', reference.key, DATA_KEY);
  }
}

/** A field of a pod. @param allowed those that can be read here, besides single labels and annotations */
export function fieldPath(field: Field, path: string, allowed: readonly string[]): void {
  if (path === '') {
    field.at('fieldPath').say('is required');
    return;
  }
  if (field.isFilledIn(path) || allowed.includes(path)) return;
  const key = /^metadata\.(?:labels|annotations)\['(.*)'\]$/.exec(path)?.[1];
  if (key !== undefined && isLabelKey(path.startsWith('metadata.annotations') ? key.toLowerCase() : key)) return;
  field.at('fieldPath').must(`be one of ${allowed.join(', ')}, metadata.labels['<key>'], metadata.annotations['<key>']`, path);
}

/** A resource of a container. */
export function resource(field: Field, name: string): void {
  if (name === '') field.at('resource').say('is required');
  else if (!CONTAINER_RESOURCE.test(name))
    field.at('resource').must('be limits. or requests. and then cpu, memory, ephemeral-storage or hugepages-<size>', name);
}
