import type { InferenceGraphSpec } from '../../../../crds-imports/serving.kserve.io';
import type { GraphStep } from './graph-step';

/** A node of a graph: how its steps are taken. */
export class GraphNode {
  private constructor(
    private readonly routerType: 'Sequence' | 'Splitter' | 'Ensemble' | 'Switch',
    private readonly steps: readonly GraphStep[],
  ) {}

  /** One step after the other. */
  static sequence(...steps: readonly GraphStep[]): GraphNode {
    return new GraphNode('Sequence', steps);
  }

  /** One step for each request, by weight. */
  static splitter(...steps: readonly GraphStep[]): GraphNode {
    return new GraphNode('Splitter', steps);
  }

  /** All steps at once; the answer has one member for each. */
  static ensemble(...steps: readonly GraphStep[]): GraphNode {
    return new GraphNode('Ensemble', steps);
  }

  /** The first step whose condition holds; a request for which none does is answered with 404. */
  static switch(...steps: readonly GraphStep[]): GraphNode {
    return new GraphNode('Switch', steps);
  }

  /** The node as the API takes it. @internal */
  _spec(): InferenceGraphSpec['nodes'][string] {
    return { routerType: this.routerType, steps: this.steps.map((step) => step._spec()) };
  }
}
