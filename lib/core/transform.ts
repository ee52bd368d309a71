import type { IConstruct } from 'constructs';
import type { Manifest } from './manifest';
import type { Reference } from './references';
import { Scoped } from './scoped';

const scoped = new Scoped<Transform>('cdk8s-kubeflow:transform');

/** A change that a scope makes to every object below it, before images and patches: the settings of a platform. */
export abstract class Transform {
  /** Puts the change on a construct. Of several that reach an object, the nearest comes first. */
  on(scope: IConstruct): void {
    scoped.add(scope, this);
  }

  /** The changed object; the given one is left as it is. */
  abstract apply(object: Manifest): Manifest;

  /** The setting that names something in every object that it reaches; undefined where none does. */
  setting(_names: Reference): string | undefined {
    return undefined;
  }

  /** What the settings ask for that no object of the finished model answers to, each as a sentence; an error each. */
  abstract unused(): string[];

  /** The transforms that reach a construct. */
  static reaching(construct: IConstruct): Transform[] {
    return scoped.reaching(construct);
  }

  /** The transforms that are on a construct itself. */
  static at(construct: IConstruct): readonly Transform[] {
    return scoped.at(construct);
  }
}
