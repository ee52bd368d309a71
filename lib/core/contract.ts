import type { IConstruct } from 'constructs';
import { ConstructError } from './finding';
import { Scoped } from './scoped';

/** That a construct was told what a contract offers, which has to stay true. */
interface Question {
  readonly construct: IConstruct;
  readonly answer: unknown;
  readonly ask: (construct: IConstruct) => unknown;
}

/**
 * What one part of a platform offers to the others: who takes it knows the contract, and not who offers it. A platform makes all of its
 * offers before it builds anything, so the order in which its parts are declared changes nothing. An offer that comes after a construct
 * was answered otherwise is an error.
 */
export class Contract<T> {
  private readonly above: Scoped<T>;
  private readonly everywhere: Scoped<T>;
  /** What was asked below a construct. */
  private readonly below = new WeakMap<IConstruct, Question[]>();
  /** What was asked in an app where nobody near had an answer: an offer from anywhere may change it. */
  private readonly afar = new WeakMap<IConstruct, Question[]>();

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
    const { root } = scope.node;
    this.above.add(scope, value);
    this.everywhere.add(root, value);
    const asked = [...(this.below.get(scope) ?? []), ...(this.afar.get(root) ?? [])];
    const misled = asked.filter(({ construct, answer, ask }) => ask(construct) !== answer);
    if (misled.length === 0) return;
    const paths = [...new Set(misled.map(({ construct }) => construct.node.path))];
    throw new ConstructError(
      scope.node.path,
      `it offers ${this.what}, and ${paths.join(', ')} ${paths.length === 1 ? 'was' : 'were'} declared before without knowing it; declare ${scope.node.path || 'the app'} first`,
    );
  }

  /** Offers what a part can do that stands alone: nothing where something around it has offered it already. */
  offerAlone(scope: IConstruct, value: T): void {
    if (this.above.reaching(scope).length === 0) this.offer(scope, value);
  }

  /** The nearest offer, or else the only one of the app. */
  of(construct: IConstruct): T | undefined {
    const answer = this.soFar(construct);
    const question = { construct, answer, ask: (one: IConstruct) => this.soFar(one) };
    this.remember(question);
    if (this.nearest(construct) === undefined) note(this.afar, construct.node.root, question);
    return answer;
  }

  /** The nearest offer that reaches a construct: what belongs to its cluster, and is never another platform's. */
  near(construct: IConstruct): T | undefined {
    const answer = this.nearest(construct);
    this.remember({ construct, answer, ask: (one) => this.nearest(one) });
    return answer;
  }

  /** What `of` tells as long as nobody offers more: for those who ask again at synthesis. */
  soFar(construct: IConstruct): T | undefined {
    const nearest = this.nearest(construct);
    if (nearest !== undefined) return nearest;
    const all = this.everywhere.at(construct.node.root);
    return all.length === 1 ? all[0] : undefined;
  }

  /** Every offer that reaches a construct, the nearest scope's first: web applications for a menu, parts that a tenant gets. */
  all(construct: IConstruct): readonly T[] {
    return this.above.reaching(construct);
  }

  /** Every offer of the app that a construct is part of, wherever it was made; one that is made later is an error. */
  everyone(construct: IConstruct): readonly T[] {
    const { root } = construct.node;
    const ask = () => this.everywhere.at(root).length;
    note(this.afar, root, { construct, answer: ask(), ask });
    return this.everywhere.at(root);
  }

  private nearest(construct: IConstruct): T | undefined {
    return this.above.reaching(construct)[0];
  }

  private remember(question: Question): void {
    for (const scope of question.construct.node.scopes) note(this.below, scope, question);
  }
}

function note(questions: WeakMap<IConstruct, Question[]>, scope: IConstruct, question: Question): void {
  const asked = questions.get(scope);
  if (asked) asked.push(question);
  else questions.set(scope, [question]);
}
