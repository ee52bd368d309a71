import type { IConstruct } from 'constructs';
import { Scoped } from './scoped';

/**
 * The constructs of one sort in an app, found from anywhere in it without a walk through the tree. They come in the order in which they
 * were made; one that is not made yet is not found.
 */
export class Roster<T extends IConstruct> {
  private readonly all: Scoped<T>;
  private readonly byKey: Scoped<Map<unknown, T[]>>;

  /**
   * @param sort what they are called, as nothing else in an app is
   * @param keyOf what some of them have in common, to find those without a look at the others
   */
  constructor(
    sort: string,
    private readonly keyOf: (construct: T) => unknown = () => undefined,
  ) {
    this.all = new Scoped(`cdk8s-kubeflow:roster:${sort}`);
    this.byKey = new Scoped(`cdk8s-kubeflow:roster:${sort}:by-key`);
  }

  /** Lets a construct be found. */
  add(construct: T): void {
    const { root } = construct.node;
    this.all.add(root, construct);
    const [known] = this.byKey.at(root);
    const groups = known ?? new Map<unknown, T[]>();
    if (!known) this.byKey.add(root, groups);
    const key = this.keyOf(construct);
    const group = groups.get(key);
    if (group) group.push(construct);
    else groups.set(key, [construct]);
  }

  /** Those of the app that a construct is part of. */
  around(construct: IConstruct): readonly T[] {
    return this.all.at(construct.node.root);
  }

  /** Those of them that have a key. */
  having(construct: IConstruct, key: unknown): readonly T[] {
    return this.byKey.at(construct.node.root)[0]?.get(key) ?? [];
  }
}
