import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { GraphNode, GraphStep, InferenceGraph, type InferenceGraphProps, type StepOptions } from '../../../../../lib';
import { workload } from '../../draft';
import { type Every, oneOf, options, whole } from '../../options';
import { affinity, resources, tolerations } from '../../pod';
import { labels, names, word } from '../../texts';
import { duration } from '../../training/training-job';
import { scale } from '../server/component';

const stepOptions: Every<StepOptions> = {
  name: word,
  data: oneOf('$request', '$response'),
  weight: whole(0, 100),
  condition: oneOf('[@this].#(modelId=="1")', 'predictions.0'),
  dependency: oneOf('Soft', 'Hard'),
  mapPredictionsToInstances: fc.boolean(),
};

const target = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(oneOf('server' as const), word) },
  { weight: 2, arbitrary: fc.tuple(oneOf('url' as const), oneOf('http://other.team.svc.cluster.local/v1/models/m:predict')) },
  { weight: 1, arbitrary: fc.tuple(oneOf('node' as const), oneOf('second', 'third', 'root')) },
);
const step = fc.tuple(target, options(stepOptions, [], 1 / 4)).map(([[to, name], more]) => GraphStep[to](name, more));
const steps = fc.array(step, { minLength: 1, maxLength: 4 });

/** Steps whose weights make a hundred. */
const weighted = whole(1, 99).chain((share) =>
  fc
    .tuple(target, target)
    .map(([[to, name], [other, second]]) => [
      GraphStep[to](name, { weight: share }),
      GraphStep[other](second, { weight: 100 - share }),
    ]),
);

const node = fc.oneof(
  steps.map((taken) => GraphNode.sequence(...taken)),
  steps.map((taken) => GraphNode.ensemble(...taken)),
  steps.map((taken) => GraphNode.switch(...taken)),
  weighted.map((taken) => GraphNode.splitter(...taken)),
);

const routerTimeouts: Every<NonNullable<InferenceGraphProps['routerTimeouts']>> = {
  serverRead: duration,
  serverWrite: duration,
  serverIdle: duration,
  serviceClient: duration,
};

const graphOptions: Every<InferenceGraphProps> = {
  nodes: fc.record({ root: node, second: node, third: node }, { requiredKeys: ['root'] }),
  deploymentMode: oneOf('Knative', 'Standard'),
  name: names(50),
  labels,
  annotations: labels,
  knativeFeatures: fc.subarray(['affinity', 'nodeselector', 'tolerations']),
  scale,
  resources,
  timeout: whole(1, 600).map(Duration.seconds),
  routerTimeouts: options(routerTimeouts, [], 1 / 2),
  serviceAccount: word,
  nodeSelector: labels,
  tolerations,
  affinity,
  expose: fc.boolean(),
  acknowledge: oneOf([], ['kserve/unknown-graph-node']),
  overrides: oneOf<Record<string, unknown>>({ minReplicas: 0 }, { nodeName: 'node-1' }),
};

/** A graph of model servers. */
export const inferenceGraphs = workload<InferenceGraphProps>({
  title: 'InferenceGraph',
  names: names(63, 40),
  props: options(graphOptions, ['nodes']),
  options: Object.keys(graphOptions),
  declare: (chart, name, props) => new InferenceGraph(chart, name, props),
});
