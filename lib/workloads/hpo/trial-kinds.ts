import type { TrialObject } from './trial';

/** What Katib and a controller do with trials of a kind. */
export interface TrialKind {
  /** Whether Katib knows when one ends, and where its metrics are. */
  readonly defaults: boolean;
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

const operated = { defaults: true, podLabels: OPERATOR_LABELS };
const unknown = { defaults: false, podLabels: OPERATOR_LABELS };

/** The kinds of the release, by API version and kind. */
const TRIAL_KINDS: Readonly<Record<string, TrialKind>> = {
  'batch/v1/Job': { defaults: true, podLabels: [...JOB_LABELS, 'job-name', 'controller-uid'] },
  'trainer.kubeflow.org/v1alpha1/TrainJob': { defaults: true },
  'kubeflow.org/v1/PyTorchJob': operated,
  'kubeflow.org/v1/TFJob': operated,
  'kubeflow.org/v1/MPIJob': operated,
  'kubeflow.org/v1/XGBoostJob': operated,
  'kubeflow.org/v1/PaddleJob': unknown,
  'kubeflow.org/v1/JAXJob': unknown,
};

/** What is known of the kind of a trial; undefined for one that neither Katib nor this library knows. */
export function trialKindOf({ apiVersion, kind }: TrialObject): TrialKind | undefined {
  return TRIAL_KINDS[`${apiVersion}/${kind}`];
}
