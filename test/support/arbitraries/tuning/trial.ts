import * as fc from 'fast-check';
import {
  type JobTrial,
  jobset,
  type TrainingJobProps,
  Trial,
  type TrialBody,
  TrialField,
  type TrialOptions,
} from '../../../../lib';
import { type Every, oneOf, options, whole } from '../options';
import { jobPodOptions, podOverrides } from '../pod';
import { annotations, labels, word } from '../texts';
import { runtimeProps } from '../training/train-job';
import { duration, frameworkProps, jobOptions } from '../training/training-job';

const jobTrial: Every<JobTrial> = {
  ...jobPodOptions,
  labels,
  annotations,
  queue: jobOptions.queue,
  overrides: oneOf<Record<string, unknown>>({ completions: 2 }, { ttlSecondsAfterFinished: 60 }),
  restartPolicy: oneOf('Never', 'OnFailure'),
  backoffLimit: whole(0, 6),
  activeDeadline: duration,
  podOverrides,
};

const conditions = {
  successCondition: 'status.conditions.#(type=="Succeeded")#|#(status=="True")#',
  failureCondition: 'status.conditions.#(type=="Failed")#|#(status=="True")#',
};

const trialOptions: Every<TrialOptions> = {
  primaryContainer: oneOf('main', 'node', 'pytorch'),
  primaryPodLabels: oneOf<Record<string, string>>(
    { 'training.kubeflow.org/job-role': 'master' },
    { 'jobset.sigs.k8s.io/replicatedjob-name': 'node' },
  ),
  successCondition: oneOf(conditions.successCondition),
  failureCondition: oneOf(conditions.failureCondition),
  retain: fc.boolean(),
  parameters: oneOf<Record<string, string>>({}),
};
const some = options(trialOptions, [], 1 / 12);

/** A JobSet, which Katib does not know. */
function jobSet(used: readonly string[]): TrialBody<jobset.JobSet> {
  const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'train', command: ['train', ...used] }] };
  return { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: { spec } } } }] } };
}

/** What an experiment runs; it uses what is written into it. */
export function trialUsing(used: readonly { toString(): string }[]): fc.Arbitrary<Trial> {
  const texts = used.map(String);
  const written = { command: ['train'], args: [...texts, `--run=${TrialField.name}`] };
  const training = fc.oneof(...Object.values(frameworkProps), runtimeProps);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(options(jobTrial, ['image']), some).map(([job, more]) => Trial.job({ ...job, ...written }, more)),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(training, some)
        .map(([job, more]) => Trial.trainingJob({ ...job, ...written } as TrainingJobProps, more)),
    },
    {
      weight: 1,
      arbitrary: options(trialOptions, [], 1 / 4).map((more) =>
        Trial.of(jobset.jobsets, jobSet(texts), { ...conditions, primaryContainer: 'main', ...more }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(word, word, word, options(trialOptions, ['primaryContainer'], 1 / 4))
        .map(([name, namespace, key, more]) => Trial.configMap(name, { namespace, key }, { ...conditions, ...more })),
    },
  );
}
