import { definitionReference, type Reference } from '../../core/references';
import { Schemas } from '../../core/schemas/schemas';
import type { TrialDeclaration } from './trial';

/** The definition of the kind of trials: Katib makes them only later, so none of the objects names it. */
export function neededBy({ object }: TrialDeclaration): Reference[] {
  if (!object) return [];
  const { apiVersion, kind } = object;
  const definition = Schemas.shipped.find(apiVersion, kind)?.definition;
  return definition ? [definitionReference(definition, `a trial of kind ${kind}`)] : [];
}
