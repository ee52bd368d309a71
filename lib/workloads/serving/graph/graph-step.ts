import type { Step as StepSpec } from '../../../../crds-imports/serving.kserve.io';
import { nameOf } from '../../pod/env';
import { given } from '../../pod/given';
import type { ModelServer } from '../server/model-server';

/** What a step of a graph does with data. */
export interface StepOptions {
  /** Name of the step, by which an ensemble names its answer. @default - none */
  readonly name?: string;
  /** What the step gets: the request of the node, or the answer of the step before. @default '$request' in the first step */
  readonly data?: '$request' | '$response';
  /** Percent of the requests, in a Splitter, where the weights of all steps make 100. @default - none */
  readonly weight?: number;
  /** When the step of a switch is taken, as a GJSON path: `[@this].#(modelId=="1")`. Without one it never is. @default - none */
  readonly condition?: string;
  /** Whether the node fails when the step does. @default 'Soft' */
  readonly dependency?: 'Soft' | 'Hard';
  /** Whether predictions become the next step's instances. @default false */
  readonly mapPredictionsToInstances?: boolean;
}

/** A step of a node: where the request goes. */
export class GraphStep {
  private constructor(private readonly spec: StepSpec) {}

  /** To a model server of the graph's namespace. @param server the server, or the name of one that the cluster has */
  static server(server: ModelServer | string, options: StepOptions = {}): GraphStep {
    return new GraphStep({ ...given({ name: options.name }), serviceName: nameOf(server), ...rest(options) });
  }

  /** To another node of the graph. */
  static node(nodeName: string, options: StepOptions = {}): GraphStep {
    return new GraphStep({ ...given({ name: options.name }), nodeName, ...rest(options) });
  }

  /** To any URL. */
  static url(serviceUrl: string, options: StepOptions = {}): GraphStep {
    return new GraphStep({ ...given({ name: options.name }), serviceUrl, ...rest(options) });
  }

  /** The step as the API takes it. @internal */
  _spec(): StepSpec {
    return this.spec;
  }
}

function rest({ name: _, ...options }: StepOptions): Partial<StepSpec> {
  return given(options);
}
