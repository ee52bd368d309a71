import type { IConstruct } from 'constructs';
import { ConstructError } from './finding';
import { Scoped } from './scoped';

/** That a construct was told what a contract offers, which has to stay true. */
interface Question<T> {
  readonly construct: IConstruct;
  readonly answer: T | undefined;
}

/**
 * What one part of a platform offers to the others: who takes it knows the contract, and not who offers it. A platform makes all of its
 * offers before it builds anything, so the order in which its parts are declared changes nothing. A construct outside that has been
 * answered otherwise than a later offer would answer it is an error.
 */
export class Contract<T> {
  private readonly above: Scoped<T>;
  private readonly everywhere: Scoped<T>;
  /** Answers that were not found near the construct, by app: those that a later offer may change. */
  private readonly questions = new WeakMap<IConstruct, Question<T>[]>();

  /** @param what is offered, as messages call it: `a mesh` */
  constructor(private readonly what: string) {
    this.above = new Scoped<T>(`cdk8s-kubeflow:contract:${what}`);
    this.everywhere = new Scoped<T>(`cdk8s-kubeflow:contract:${what}:app`);
  }

  /**
   * Offers a value to everything below a construct, and to the rest of the app where nobody nearer offers one.
   *
   * @throws ConstructError naming the constructs that were answered otherwise before
   */
  offer(scope: IConstruct, value: T): void {
    this.above.add(scope, value);
    this.everywhere.add(scope.node.root, value);
    const misled = (this.questions.get(scope.node.root) ?? []).filter(
      ({ construct, answer }) => this.find(construct).answer !== answer,
    );
    if (misled.length === 0) return;
    const paths = [...new Set(misled.map(({ construct }) => construct.node.path))];
    throw new ConstructError(
      scope.node.path,
      `it offers ${this.what}, and ${paths.join(', ')} ${paths.length === 1 ? 'was' : 'were'} declared before without knowing it; declare ${scope.node.path || 'the app'} first`,
    );
  }

  /** The nearest offer, or else the only one of the app. */
  of(construct: IConstruct): T | undefined {
    const { answer, isNear } = this.find(construct);
    if (!isNear) this.remember(construct, answer);
    return answer;
  }

  /** The nearest offer that reaches a construct: what belongs to its cluster, and is never another platform's. */
  near(construct: IConstruct): T | undefined {
    return this.above.reaching(construct)[0];
  }

  /** Every offer that reaches a construct, the nearest scope's first: web applications for a menu, parts that a tenant gets. */
  all(construct: IConstruct): readonly T[] {
    return this.above.reaching(construct);
  }

  private find(construct: IConstruct): { readonly answer: T | undefined; readonly isNear: boolean } {
    const [nearest] = this.above.reaching(construct);
    if (nearest !== undefined) return { answer: nearest, isNear: true };
    const all = this.everywhere.at(construct.node.root);
    return { answer: all.length === 1 ? all[0] : undefined, isNear: false };
  }

  private remember(construct: IConstruct, answer: T | undefined): void {
    const { root } = construct.node;
    const asked = this.questions.get(root);
    if (asked) asked.push({ construct, answer });
    else this.questions.set(root, [{ construct, answer }]);
  }
}
