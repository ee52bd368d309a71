import { Parameter, Runtime, Trial, TrialField } from '../../../../lib';
import { TRIAL_RULES } from '../../../../lib/workloads/tuning/rules/trial';
import {
  conditions,
  describeRules,
  image,
  job,
  placeholder,
  pods,
  rate,
  searching,
  size,
  training,
  trial,
  using,
} from '../support';

describeRules(
  'rules of trials',
  TRIAL_RULES,
  {
    'katib/unknown-trial-end': {
      refused: [
        trial(Trial.configMap('templates', { namespace: 'a', key: 'b' }, { primaryContainer: 'train' })),
        'Katib does not know successCondition, failureCondition of a trial from a ConfigMap',
      ],
      accepted: [trial(Trial.configMap('templates', { namespace: 'a', key: 'b' }, { primaryContainer: 'train', ...conditions }))],
    },
    'katib/invalid-parameter-name': {
      refused: [searching([Parameter.int('a}b', { min: 1, max: 2 })]), '"a}b" is no name of a parameter'],
      accepted: [searching([Parameter.int('a.b-c_d', { min: 1, max: 2 })])],
    },
    'katib/unknown-trial-parameter': {
      refused: [
        trial(
          Trial.job({ image, command: ['train', placeholder('lr')] }, { parameters: { lr: rate, other: 'rate', size: 'sizes' } }),
        ),
        'the trial has two names for rate; leave other out; the trial calls sizes size, and the experiment does not search sizes; it searches rate',
      ],
      accepted: [trial(Trial.job({ image, command: ['train', placeholder('lr')] }, { parameters: { lr: rate } }))],
    },
    'katib/missing-trial-metadata': {
      refused: [trial(using(rate, TrialField.label('stage'))), 'the trial uses trialLabel[stage], which its job does not have'],
      accepted: [trial(Trial.job({ image, command: [`${rate}${TrialField.label('stage')}`], labels: { stage: 'test' } }))],
    },
    'katib/unknown-placeholder': {
      refused: [
        trial(using(rate, placeholder('rats'))),
        'the trial uses rats, which the experiment does not search; did you mean rate?',
      ],
      accepted: [trial(using(rate, TrialField.namespace))],
    },
    'katib/unused-parameter': {
      refused: [
        searching([rate, size], { trial: using(rate) }),
        `the trial does not use size, and Katib makes no trial then; write \`${placeholder('size')}\``,
      ],
      accepted: [searching([rate, size], { trial: using(rate, size) })],
    },
    'katib/incomplete-config-map': {
      refused: [
        trial(Trial.configMap('templates', { namespace: 'a', key: '' }, { primaryContainer: 'train', ...conditions })),
        "the trial's ConfigMap lacks templatePath",
      ],
      accepted: [trial(Trial.configMap('templates', { namespace: 'a', key: 'b' }, { primaryContainer: 'train', ...conditions }))],
    },
    'katib/named-trial': {
      refused: [trial(job(pods(), { name: 'x' })), 'the trial has metadata.name, which Katib gives'],
      accepted: [trial(job(pods(), { labels: { a: 'x' } }))],
    },
    'katib/invalid-trial': {
      refused: [trial(job(pods({ imagePolicy: 'Always' }))), 'Job of the trial: spec.template.spec.containers[0].imagePolicy'],
      accepted: [trial(job(pods({ imagePullPolicy: 'Always' })))],
    },
    'katib/placeholder-in-number': {
      refused: [
        searching([rate, size], { trial: job(pods({}, { parallelism: `${size}` })) }),
        'a placeholder at spec.parallelism of the trial stays a text',
      ],
      accepted: [searching([rate, size], { trial: job(pods({ args: [`${size}`] })) })],
    },
    'katib/missing-primary-container': {
      refused: [
        training({ runtime: Runtime.shipped('torchtune-llama3.2-1b') }),
        'no container of the pods of dataset-initializer of the trial is called node',
      ],
      accepted: [training({ runtime: Runtime.shipped('deepspeed-distributed') })],
    },
    'katib/unmatched-primary-pod': {
      refused: [
        training({ image, mpi: { launcher: 1, worker: 1 } }, { primaryPodLabels: { 'mpi-job-role': 'launcher' } }),
        'no pod of a MPIJob has the label mpi-job-role',
      ],
      accepted: [
        training(
          { image, mpi: { launcher: 1, worker: 1 }, podLabels: { role: 'x' } },
          { primaryPodLabels: { role: 'x', 'training.kubeflow.org/replica-type': 'launcher' } },
        ),
      ],
    },
  },
  {
    'katib/no-trial-command': {
      told: [trial(Trial.job({ image, args: [`${rate}`] })), 'training-container of the trial has no command'],
      quiet: training({ runtime: Runtime.shipped('torch-distributed') }),
    },
  },
);
