import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { Affinity, Toleration } from '../../../../crds-imports/core';
import { type InferenceGraphSpec, inferencegraphs } from '../../../../crds-imports/serving.kserve.io';
import type { DeploymentMode, KnativeFeature } from '../../../contracts';
import { KubeObject, namespaceOf } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { enforce } from '../../../core/rule';
import { madeFor } from '../../made-for';
import type { ObjectOptions } from '../../named';
import { contradictions, objectMetadata } from '../../object-metadata';
import type { DeclaredObject } from '../../pod/declared-object';
import { nameOf } from '../../pod/env';
import { given } from '../../pod/given';
import { type Resources, requirements } from '../../pod/resources';
import { clusterOf } from '../cluster';
import { Exposure, graphLabels } from '../exposure';
import type { Scale } from '../scaling/scale';
import { scaling } from '../scaling/scale-on';
import { MAX_REVISION_TIMEOUT } from '../server/knative-rules';
import { MODE, withWritten } from '../server/read-metadata';
import type { GraphNode } from './graph-node';
import { GRAPH_RULES } from './rules';

/** Options of a graph. A label or an annotation that stands for one of the options is read as that option. */
export interface InferenceGraphProps extends ObjectOptions {
  /** Nodes by name; requests come in at `root`. */
  readonly nodes: Readonly<Record<string, GraphNode>>;
  /** How KServe runs the router. @default - the cluster's */
  readonly deploymentMode?: DeploymentMode;
  /** Flags that Knative's `config-features` sets. @default - those of the cluster, see Knative */
  readonly knativeFeatures?: readonly KnativeFeature[];
  /** Between how many replicas the router scales. @default - what KServe does by itself */
  readonly scale?: Scale;
  /** Resources of the router. @default - KServe's: 100m and 100Mi, at most 1 and 1Gi */
  readonly resources?: Resources;
  /** How long a request may take. @default - 60 seconds */
  readonly timeout?: Duration;
  /** Times that the router keeps. @default - none */
  readonly routerTimeouts?: {
    readonly serverRead?: Duration;
    readonly serverWrite?: Duration;
    readonly serverIdle?: Duration;
    readonly serviceClient?: Duration;
  };
  /** The ServiceAccount, or the name of one that the namespace has. @default - the namespace's default */
  readonly serviceAccount?: DeclaredObject | string;
  /** @default - any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly tolerations?: readonly Toleration[];
  /** @default - none */
  readonly affinity?: Affinity;
  /** Whether requests from outside its namespace pass a mesh that refuses what no policy allows. @default false */
  readonly expose?: boolean;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
  /** For the field that no option foresaw: merged last into the spec, and checked like everything else. @default - none */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/**
 * Model servers behind one address, which answer one after the other, together or in turn. The construct's id is its name, unless `name` says it.
 *
 * @see https://kserve.github.io/website/docs/model-serving/inferencegraph/overview
 */
export class InferenceGraph extends Construct {
  /** Name of the graph. */
  readonly name: string;

  /** @throws ConstructError with everything that KServe's webhook would refuse */
  constructor(scope: Construct, id: string, props: InferenceGraphProps) {
    super(scope, id);
    const options = withWritten(props);
    const { name = id, deploymentMode } = options;
    this.name = name;
    const cluster = clusterOf(this);
    const made = madeFor(this.node.path, () => graphSpec(props));
    const spec = mergePatch(made, props.overrides ?? {}) as InferenceGraphSpec;
    const said = deploymentMode && { [MODE]: deploymentMode };
    const facts = {
      name,
      namespace: namespaceOf(this) ?? '',
      spec,
      mode: deploymentMode ?? cluster.deploymentMode ?? 'Knative',
      maxTimeout: cluster.knative.maxRevisionTimeout?.toSeconds() ?? MAX_REVISION_TIMEOUT,
      cluster,
      contradictions: contradictions('annotation', options.annotations, said),
      features: new Set(props.knativeFeatures ?? cluster.knative.features),
    };
    enforce(this, GRAPH_RULES, facts, props.acknowledge);
    new KubeObject(this, 'Resource', inferencegraphs, {
      metadata: objectMetadata(name, { labels: options.labels, annotations: { ...options.annotations, ...said } }),
      spec,
    });
    if (props.expose) new Exposure(this, { [name]: graphLabels(name) });
  }

  /** Where the cluster reaches it. */
  get url(): string {
    return `http://${this.name}.${namespaceOf(this)}.svc.cluster.local`;
  }
}

function graphSpec(props: InferenceGraphProps): InferenceGraphSpec {
  const { nodes, resources, routerTimeouts, serviceAccount } = props;
  const seconds = routerTimeouts && Object.entries(routerTimeouts).map(([name, time]) => [name, (time as Duration).toSeconds()]);
  return {
    nodes: Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, node._spec()])),
    ...(scaling(props.scale, undefined) as Partial<InferenceGraphSpec>),
    ...given({
      resources: resources && requirements(resources),
      timeout: props.timeout?.toSeconds(),
      routerTimeouts: seconds && (Object.fromEntries(seconds) as InferenceGraphSpec['routerTimeouts']),
      serviceAccountName: serviceAccount && nameOf(serviceAccount),
      nodeSelector: props.nodeSelector,
      tolerations: props.tolerations,
      affinity: props.affinity,
    }),
  };
}
