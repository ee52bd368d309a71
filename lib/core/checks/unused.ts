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
  const objectsBelow = counter(model);
  for (const scope of model.root.node.findAll()) {
    const messages = [
      ...Images.unused(scope).map((key) => unusedImage(key, model)),
      ...Transform.at(scope).flatMap((transform) => transform.unused()),
      ...Patch.at(scope)
        .filter((patch) => !patch.isUsed)
        .map((patch) => `the ${patch} matches none of the ${objectsBelow(scope)} objects here`),
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

/** Tells how many objects a scope has; they are counted when the first one asks. */
function counter(model: ObjectModel): (scope: IConstruct) => number {
  let counts: Map<IConstruct, number> | undefined;
  return (scope) => {
    counts ??= countObjects(model);
    return counts.get(scope) ?? 0;
  };
}

function countObjects(model: ObjectModel): Map<IConstruct, number> {
  const counts = new Map<IConstruct, number>();
  for (const { construct } of model.objects)
    for (const scope of construct.node.scopes) counts.set(scope, (counts.get(scope) ?? 0) + 1);
  return counts;
}
