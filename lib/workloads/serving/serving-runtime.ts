import { Construct, type IConstruct } from 'constructs';
import {
  type ClusterServingRuntimeSpec,
  clusterservingruntimes,
  type ServingRuntime as ServingRuntimeObject,
  servingruntimes,
} from '../../../crds-imports/serving.kserve.io';
import { type Kind, KubeObject, namespaceOf, Roster } from '../../core';
import { given } from '../pod/given';
import { enforce, type Rule } from '../rule';
import { SERVING_CONTAINER } from './component';
import type { RuntimeShape } from './formats';
import { SIZE_VARIABLES, unknownGpus } from './multi-node-rules';
import { ServingCluster } from './serving-cluster';

/** Options of a serving runtime: its spec as KServe takes it. Arguments may have `{{.Name}}`, `{{.Namespace}}`, `{{.Labels.x}}` and `{{.Annotations.x}}`. */
export interface ServingRuntimeProps extends ClusterServingRuntimeSpec {
  /** Labels of the runtime itself. @default - none */
  readonly runtimeLabels?: Readonly<Record<string, string>>;
  /** Annotations of the runtime itself. @default - none */
  readonly runtimeAnnotations?: Readonly<Record<string, string>>;
  /** Port and path at which the server tells its metrics. @default - KServe's */
  readonly metrics?: { readonly port?: number; readonly path?: string };
}

/** A runtime as its rules see it. */
export interface ServingRuntimeFacts {
  readonly spec: ClusterServingRuntimeSpec;
  /** Runtimes that KServe would choose among, by name. */
  readonly others: ReadonlyMap<string, RuntimeShape>;
}

const WORKER = 'worker';

type Format = NonNullable<RuntimeShape['supportedModelFormats']>[number];

/** The formats that KServe chooses a runtime for, by their priority. */
function chosen({ disabled, supportedModelFormats = [] }: RuntimeShape): Format[] {
  return disabled ? [] : supportedModelFormats.filter(({ autoSelect, priority }) => autoSelect && priority !== undefined);
}

/** What two runtimes must not have the same priority for, as KServe's webhook compares them. */
function rivals(one: RuntimeShape, other: RuntimeShape): string | undefined {
  if ((one.multiModel ?? false) !== (other.multiModel ?? false)) return undefined;
  const protocol = one.protocolVersions?.find((version) => other.protocolVersions?.includes(version));
  if (protocol === undefined) return undefined;
  const same = chosen(one).find(({ name, version, priority }) =>
    chosen(other).some(
      (theirs) => theirs.name.toLowerCase() === name.toLowerCase() && theirs.version === version && theirs.priority === priority,
    ),
  );
  return same && `priority ${same.priority} for ${[same.name, same.version].filter(Boolean).join(' ')} with ${protocol}`;
}

