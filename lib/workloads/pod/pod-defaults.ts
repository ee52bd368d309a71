import type { IConstruct } from 'constructs';
import { POD_DEFAULTS } from '../../contracts';
import { namespaceOf } from '../../core';
import type { PodSecurityOption } from './pod-security';

/** Options of the pods of a workload, with what its namespace says of those that do not say it. */
export function withPodDefaults<Options extends { readonly podSecurity?: PodSecurityOption }>(
  construct: IConstruct,
  options: Options,
): Options {
  const namespace = namespaceOf(construct);
  const defaults = POD_DEFAULTS.all(construct).find((one) => one.namespace === namespace);
  if (!defaults) return options;
  const { podSecurity: said } = options;
  return {
    ...options,
    podSecurity: typeof said === 'object' ? { standard: defaults.podSecurity, ...said } : defaults.podSecurity,
  };
}
