import type { Deployment } from '../../crds-imports/apps';
import type { Container, PodSpec, ResourceRequirements, Toleration } from '../../crds-imports/core';
import { type Manifest, podSpecs, type Reference, Transform } from '../core';
import { nearest } from '../core/schemas/nearest';

/** What all pods of a platform have in common, and what single workloads get instead of their defaults. */
export interface WorkloadSettings {
  /**
   * Labels of the nodes that the platform's pods run on, added to what a component asks for.
   *
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /**
   * Taints that the platform's pods tolerate.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];

  /**
   * Priority class of pods that have none of their own.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * Labels of the platform's pods, beside their own.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Annotations of the platform's pods, beside their own.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * Requests and limits by `workload/container`: `{ 'katib-ui/katib-ui': { requests: { memory: '64Mi' } } }`. They replace the
   * component's own. One that matches no container is an error.
   *
   * @default - what each component says
   */
  readonly resources?: Readonly<Record<string, ResourceRequirements>>;

  /**
   * Replicas by workload: `{ 'cert-manager-webhook': 3 }`. One that matches no workload is an error.
   *
   * @default - what each component and the availability of the platform say
   */
  readonly replicas?: Readonly<Record<string, number>>;
}

/** Kinds whose pods belong to the platform; pods of users' workloads are theirs. */
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

type PodTemplate = NonNullable<Deployment['spec']>['template'];

/** Applies workload settings to every workload of a platform. */
export class WorkloadTransform extends Transform {
  private readonly containers = new Set<string>();
  private readonly workloads = new Set<string>();

  constructor(private readonly settings: WorkloadSettings) {
    super();
  }

  override apply(object: Manifest): Manifest {
    if (!WORKLOADS.has(object.kind) || podSpecs(object).length === 0) return object;
    const { name } = object.metadata;
    this.workloads.add(name);
    const spec = object.spec as NonNullable<Deployment['spec']>;
    const replicas = this.settings.replicas?.[name];
    return {
      ...object,
      spec: { ...spec, ...(replicas !== undefined && { replicas }), template: this.template(name, spec.template) },
    };
  }

  override setting({ kind, name }: Reference): string | undefined {
    return kind === 'PriorityClass' && name === this.settings.priorityClassName ? 'workloads.priorityClassName' : undefined;
  }

  override unused(): string[] {
    const { resources = {}, replicas = {} } = this.settings;
    return [
      ...unknown('resources', Object.keys(resources), this.containers),
      ...unknown('replicas', Object.keys(replicas), this.workloads),
    ];
  }

  private template(workload: string, template: PodTemplate): PodTemplate {
    const { labels, annotations } = this.settings;
    const metadata = {
      ...template.metadata,
      ...(labels && { labels: { ...labels, ...template.metadata?.labels } }),
      ...(annotations && { annotations: { ...annotations, ...template.metadata?.annotations } }),
    };
    return { ...template, metadata, spec: this.pod(workload, template.spec as PodSpec) };
  }

  private pod(workload: string, pod: PodSpec): PodSpec {
    const { nodeSelector, tolerations, priorityClassName } = this.settings;
    return {
      ...pod,
      ...(nodeSelector && { nodeSelector: { ...pod.nodeSelector, ...nodeSelector } }),
      ...(tolerations && { tolerations: [...(pod.tolerations ?? []), ...tolerations] }),
      ...(priorityClassName && !pod.priorityClassName && { priorityClassName }),
      ...(pod.initContainers && { initContainers: pod.initContainers.map((container) => this.container(workload, container)) }),
      containers: (pod.containers ?? []).map((container) => this.container(workload, container)),
    };
  }

  private container(workload: string, container: Container): Container {
    const key = `${workload}/${container.name}`;
    this.containers.add(key);
    const resources = this.settings.resources?.[key];
    return resources ? { ...container, resources } : container;
  }
}

function unknown(setting: string, keys: readonly string[], known: ReadonlySet<string>): string[] {
  return keys
    .filter((key) => !known.has(key))
    .map((key) => {
      const near = nearest(key, [...known]);
      return `workloads.${setting} names ${JSON.stringify(key)}, which the platform does not have${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`;
    });
}
