import { Duration, Size } from 'cdk8s';
import { parse } from 'yaml';
import {
  GraphNode,
  GraphStep,
  InferenceGraph,
  type InferenceGraphProps,
  Knative,
  Model,
  ModelServer,
  Scale,
  ScaleOn,
} from '../../../../lib';
import { GRAPH_RULES as graphRules } from '../../../../lib/workloads/serving/graph/rules';
import { type Build, describeRules, yaml } from '../../../support/rules';

const graph =
  (nodes: InferenceGraphProps['nodes'], more: Partial<InferenceGraphProps> = {}, id = 'graph'): Build =>
  (chart) =>
    new InferenceGraph(chart, id, { nodes, ...more });
const step = GraphStep.server('cats');
const root = GraphNode.sequence(step);

describeRules('rules of inference graphs', graphRules, {
  'kubernetes/invalid-service-name': {
    refused: [[graph({ root }, {}, '1graph'), 'the name "1graph" is not a DNS label']],
    accepted: [graph({ root })],
  },
  'kserve/graph-host-too-long': {
    refused: [
      [graph({ root }, { deploymentMode: 'Standard' }, 'a'.repeat(59)), 'the name is 1 characters too long: a host is called'],
    ],
    accepted: [graph({ root }, { deploymentMode: 'Standard' }, 'a'.repeat(58)), graph({ root }, {}, 'a'.repeat(63))],
  },
  'kserve/contradicting-graph-metadata': {
    refused: [
      [
        graph({ root }, { deploymentMode: 'Standard', annotations: { 'serving.kserve.io/deploymentMode': 'Knative' } }),
        'says "Knative", its option "Standard"',
      ],
    ],
    accepted: [
      graph({ root }, { nodeSelector: { a: 'b' }, annotations: { 'serving.kserve.io/deploymentMode': 'RawDeployment' } }),
    ],
  },
  'kserve/graph-without-root': {
    refused: [[graph({ start: root }), 'no node is called root, where requests come in; there is start']],
    accepted: [graph({ root })],
  },
  'kserve/repeated-step': {
    refused: [
      [
        graph({ root: GraphNode.ensemble(GraphStep.server('a', { name: 'x' }), GraphStep.server('b', { name: 'x' })) }),
        'there are two steps x of the node root',
      ],
    ],
    accepted: [
      graph({
        root: GraphNode.ensemble(GraphStep.server('a', { name: 'x' }), GraphStep.node('b', { name: 'y' })),
        b: GraphNode.sequence(GraphStep.server('b', { name: 'x' })),
      }),
    ],
  },
  'kserve/step-without-target': {
    refused: [
      [graph({ root }, { overrides: { nodes: { root: { steps: [{ name: 'x' }] } } } }), 'goes to nothing'],
      [graph({ root }, { overrides: { nodes: { root: { steps: [{ nodeName: 'x', serviceName: 'y' }] } } } }), 'goes to x and y'],
    ],
    accepted: [graph({ root: GraphNode.sequence(GraphStep.url('http://x')) })],
  },
  'kserve/unbalanced-splitter': {
    refused: [
      [
        graph({ root: GraphNode.splitter(GraphStep.server('a', { weight: 50 }), GraphStep.server('b', { weight: 49 })) }),
        '50, 49',
      ],
      [graph({ root: GraphNode.splitter(GraphStep.server('a', { weight: 100 }), step) }), '100, none'],
    ],
    accepted: [graph({ root: GraphNode.splitter(GraphStep.server('a', { weight: 50 }), GraphStep.server('b', { weight: 50 })) })],
  },
  'knative/refused-router-field': {
    refused: [[graph({ root }, { nodeSelector: { a: 'b' } }), 'kubernetes.podspec-nodeselector']],
    accepted: [
      graph({ root }, { nodeSelector: { a: 'b' }, deploymentMode: 'Standard' }),
      graph({ root }, { nodeSelector: { a: 'b' }, knativeFeatures: ['nodeselector'] }),
    ],
  },
  'kserve/unsupported-graph-scaling': {
    refused: [
      [graph({ root }, { scale: Scale.between(1, 2, { on: ScaleOn.memory(Size.gibibytes(1)) }) }), 'one short metric only'],
      [graph({ root }, { scale: Scale.between(1, 2, { behavior: {} }) }), 'one short metric only'],
    ],
    accepted: [graph({ root }, { scale: Scale.between(1, 2, { on: ScaleOn.memory(80) }) })],
  },
  'knative/graph-timeout-too-long': {
    refused: [[graph({ root }, { timeout: Duration.seconds(601) }), 'Knative refuses more than 600']],
    accepted: [
      graph({ root }, { timeout: Duration.seconds(600) }),
      graph({ root }, { timeout: Duration.seconds(601), deploymentMode: 'Standard' }),
      (chart) => {
        Knative.existing(chart, { maxRevisionTimeout: Duration.hours(1) });
        graph({ root }, { timeout: Duration.hours(1) })(chart);
      },
    ],
  },
  'kserve/unknown-graph-node': {
    warned: [
      (acknowledge) => graph({ root: GraphNode.sequence(GraphStep.node('b')) }, { acknowledge }),
      'goes to b, which the graph does not have',
    ],
    accepted: [graph({ root: GraphNode.sequence(GraphStep.node('b')), b: root })],
  },
  'kserve/cyclic-graph': {
    warned: [
      (acknowledge) =>
        graph({ root: GraphNode.sequence(GraphStep.node('b')), b: GraphNode.sequence(GraphStep.node('root')) }, { acknowledge }),
      'requests go round: root → b → root',
    ],
    accepted: [
      graph({
        root: GraphNode.ensemble(GraphStep.node('b'), GraphStep.node('c')),
        b: GraphNode.sequence(GraphStep.node('c')),
        c: root,
      }),
    ],
  },
  'kserve/step-without-condition': {
    refused: [
      [graph({ root: GraphNode.switch(step) }), 'a step of the switch root has no condition, so it is never taken'],
      [graph({ root: GraphNode.switch(GraphStep.server('a', { condition: '' })) }), 'so it is never taken'],
    ],
    accepted: [
      graph({ root: GraphNode.switch(GraphStep.server('a', { condition: 'x' }), GraphStep.server('b', { condition: '@this' })) }),
    ],
  },
});

test('an inference graph says what it was told', () => {
  const { spec } = parse(
    yaml((chart) => {
      const cats = new ModelServer(chart, 'cats', { model: Model.sklearn('s3://a/cats') });
      const made = new InferenceGraph(chart, 'graph', {
        nodes: { root: GraphNode.sequence(GraphStep.server(cats, { name: 'cats', data: '$request' })) },
        scale: Scale.between(0, 2),
        serviceAccount: 'graphs',
      });
      expect(made.url).toBe('http://graph.team.svc.cluster.local');
    }),
  );
  expect(spec).toEqual({
    nodes: { root: { routerType: 'Sequence', steps: [{ name: 'cats', serviceName: 'cats', data: '$request' }] } },
    minReplicas: 0,
    maxReplicas: 2,
    serviceAccountName: 'graphs',
  });
});
