import type { Manifest } from '../../core';
import { definitionReference, type Reference, references } from '../../core/references';
import { Schemas } from '../../core/schemas/schemas';
import type { TrialTemplate } from './trial';

/** What has to be in the cluster for trials to be made; what their pods name is read from the experiment itself. */
export function neededBy({ object }: TrialTemplate, namespace: string | undefined): Reference[] {
  if (!object) return [];
  const { apiVersion, kind } = object;
  const definition = Schemas.shipped.find(apiVersion, kind)?.definition;
  const trial = { ...object, metadata: { name: '', namespace } } as unknown as Manifest;
  const runtimes = references(trial).filter(({ path }) => path === 'spec.runtimeRef');
  return [
    ...(definition ? [definitionReference(definition, `a trial of kind ${kind}`)] : []),
    ...runtimes.map((runtime) => ({ ...runtime, path: `the trial's ${runtime.path}` })),
  ];
}