/** The rules of serving runtimes. */
export const SERVING_RUNTIME_RULES: readonly Rule<ServingRuntimeFacts>[] = [
  {
    id: 'SR-1',
    level: 'error',
    check: ({ spec, others }) => {
      const [name, same] =
        [...others].map(([other, theirs]) => [other, rivals(spec, theirs)] as const).find(([, found]) => found) ?? [];
      return same && `the runtime ${name} has the same ${same}; give another`;
    },
  },
  {
    id: 'SR-2',
    level: 'error',
    check: ({ spec }) => {
      const formats = chosen(spec);
      const differing = formats.find((one) =>
        formats.some((other) => other.name === one.name && other.priority !== one.priority),
      );
      if (!differing) return undefined;
      const priorities = formats.filter(({ name }) => name === differing.name).map(({ priority }) => priority);
      return `the format ${differing.name} has the priorities ${priorities.join(' and ')}; give all of its versions the same`;
    },
  },
  {
    id: 'SR-3',
    level: 'error',
    check: ({ spec }) =>
      spec.containers.some(({ name }) => name === SERVING_CONTAINER)
        ? undefined
        : `no container is called ${SERVING_CONTAINER}, the one that serves; there is ${spec.containers.map(({ name }) => name).join(', ') || 'none'}`,
  },
  {
    id: 'SR-4',
    level: 'error',
    check: ({ spec: { workerSpec } }) =>
      workerSpec && workerSpec.containers.length !== 1
        ? `a ${WORKER} has one container, not ${workerSpec.containers.length}`
        : undefined,
  },
  {
    id: 'SR-5',
    level: 'error',
    check: ({ spec: { workerSpec } }) => {
      const wrong = [workerSpec?.pipelineParallelSize, workerSpec?.tensorParallelSize].find(
        (size) => size !== undefined && (!Number.isInteger(size) || size < 1),
      );
      return wrong === undefined ? undefined : `a ${WORKER}'s size is ${wrong}, must be a whole number of at least 1`;
    },
  },
  {
    id: 'SR-6',
    level: 'error',
    check: ({ spec: { workerSpec, containers } }) => {
      const env = workerSpec ? [...containers, ...workerSpec.containers].flatMap((container) => container.env ?? []) : [];
      const set = env.filter(({ name }) => SIZE_VARIABLES.includes(name)).map(({ name }) => name);
      return set.length > 0 ? `env sets ${set.join(', ')}; give pipelineParallelSize and tensorParallelSize` : undefined;
    },
  },
  {
    id: 'SR-7',
    level: 'error',
    check: ({ spec: { workerSpec, containers, annotations } }) => {
      const listed = annotations?.['serving.kserve.io/gpu-resource-types'];
      const further = listed ? (JSON.parse(listed) as string[]) : [];
      const unknown = workerSpec ? [...containers, ...workerSpec.containers].flatMap((one) => unknownGpus(one, further)) : [];
      return unknown.length > 0 ? `a ${WORKER} asks for ${unknown.join(', ')}, which KServe does not know as a GPU` : undefined;
    },
  },
];

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
  /** The serving runtimes for a namespace, or else for the whole cluster, in the app that a construct is part of, as far as they are made. */
  static around(construct: IConstruct, namespace?: string): readonly ServingRuntimeBase[] {
    return runtimes.having(construct, namespace);
  }

  /** Name that a model refers to. */
  readonly name: string;
  /** What was declared. */
  readonly spec: ClusterServingRuntimeSpec;

  protected constructor(scope: Construct, id: string, kind: Kind<ServingRuntimeObject>, props: ServingRuntimeProps) {
    super(scope, id);
    this.name = id;
    const { runtimeLabels: labels, runtimeAnnotations: annotations, metrics, ...rest } = props;
    const spec = metrics ? { ...rest, annotations: { ...metricsAnnotations(metrics), ...rest.annotations } } : rest;
    this.spec = spec;
    runtimes.add(this);
    enforce(this, SERVING_RUNTIME_RULES, { spec, others: this.others() });
    new KubeObject(this, 'Resource', kind, {
      metadata: { name: id, ...(labels && { labels }), ...(annotations && { annotations }) },
      spec,
    });
  }

  /** The namespace that it is for; undefined where it is for all. */
  abstract get namespace(): string | undefined;

  /** The platform's runtimes of the same kind. */
  protected installed(): [string, RuntimeShape][] {
    return [];
  }

  private others(): Map<string, RuntimeShape> {
    const declared = ServingRuntimeBase.around(this, this.namespace).filter((other) => other !== this);
    return new Map([...this.installed(), ...declared.map(({ name, spec }) => [name, spec] as const)]);
  }
}

/**
 * A program that serves models of some formats, for one namespace. The construct's id is its name.
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

/** A program that serves models of some formats, for all namespaces. The construct's id is its name. */
export class ClusterServingRuntime extends ServingRuntimeBase {
  /** @throws ConstructError with everything that KServe's webhook would refuse, or that would keep it from serving */
  constructor(scope: Construct, id: string, props: ServingRuntimeProps) {
    super(scope, id, clusterservingruntimes, props);
  }

  get namespace(): undefined {
    return undefined;
  }

  protected override installed(): [string, RuntimeShape][] {
    return Object.entries(ServingCluster.of(this).runtimes ?? {});
  }
}
