import type { Duration } from 'cdk8s';
import type { Labels } from '../../core';

/**
 * How close together Kueue places the pods of a job: all in one domain of a level, if possible in one, or anywhere that its topology
 * has room. A level is a label of nodes, for instance `cloud.provider.com/topology-block`.
 */
export type QueueTopology = { readonly required: string } | { readonly preferred: string } | 'unconstrained';

/** Label of a job by which Kueue knows its queue. */
const QUEUE_NAME = 'kueue.x-k8s.io/queue-name';

/** How a job waits in its queue. */
export interface QueueOptions {
  /** WorkloadPriorityClass, by which jobs go before others. @default - none */
  readonly priorityClass?: string;
  /** Time after its admission at which Kueue takes the job away, at least one second. @default - no limit */
  readonly maxExecutionTime?: Duration;
  /** Where the flavor of the queue has a topology. @default - none asked for */
  readonly topology?: QueueTopology;
}

/** A LocalQueue of Kueue in the namespace of a job, which admits the job when there is room for all of it. */
export class Queue {
  private constructor(
    readonly name: string,
    readonly options: QueueOptions,
  ) {}

  /** @param name of the LocalQueue */
  static of(name: string, options: QueueOptions = {}): Queue {
    return new Queue(name, options);
  }

  /** Labels of the job itself. @internal */
  _labels(): Labels {
    const { priorityClass, maxExecutionTime } = this.options;
    return {
      [QUEUE_NAME]: this.name,
      ...(priorityClass && { 'kueue.x-k8s.io/priority-class': priorityClass }),
      ...(maxExecutionTime && { 'kueue.x-k8s.io/max-exec-time-seconds': String(maxExecutionTime.toSeconds()) }),
    };
  }

  /** Annotations of the job's pods. @internal */
  _podAnnotations(): Labels {
    const { topology } = this.options;
    if (!topology) return {};
    if (topology === 'unconstrained') return { 'kueue.x-k8s.io/podset-unconstrained-topology': 'true' };
    return Object.fromEntries(Object.entries(topology).map(([how, level]) => [`kueue.x-k8s.io/podset-${how}-topology`, level]));
  }
}

/** A queue, or the name of one. */
export type QueueSource = Queue | string;

/** The queue that a source names; undefined for none. */
export function queueOf(source: QueueSource | undefined): Queue | undefined {
  return typeof source === 'string' ? Queue.of(source) : source;
}

/**
 * The queue of a job: the option, or else the label that says the same.
 *
 * @throws Error when both name a queue, and not the same
 */
export function queueIn({ queue, labels = {} }: { readonly queue?: QueueSource; readonly labels?: Labels }): Queue | undefined {
  const written = labels[QUEUE_NAME];
  const said = queueOf(queue);
  if (written === undefined) return said;
  if (said && said.name !== written)
    throw new Error(`the label ${QUEUE_NAME} is ${written}, and queue is ${said.name}; say one of both`);
  return said ?? Queue.of(written);
}

/** Options of pods, with what their queue writes on them. */
export function queuedPods<Options extends { readonly podAnnotations?: Labels }>(
  options: Options & { readonly queue?: QueueSource },
): Options {
  const annotations = queueOf(options.queue)?._podAnnotations() ?? {};
  return Object.keys(annotations).length === 0
    ? options
    : { ...options, podAnnotations: { ...options.podAnnotations, ...annotations } };
}
