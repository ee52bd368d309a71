import type { Manifest } from '../../core';

/** A container that a controller adds to a pod, without a security context. */
export interface AddedContainer {
  readonly container: string;
  /** Who adds it. */
  readonly by: string;
  /** What can be done, as the end of a sentence. */
  readonly remedy: string;
}

interface Addition extends AddedContainer {
  /** Whether it is added to the pod at a path of an object. */
  readonly to: (object: TrialOrJob, path: string) => boolean;
}

type TrialOrJob = Pick<Manifest, 'apiVersion' | 'kind'> & { readonly spec?: object };

const BASELINE = 'hold the namespace to the level baseline';

/**
 * What controllers of the release add.
 *
 * @see https://github.com/kubeflow/training-operator/blob/v1.9.2/pkg/controller.v1/pytorch/initcontainer.go
 * @see https://github.com/kubeflow/training-operator/blob/v1.9.2/pkg/controller.v1/mpi/mpijob_controller.go
 */
const ADDITIONS: Readonly<Record<string, Addition>> = {
  'kubeflow.org/v1/PyTorchJob': {
    container: 'init-pytorch',
    by: 'the Training Operator',
    remedy: `${BASELINE}, or let the workers find each other without a master (elastic), or take a runtime`,
    to: ({ spec = {} }, path) => {
      const { pytorchReplicaSpecs: { Master } = {} } = spec as { pytorchReplicaSpecs?: { Master?: unknown } };
      return Master !== undefined && path.startsWith('spec.pytorchReplicaSpecs.Worker.');
    },
  },
  'kubeflow.org/v1/MPIJob': {
    container: 'kubectl-delivery',
    by: 'the Training Operator',
    remedy: `${BASELINE}, or take a runtime with an mpi policy`,
    to: (_object, path) => path.startsWith('spec.mpiReplicaSpecs.Launcher.'),
  },
};

/** Pods that a controller makes beside those that an object describes, and that say nothing of their security either. */
const FURTHER: Readonly<Record<string, AddedContainer>> = {
  'kubeflow.org/v1beta1/Experiment': {
    container: 'suggestion',
    by: 'Katib',
    remedy: `${BASELINE}; the experiment would wait for its algorithm for ever`,
  },
};

/** The pods that a controller makes beside those that an object describes. */
export function furtherPods({ apiVersion, kind }: Manifest): AddedContainer | undefined {
  return FURTHER[`${apiVersion}/${kind}`];
}

const TRIAL = 'spec.trialTemplate.trialSpec.';

/** The containers that are added to a pod of an object, or of the trials of an experiment. */
export function addedTo(object: Manifest, path: string): AddedContainer[] {
  const { trialTemplate: { trialSpec } = {} } = (object.spec ?? {}) as { trialTemplate?: { trialSpec?: TrialOrJob } };
  const [job, at] = trialSpec && path.startsWith(TRIAL) ? [trialSpec, path.slice(TRIAL.length)] : [object as TrialOrJob, path];
  const addition = ADDITIONS[`${job.apiVersion}/${job.kind}`];
  return addition?.to(job, at) ? [addition] : [];
}
