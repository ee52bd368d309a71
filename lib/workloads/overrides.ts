import type { Kind } from '../core';
import { strategicMerge } from '../core/patches/merge';

/** A spec with overrides, whose lists are merged as those of the kind are. */
export function overridden(kind: Kind, spec: object, overrides: object): object {
  const object = { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name: '' }, spec };
  return strategicMerge(object, { spec: overrides }).spec as object;
}

/** A pod template with overrides. */
export function overriddenPod<Template extends object>(template: Template, overrides: object = {}): Template {
  const { spec } = strategicMerge(
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: '' }, spec: { template } },
    { spec: { template: overrides } },
  );
  return (spec as { template: Template }).template;
}
