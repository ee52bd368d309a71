import type { IConstruct } from 'constructs';
import type { Finding } from '../finding';
import { Image } from '../images/image';
import { Images } from '../images/images';
import type { ObjectModel } from '../object-model';
import { Patch } from '../patches/patch';
import { nearest } from '../schemas/nearest';
import { Transform } from '../transform';

/** A setting or a patch that changes nothing is a mistake. */
export function* unused(model: ObjectModel): Iterable<Finding> {
  for (const scope of model.root.node.findAll()) {
    const messages = [
      ...Images.unused(scope).map((key) => unusedImage(key, model)),
      ...Transform.at(scope).flatMap((transform) => transform.unused()),
      ...Patch.at(scope)
        .filter((patch) => !patch.isUsed)
        .map((patch) => `the ${patch} matches none of the ${objectsBelow(scope, model)} objects here`),
    ];
    for (const message of messages) yield { severity: 'error', path: scope.node.path, message };
  }
}

function unusedImage(key: string, model: ObjectModel): string {
  const listed = model.images.map(({ image }) => Image.of(image));
  const near = nearest(
    key,
    listed.flatMap(({ repository, version }) => [repository, version]),
  );
  return `images: no image of the model is ${key}${near ? `; did you mean ${near}?` : ''}`;
}

function objectsBelow(scope: IConstruct, model: ObjectModel): number {
  return model.objects.filter(({ construct }) => construct.node.scopes.includes(scope)).length;
}
