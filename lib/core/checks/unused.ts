import type { IConstruct } from 'constructs';
import type { Finding } from '../finding';
import { Image } from '../images/image';
import { Images } from '../images/images';
import type { ObjectModel } from '../object-model';
import { Patch } from '../patches/patch';
import { findings, type Rule } from '../rule';
import { nearest } from '../schemas/nearest';
import { Transform } from '../transform';

/** A construct that settings and patches may be on. */
interface Place {
  readonly scope: IConstruct;
  readonly model: ObjectModel;
}

/** The rules of settings, images and patches, each of which is there to change something. */
export const UNUSED_RULES: readonly Rule<Place>[] = [
  {
    id: 'cdk8s/unused-image',
    level: 'error',
    reason: 'An image setting that names no image of the model is misspelt, or has outlived what it was for.',
    check: ({ scope, model }) => Images.unused(scope).map((key) => ({ message: unusedImage(key, model) })),
  },
  {
    id: 'cdk8s/unused-setting',
    level: 'error',
    reason: 'A setting that changes no object is misspelt, or has outlived what it was for.',
    check: ({ scope }) => Transform.at(scope).flatMap((transform) => transform.unused().map((message) => ({ message }))),
  },
  {
    id: 'cdk8s/unused-patch',
    level: 'error',
    reason: 'A patch that matches no object is misspelt, or has outlived what it was for.',
    check: ({ scope, model }) =>
      Patch.at(scope)
        .filter((patch) => !patch.isUsed)
        .map((patch) => ({ message: `the ${patch} matches none of the ${objectsBelow(scope, model)} objects here` })),
  },
];

/** A setting or a patch that changes nothing is a mistake. */
export function unused(model: ObjectModel): Finding[] {
  return model.root.node.findAll().flatMap((scope) => findings(UNUSED_RULES, { scope, model }, scope.node.path));
}

function unusedImage(key: string, model: ObjectModel): string {
  const listed = model.images.map(({ image }) => Image.of(image));
  const near = nearest(
    key,
    listed.flatMap(({ repository, version }) => [repository, version]),
  );
  return `images: no image of the model is ${key}${near ? `; did you mean ${near}?` : ''}`;
}

/** How many objects the scopes of a model have; counted once, when something is unused. */
const counts = new WeakMap<ObjectModel, ReadonlyMap<IConstruct, number>>();

function objectsBelow(scope: IConstruct, model: ObjectModel): number {
  const counted = counts.get(model) ?? countObjects(model);
  counts.set(model, counted);
  return counted.get(scope) ?? 0;
}

function countObjects(model: ObjectModel): Map<IConstruct, number> {
  const counted = new Map<IConstruct, number>();
  for (const { construct } of model.objects)
    for (const scope of construct.node.scopes) counted.set(scope, (counted.get(scope) ?? 0) + 1);
  return counted;
}
