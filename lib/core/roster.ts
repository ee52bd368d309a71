import type { IConstruct } from 'constructs';
import { Scoped } from './scoped';

/**
 * The constructs of one sort in an app, found from anywhere in it without a walk through the tree. They come in the order in which they
 * were made; one that is not made yet is not found.
 */
export class Roster<T extends IConstruct> {
  private readonly scoped: Scoped<T>;

  /** @param sort what they are called, as it stands in the metadata of the app */
  constructor(sort: string) {
    this.scoped = new Scoped(`cdk8s-kubeflow:roster:${sort}`);
  }

  /** Lets a construct be found. */
  add(construct: T): void {
    this.scoped.add(construct.node.root, construct);
  }

  /** Those of the app that a construct is part of. */
  around(construct: IConstruct): T[] {
    return this.scoped.at(construct.node.root);
  }
}
