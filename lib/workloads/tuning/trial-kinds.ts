import type { TrialObject, TrialOptions } from './trial';

/** When a job has ended, as expressions of GJSON over it. */
export type Ends = Required<Pick<TrialOptions, 'successCondition' | 'failureCondition'>>;

/** What Katib and a controller do with trials of a kind. */
export interface TrialKind {
  /** When a trial has ended; undefined where Katib knows it, and where its metrics are. */
  readonly ends?: Ends;
  /** Labels that the controller puts on pods beside those of their templates; undefined where the object does not show its pods. */
  readonly podLabels?: readonly string[];
}

const OPERATOR_LABELS = ['job-name', 'operator-name', 'replica-type', 'replica-index', 'job-role'].map(
  (name) => `training.kubeflow.org/${name}`,
);

const JOB_LABELS = [
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
];

const JOBSET_LABELS = [
  ...['jobset-name', 'jobset-uid', 'replicatedjob-name', 'replicatedjob-replicas', 'global-replicas', 'group-name'],
  ...['group-replicas', 'job-index', 'job-global-index', 'job-group-index', 'job-key', 'restart-attempt', 'coordinator'],
].map((name) => `jobset.sigs.k8s.io/${name}`);

/** A job that ends with one of two conditions. */
function byCondition(success: string, failure: string): Ends {
  const condition = (type: string) => `status.conditions.#(type=="${type}")#|#(status=="True")#`;
  return { successCondition: condition(success), failureCondition: condition(failure) };
}

/** A job that ends with one of two values of a field. */
function byField(path: string, field: string, success: string, failure: string): Ends {
  const value = (text: string) => `${path}.[@this].#(${field}=="${text}")#`;
  return { successCondition: value(success), failureCondition: value(failure) };
}

/** A job that Tekton runs has failed when it has not succeeded. */
const TEKTON: Ends = {
  successCondition: 'status.conditions.#(type=="Succeeded")#|#(status=="True")#',
  failureCondition: 'status.conditions.#(type=="Succeeded")#|#(status=="False")#',
};

const operated = { podLabels: OPERATOR_LABELS };
const unknown = { ends: byCondition('Succeeded', 'Failed'), podLabels: OPERATOR_LABELS };

/** The kinds of the release, and those of other products that trials are often made of, by API version and kind. */
const TRIAL_KINDS: Readonly<Record<string, TrialKind>> = {
  'batch/v1/Job': { podLabels: [...JOB_LABELS, 'job-name', 'controller-uid'] },
  'trainer.kubeflow.org/v1alpha1/TrainJob': {},
  'kubeflow.org/v1/PyTorchJob': operated,
  'kubeflow.org/v1/TFJob': operated,
  'kubeflow.org/v1/MPIJob': operated,
  'kubeflow.org/v1/XGBoostJob': operated,
  'kubeflow.org/v1/PaddleJob': unknown,
  'kubeflow.org/v1/JAXJob': unknown,
  'jobset.x-k8s.io/v1alpha2/JobSet': {
    ends: byCondition('Completed', 'Failed'),
    podLabels: [...JOBSET_LABELS, ...JOB_LABELS],
  },
  'ray.io/v1/RayJob': { ends: byField('status', 'jobStatus', 'SUCCEEDED', 'FAILED') },
  'sparkoperator.k8s.io/v1beta2/SparkApplication': { ends: byField('status.applicationState', 'state', 'COMPLETED', 'FAILED') },
  'argoproj.io/v1alpha1/Workflow': { ends: byField('status', 'phase', 'Succeeded', 'Failed') },
  'tekton.dev/v1/PipelineRun': { ends: TEKTON },
  'tekton.dev/v1/TaskRun': { ends: TEKTON },
};

/** What is known of the kind of a trial; undefined for one that neither Katib nor this library knows. */
export function trialKindOf({ apiVersion, kind }: Pick<TrialObject, 'apiVersion' | 'kind'>): TrialKind | undefined {
  return TRIAL_KINDS[`${apiVersion}/${kind}`];
}
