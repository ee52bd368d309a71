import type { InferenceGraphSpec, Step } from '../../../../crds-imports/serving.kserve.io';
import type { DeploymentMode, KnativeFeature } from '../../../contracts';
import { DNS_LABEL } from '../../../core/names';
import { error, type Rule, warning } from '../../../core/rule';
import { SERVICE_NAME_RULE } from '../../service-name';
import { type HostForms, serviceHost } from '../server/hosts';

/** A graph as its rules see it. */
export interface GraphFacts {
  readonly name: string;
  readonly namespace: string;
  readonly spec: InferenceGraphSpec;
  readonly mode: DeploymentMode;
  readonly features: ReadonlySet<KnativeFeature>;
  /** What makes its host. */
  readonly cluster: HostForms;
  /** Where labels and annotations say otherwise than options. */
  readonly contradictions: readonly string[];
  /** Seconds that Knative lets a request take. */
  readonly maxTimeout: number;
}

const stepsOf = ({ spec }: GraphFacts) =>
  Object.entries(spec.nodes).flatMap(([node, { steps = [], routerType }]) => steps.map((step) => ({ node, routerType, step })));

const targets = ({ nodeName, serviceName, serviceUrl }: Step) =>
  [nodeName, serviceName, serviceUrl].filter((target) => target !== undefined && target !== '');

/** The nodes of a way that comes back to where it began. */
function cycle({ spec }: GraphFacts): readonly string[] | undefined {
  const walk = (node: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    const next = (spec.nodes[node]?.steps ?? []).flatMap(({ nodeName }) => nodeName ?? []);
    return next.map((one) => walk(one, [...way, node])).find((found) => found);
  };
  return Object.keys(spec.nodes)
    .map((node) => walk(node, []))
    .find((found) => found);
}

/** Fields of a router's pods that Knative refuses without their flags. */
const GATED: Readonly<Partial<Record<keyof InferenceGraphSpec, KnativeFeature>>> = {
  affinity: 'affinity',
  nodeSelector: 'nodeselector',
  tolerations: 'tolerations',
};

/** The rules of inference graphs. */
export const GRAPH_RULES: readonly Rule<GraphFacts>[] = [
  SERVICE_NAME_RULE,
  error(
    'kserve/graph-host-too-long',
    'The host of a graph is made of its name and its namespace, and a part of it has 63 characters at most.',
    ({ name, namespace, mode, cluster }) => {
      const labels = [name, ...serviceHost({ name, namespace, mode }, cluster).split('.')];
      const [longest = ''] = labels.sort((one, other) => other.length - one.length);
      return longest.length > DNS_LABEL.length
        ? `the name is ${longest.length - DNS_LABEL.length} characters too long: a host is called ${longest}, with at most ${DNS_LABEL.length}`
        : undefined;
    },
  ),
  error(
    'kserve/contradicting-graph-metadata',
    'A label or an annotation that stands for an option says the same as the option.',
    ({ contradictions }) => (contradictions.length > 0 ? contradictions.join(', and ') : undefined),
  ),
  error(
    'kserve/graph-without-root',
    "Requests come in at the node root, without which KServe's webhook refuses a graph.",
    ({ spec }) =>
      Object.hasOwn(spec.nodes, 'root')
        ? undefined
        : `no node is called root, where requests come in; there is ${Object.keys(spec.nodes).join(', ') || 'none'}`,
  ),
  error('kserve/repeated-step', "KServe's webhook refuses two steps of one name in a node.", (graph) => {
    const named = stepsOf(graph).flatMap(({ node, step }) => (step.name ? [`${step.name} of the node ${node}`] : []));
    const twice = named.find((name, index) => named.indexOf(name) !== index);
    return twice ? `there are two steps ${twice}` : undefined;
  }),
  error('kserve/step-without-target', "KServe's webhook takes steps that go to exactly one node, server or URL.", (graph) => {
    const wrong = stepsOf(graph).find(({ step }) => targets(step).length !== 1);
    return wrong
      ? `a step of the node ${wrong.node} goes to ${targets(wrong.step).join(' and ') || 'nothing'}, must go to one node, server or URL`
      : undefined;
  }),
  error(
    'kserve/unbalanced-splitter',
    "The weights of a splitter are percent, and KServe's webhook wants all of them.",
    ({ spec }) => {
      const wrong = Object.entries(spec.nodes).find(
        ([, { routerType, steps = [] }]) =>
          routerType === 'Splitter' &&
          (steps.some(({ weight }) => weight === undefined) || steps.reduce((sum, { weight = 0 }) => sum + weight, 0) !== 100),
      );
      const weights = wrong?.[1].steps?.map(({ weight }) => weight ?? 'none').join(', ');
      return wrong ? `the splitter ${wrong[0]} has the weights ${weights}, which do not make 100` : undefined;
    },
  ),
  error(
    'knative/refused-router-field',
    "Knative takes these fields of a router's pods behind a flag only.",
    ({ spec, mode, features }) => {
      const refused = Object.entries(GATED).flatMap(([field, feature]) =>
        spec[field as keyof InferenceGraphSpec] === undefined || features.has(feature) ? [] : [feature],
      );
      return mode === 'Knative' && refused.length > 0
        ? `Knative refuses the router without its flag: ${refused.map((one) => `kubernetes.podspec-${one}`).join(', ')}; set it and say knativeFeatures, or say deploymentMode: 'Standard'`
        : undefined;
    },
  ),
  error('kserve/unsupported-graph-scaling', 'A graph has only the short fields of a metric and its target.', ({ spec }) =>
    'autoScaling' in spec
      ? 'the router scales by one short metric only; give scale one ScaleOn, no amount of memory, no query and no behavior'
      : undefined,
  ),
  error(
    'knative/graph-timeout-too-long',
    'Knative refuses a router that may take longer for a request than its configuration lets it.',
    ({ spec: { timeout }, mode, maxTimeout }) =>
      mode === 'Knative' && timeout !== undefined && timeout > maxTimeout
        ? `it takes up to ${timeout} seconds for a request, Knative refuses more than ${maxTimeout}; raise max-revision-timeout-seconds in its config-defaults and say maxRevisionTimeout of Knative.existing, or say deploymentMode: 'Standard'`
        : undefined,
  ),
  warning('kserve/unknown-graph-node', 'A request that is sent to a node that is not there fails.', (graph) => {
    const missing = stepsOf(graph).find(({ step }) => step.nodeName && !Object.hasOwn(graph.spec.nodes, step.nodeName));
    return missing
      ? `a step of the node ${missing.node} goes to ${missing.step.nodeName}, which the graph does not have`
      : undefined;
  }),
  warning('kserve/cyclic-graph', 'Requests that go round in a graph end by their timeout only.', (graph) => {
    const found = cycle(graph);
    return found ? `requests go round: ${found.join(' → ')}` : undefined;
  }),
  error(
    'kserve/step-without-condition',
    'The router takes a step of a switch when its condition finds something, and one without a condition never.',
    (graph) => {
      const wrong = stepsOf(graph).find(({ routerType, step }) => routerType === 'Switch' && !step.condition);
      return wrong
        ? `a step of the switch ${wrong.node} has no condition, so it is never taken; for what is left over give one that every request meets, for instance "@this"`
        : undefined;
    },
  ),
];
