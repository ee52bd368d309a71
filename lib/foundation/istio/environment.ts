import type { EnvVar } from '../../../crds-imports/core';

/** An environment variable with a field of the pod. */
export function ofField(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** An environment variable with a resource of the container. */
export function ofLimit(name: string, resource: 'limits.cpu' | 'limits.memory'): EnvVar {
  return { name, valueFrom: { resourceFieldRef: { resource, divisor: '1' } } };
}
