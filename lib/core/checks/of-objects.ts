import { describe, type Manifest } from '../manifest';
import type { ObjectModel } from '../object-model';
import type { Breach } from '../rule';

/** The check of a rule over every object of a model. @param wrong what is wrong with one, as sentences after its name */
export function ofObjects(wrong: (object: Manifest) => Iterable<string>): (model: ObjectModel) => Iterable<Breach> {
  return function* check(model) {
    for (const { construct, manifest } of model.objects)
      for (const message of wrong(manifest)) yield { path: construct.node.path, message: `${describe(manifest)}: ${message}` };
  };
}
