import type { ConfigMap, LimitRange, ResourceQuota, Secret } from '../../../crds-imports/core';
import type { PriorityClass } from '../../../crds-imports/scheduling.k8s.io';
import type { Field } from './field';
import { notNegative, quantity } from './quantities';
import { DATA_KEY, isLabelKey } from './texts';

/** Bytes that the data of an object may have. */
const SIZE = 1024 * 1024;

/** The highest priority that is not the cluster's own. */
const HIGHEST_PRIORITY = 1_000_000_000;

/** Keys that a Secret of a type must have. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/** A ConfigMap. */
export function configMap(field: Field, { data = {}, binaryData = {} }: ConfigMap): void {
  keys(field, { data, binaryData });
  for (const key of Object.keys(data))
    if (Object.hasOwn(binaryData, key)) field.at('data').at(key).say('stands in binaryData too');
  size(
    field,
    Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), decoded(binaryData)),
  );
}

/** A Secret; no message has a value of it. */
export function secret(field: Field, { type = 'Opaque', data = {}, stringData = {} }: Secret): void {
  keys(field, { data, stringData });
  for (const key of KEYS[type] ?? [])
    if (!Object.hasOwn(data, key) && !Object.hasOwn(stringData, key))
      field.at('data').at(key).say(`is required by the type "${type}"`);
  size(
    field,
    Object.values(stringData).reduce((sum, text) => sum + Buffer.byteLength(text), decoded(data)),
  );
}

/** What a namespace may ask for. */
export function resourceQuota(field: Field, { spec }: ResourceQuota): void {
  field.at('spec').entries('hard', spec?.hard, (name, value, at) => {
    notNegative(at, value);
    if (!isLabelKey(name)) at.say('is no name of a resource');
  });
}

/** What the containers of a namespace may ask for. */
export function limitRange(field: Field, { spec }: LimitRange): void {
  const types = new Set<string>();
  field.at('spec').each('limits', spec?.limits, (limit, at) => {
    at.at('type').once(types, limit.type, () => `repeats ${JSON.stringify(limit.type)}`);
    const chain = ['min', 'defaultRequest', 'default', 'max'] as const;
    for (const [index, lower] of chain.entries())
      for (const upper of chain.slice(index + 1))
        at.entries(lower, limit[lower], (name, value, one) => {
          const [low, high] = [quantity(value), quantity(limit[upper]?.[name])];
          if (low !== undefined && high !== undefined && low > high)
            one.must(`be at most ${upper}, ${limit[upper]?.[name]}`, value);
        });
  });
}

/** Who goes first. */
export function priorityClass(field: Field, { metadata, value }: PriorityClass): void {
  if (!metadata.name?.startsWith('system-') && value > HIGHEST_PRIORITY)
    field.at('value').must(`be at most ${HIGHEST_PRIORITY}`, value);
}

function keys(field: Field, records: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  for (const [name, record] of Object.entries(records))
    for (const key of Object.keys(record))
      if (key.length > DATA_KEY.length || !DATA_KEY.pattern.test(key))
        field.at(name).at(key).say(`is called otherwise than is allowed: ${DATA_KEY.allowed}`);
}

function size(field: Field, bytes: number): void {
  if (bytes > SIZE) field.at('data').say(`has ${bytes} bytes, must have ${SIZE} at most`);
}

/** Bytes of base64. */
function decoded(record: Readonly<Record<string, string>>): number {
  return Object.values(record).reduce((sum, text) => sum + Buffer.byteLength(text, 'base64'), 0);
}
