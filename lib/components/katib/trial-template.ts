import { jobs } from '../../../crds-imports/batch';
import { pytorchjobs } from '../../../crds-imports/kubeflow.org';
import type { Image, Kind } from '../../core';
import { toYaml } from '../../core/yaml';
import { images } from '../../release/images';

/**
 * An object that trials are made from, which Experiments and the UI find by its name in a ConfigMap. Texts in it may contain
 * `${trialParameters.<name>}`, for which Katib puts in the value of a trial.
 */
export class TrialTemplate {
  private constructor(
    readonly kind: Kind,
    private readonly body: object,
  ) {}

  /** @param body everything but apiVersion, kind, name and namespace, which Katib sets */
  static of<T extends { readonly metadata: unknown }>(kind: Kind<T>, body: Omit<T, 'metadata' | 'status'>): TrialTemplate {
    return new TrialTemplate(kind, body);
  }

  /** The template as it stands in the ConfigMap. */
  toString(): string {
    return toYaml({ apiVersion: this.kind.apiVersion, kind: this.kind.kind, ...this.body });
  }
}

const parameter = (name: string) => `\${trialParameters.${name}}`;

/** One container that runs to its end. */
function job(image: Image, command: readonly string[]): TrialTemplate {
  const container = { name: 'training-container', image: image.toString(), command };
  return TrialTemplate.of(jobs, { spec: { template: { spec: { containers: [container], restartPolicy: 'Never' } } } });
}

const mnist = (...options: readonly string[]) => [
  'python3',
  '/opt/pytorch-mnist/mnist.py',
  '--epochs=1',
  ...options,
  `--lr=${parameter('learningRate')}`,
  `--momentum=${parameter('momentum')}`,
];

const replicas = (count: number) => ({
  replicas: count,
  restartPolicy: 'OnFailure' as const,
  template: {
    spec: { containers: [{ name: 'pytorch', image: images.katib.trialPytorchMnist.toString(), command: mnist() }] },
  },
});

/** The templates of the release. */
export const TRIAL_TEMPLATES: Readonly<Record<string, TrialTemplate>> = {
  'defaultTrialTemplate.yaml': job(images.katib.trialPytorchMnist, mnist('--batch-size=16')),
  enasCPUTemplate: job(images.katib.trialEnasCifar10, [
    'python3',
    '-u',
    'RunTrial.py',
    '--num_epochs=1',
    `--architecture="${parameter('neuralNetworkArchitecture')}"`,
    `--nn_config="${parameter('neuralNetworkConfig')}"`,
  ]),
  pytorchJobTemplate: TrialTemplate.of(pytorchjobs, {
    spec: { pytorchReplicaSpecs: { Master: replicas(1), Worker: replicas(2) } },
  }),
};
