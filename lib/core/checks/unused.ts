import type { Finding } from '../finding';
import { Images } from '../images/images';
import type { ObjectModel } from '../object-model';
import { Patch } from '../patches/patch';
import { Transform } from '../transform';

/** A setting or a patch that changes nothing is a mistake. */
export function* unused(model: ObjectModel): Iterable<Finding> {
  for (const scope of model.root.node.findAll()) {
    yield* Images.unused(scope, model.images);
    for (const message of Transform.at(scope).flatMap((transform) => transform.unused())) {
      yield { severity: 'error', path: scope.node.path, message };
    }
    for (const patch of Patch.at(scope)) {
      if (patch.isUsed) continue;
      const below = model.objects.filter(({ construct }) => construct.node.scopes.includes(scope)).length;
      yield { severity: 'error', path: scope.node.path, message: `the ${patch} matches none of the ${below} objects here` };
    }
  }
}
