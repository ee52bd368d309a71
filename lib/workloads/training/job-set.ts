import { Construct } from 'constructs';
import { jobsets } from '../../../crds-imports/jobset.x-k8s.io';
import { KubeObject } from '../../core';
import { enforce } from '../../core/rule';
import { madeFor } from '../made-for';
import type { ObjectOptions } from '../named';
import { given } from '../pod/given';
import { withPodDefaults } from '../pod/pod-defaults';
import { queueIn } from '../queue/queue';
import { JOB_SET_WORKLOAD_RULES } from './job-set-rules';
import { type JobSetOptions, type JobSetSpec, jobSetSpec } from './job-set-spec';
import { jobManifest } from './manifest';
import type { JobOptions } from './props';

/** Options of a set of jobs. */
export interface JobSetProps extends JobSetOptions, JobOptions, ObjectOptions {}

/**
 * A set of jobs that start, restart and end together, of which each may be of another sort. The trainer makes one of each TrainJob; this
 * is one in one's own words. The construct's id is its name, unless it is given one.
 *
 * @example
 * new JobSet(chart, 'pretrain', {
 *   jobs: {
 *     leader: { image: 'ghcr.io/my-org/leader:1.4' },
 *     worker: { image: 'ghcr.io/my-org/worker:1.4', pods: 4, after: { leader: 'Ready' }, resources: { gpu: Gpu.nvidia(8) } },
 *   },
 *   maxRestarts: 3,
 * });
 *
 * @see https://jobset.sigs.k8s.io/docs/concepts/
 */
export class JobSet extends Construct {
  /** Name of the set. */
  readonly name: string;

  /** @throws ConstructError with everything that JobSet would refuse, or that would let the set hang */
  constructor(scope: Construct, id: string, props: JobSetProps) {
    super(scope, id);
    const { name = id } = props;
    this.name = name;
    const { labels, annotations, spec, queue } = madeFor(this.node.path, () => {
      const found = queueIn(props);
      const jobs = Object.entries(props.jobs).map(([job, options]) => [job, withPodDefaults(this, options)]);
      const said = jobSetSpec({ ...props, jobs: Object.fromEntries(jobs) }, found);
      return { ...jobManifest(jobsets, said, { ...props, queue: found }), queue: found };
    });
    enforce(this, JOB_SET_WORKLOAD_RULES, { name, queue, finished: spec as JobSetSpec }, props.acknowledge);
    new KubeObject(this, 'Resource', jobsets, {
      metadata: { name, ...given({ labels, annotations }) },
      spec: spec as JobSetSpec,
    });
  }
}
