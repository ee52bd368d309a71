import { Construct } from 'constructs';
import { type PyTorchJob, pytorchjobs } from '../../crds-imports/kubeflow.org';
import { ConstructError, KubeObject } from '../core';
import { DNS_LABEL, problem } from '../core/names';
import { type Resources, requirements } from './resources';

/** The replicas of a PyTorchJob. */
export interface PyTorchReplicas {
  /** One, which coordinates the others; a job has no other number of masters. */
  readonly master: 1;
  /**
   * At least 1.
   *
   * @default - no workers
   */
  readonly worker?: number;
}

/** Options of a training job. */
export interface TrainingJobProps {
  /** Trains with PyTorch's distributed launcher. */
  readonly pytorch: PyTorchReplicas;
  /** Image of all replicas. */
  readonly image: string;
  /**
   * Resources of each replica.
   *
   * @default - none asked for
   */
  readonly resources?: Resources;
}

/**
 * A distributed training job. The construct's id is its name.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/
 */
export class TrainingJob extends Construct {
  /** Name of the job. */
  readonly name: string;

  /** @throws ConstructError when the name or a replica count is not allowed */
  constructor(scope: Construct, id: string, props: TrainingJobProps) {
    super(scope, id);
    this.name = id;
    const { master, worker } = props.pytorch;
    checkName(this, id, worker);
    if (master !== 1) throw new ConstructError(this.node.path, `a PyTorchJob has exactly 1 master, not ${master}`);
    if (worker !== undefined && (!Number.isInteger(worker) || worker < 1)) {
      throw new ConstructError(this.node.path, `a PyTorchJob has at least 1 worker, not ${worker}; leave worker out for none`);
    }
    const resources = props.resources && requirements(props.resources);
    const container = { name: 'pytorch', image: props.image, ...(resources && { resources }) };
    const replicas = (count: number) => ({ replicas: count, template: { spec: { containers: [container] } } });
    const spec: PyTorchJob['spec'] = {
      pytorchReplicaSpecs: { Master: replicas(master), ...(worker !== undefined && { Worker: replicas(worker) }) },
    };
    new KubeObject(this, 'Resource', pytorchjobs, { metadata: { name: id }, spec });
  }
}

/** The operator names a pod and a Service after each replica, `<job>-worker-0`; both are DNS labels. */
function checkName(job: TrainingJob, name: string, worker = 0): void {
  const path = job.node.path;
  const wrong = /^[0-9]/.test(name)
    ? `the name ${JSON.stringify(name)} begins with a digit; a job's name begins with a letter`
    : problem(name, DNS_LABEL);
  if (wrong) throw new ConstructError(path, wrong);
  const longest = Math.max(`${name}-master-0`.length, worker > 0 ? `${name}-worker-${worker - 1}`.length : 0);
  if (longest > DNS_LABEL.length) {
    throw new ConstructError(
      path,
      `the name is ${longest - DNS_LABEL.length} characters too long: with the replica's type and number it is ${longest}, at most ${DNS_LABEL.length}`,
    );
  }
}
