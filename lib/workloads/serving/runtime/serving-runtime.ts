import { Construct, type IConstruct } from 'constructs';
import {
  type ClusterServingRuntimeSpec,
  clusterservingruntimes,
  type ServingRuntime as ServingRuntimeObject,
  servingruntimes,
} from '../../../../crds-imports/serving.kserve.io';
import { SERVER_TYPE } from '../../../components/kserve/serving-runtimes';
import type { ServedRuntime } from '../../../contracts';
import { type Kind, KubeObject, namespaceOf, Roster, refuse } from '../../../core';
import { enforce } from '../../../core/rule';
import type { ObjectOptions } from '../../named';
import { contradictions, objectMetadata } from '../../object-metadata';
import { given } from '../../pod/given';
import { clusterOf } from '../cluster';
import { SERVING_RUNTIME_RULES } from './serving-runtime-rules';

/** Options of a serving runtime: its spec as KServe takes it. Arguments may have `{{.Name}}`, `{{.Namespace}}`, `{{.Labels.x}}` and `{{.Annotations.x}}`. */
export interface ServingRuntimeProps extends ObjectOptions, Omit<ClusterServingRuntimeSpec, 'labels' | 'annotations'> {
  /** Labels of the pods of servers that it runs. @default - none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the pods of servers that it runs. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Port and path at which the server tells its metrics. @default - KServe's */
  readonly metrics?: { readonly port?: number; readonly path?: string };
}

function metricsAnnotations({ port, path }: NonNullable<ServingRuntimeProps['metrics']>): Record<string, string> {
  return given({
    'prometheus.kserve.io/port': port === undefined ? undefined : String(port),
    'prometheus.kserve.io/path': path,
  }) as Record<string, string>;
}

/** By namespace; those of the cluster have none. */
const runtimes = new Roster<ServingRuntimeBase>('serving-runtimes', (runtime) => runtime.namespace);

/** What ServingRuntime and ClusterServingRuntime have in common. */
export abstract class ServingRuntimeBase extends Construct {
  /** The serving runtimes of a namespace, or else those for the whole cluster, in the app of a construct, as far as they are made. */
  static around(construct: IConstruct, namespace?: string): readonly ServingRuntimeBase[] {
    return runtimes.having(construct, namespace);
  }

  /** Name that a model refers to. */
  readonly name: string;
  /** What was declared. */
  readonly spec: ClusterServingRuntimeSpec;
  /** What a server has to know of it. */
  readonly shape: ServedRuntime;

  protected constructor(scope: Construct, id: string, kind: Kind<ServingRuntimeObject>, props: ServingRuntimeProps) {
    super(scope, id);
    const { name = id, labels, annotations, metrics, podLabels, podAnnotations, ...rest } = props;
    this.name = name;
    const ofMetrics = metrics && metricsAnnotations(metrics);
    refuse(this, contradictions('annotation', podAnnotations, ofMetrics));
    const ofPods = ofMetrics ? { ...podAnnotations, ...ofMetrics } : podAnnotations;
    const spec: ClusterServingRuntimeSpec = { ...rest, ...given({ labels: podLabels, annotations: ofPods }) };
    this.spec = spec;
    this.shape = { ...spec, ...given({ serverType: annotations?.[SERVER_TYPE] }) };
    runtimes.add(this);
    enforce(this, SERVING_RUNTIME_RULES, { spec, others: this.others() });
    new KubeObject(this, 'Resource', kind, {
      metadata: objectMetadata(name, { labels, annotations }),
      spec,
    });
  }

  /** The namespace that it is for; undefined where it is for all. */
  abstract get namespace(): string | undefined;

  /** The platform's runtimes of the same kind. */
  protected installed(): [string, ServedRuntime][] {
    return [];
  }

  private others(): Map<string, ServedRuntime> {
    const declared = ServingRuntimeBase.around(this, this.namespace).filter((other) => other !== this);
    return new Map<string, ServedRuntime>([...this.installed(), ...declared.map(({ name, spec }) => [name, spec] as const)]);
  }
}

/**
 * A program that serves models of some formats, for one namespace. The construct's id is its name, unless `name` says it.
 * Declare it before the servers that KServe chooses it for: they are held against the runtimes that are there.
 *
 * @see https://kserve.github.io/website/docs/concepts/resources/servingruntime
 */
export class ServingRuntime extends ServingRuntimeBase {
  /** @throws ConstructError with everything that KServe's webhook would refuse, or that would keep it from serving */
  constructor(scope: Construct, id: string, props: ServingRuntimeProps) {
    super(scope, id, servingruntimes, props);
  }

  get namespace(): string | undefined {
    return namespaceOf(this);
  }
}

/** A program that serves models of some formats, for all namespaces. The construct's id is its name, unless `name` says it. */
export class ClusterServingRuntime extends ServingRuntimeBase {
  /** @throws ConstructError with everything that KServe's webhook would refuse, or that would keep it from serving */
  constructor(scope: Construct, id: string, props: ServingRuntimeProps) {
    super(scope, id, clusterservingruntimes, props);
  }

  get namespace(): undefined {
    return undefined;
  }

  protected override installed(): [string, ServedRuntime][] {
    return Object.entries(clusterOf(this).runtimes ?? {});
  }
}
