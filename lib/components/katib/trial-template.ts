import { jobs } from '../../../crds-imports/batch';
import { pytorchjobs } from '../../../crds-imports/kubeflow.org';
import type { Image, Kind } from '../../core';
import { toYaml } from '../../core/yaml';
import { images } from '../../release/images';
import type { TrialResource } from './trial-resource';

/**
 * An object that trials are made from, which Experiments and the web interface find by its name in a ConfigMap. Where a text in it
 * has a `TrialTemplate.parameter`, a trial has the parameter's value.
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

  /** What Katib replaces by the value of a trial parameter. */
  static parameter(name: string): string {
    return `\${trialParameters.${name}}`;
  }

  /** The template as it stands in the ConfigMap. */
  toString(): string {
    return toYaml({ apiVersion: this.kind.apiVersion, kind: this.kind.kind, ...this.body });
  }
}

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
  `--lr=${TrialTemplate.parameter('learningRate')}`,
  `--momentum=${TrialTemplate.parameter('momentum')}`,
];

const replicas = (count: number) => ({
  replicas: count,
  restartPolicy: 'OnFailure' as const,
  template: {
    spec: { containers: [{ name: 'pytorch', image: images.katib.trialPytorchMnist.toString(), command: mnist() }] },
  },
});

/** The templates of the release. */
const RELEASE = {
  'defaultTrialTemplate.yaml': job(images.katib.trialPytorchMnist, mnist('--batch-size=16')),
  enasCPUTemplate: job(images.katib.trialEnasCifar10, [
    'python3',
    '-u',
    'RunTrial.py',
    '--num_epochs=1',
    `--architecture="${TrialTemplate.parameter('neuralNetworkArchitecture')}"`,
    `--nn_config="${TrialTemplate.parameter('neuralNetworkConfig')}"`,
  ]),
  pytorchJobTemplate: TrialTemplate.of(pytorchjobs, {
    spec: { pytorchReplicaSpecs: { Master: replicas(1), Worker: replicas(2) } },
  }),
} satisfies Record<string, TrialTemplate>;

/** Name of a trial template of the release. */
export type TrialTemplateName = keyof typeof RELEASE;

/** The templates by name, of those kinds that trials are made of, and what is wrong with the changes to them. */
export function trialTemplates(
  resources: readonly TrialResource[],
  changes: Readonly<Record<string, TrialTemplate | false | undefined>> = {},
) {
  const release: [string, TrialTemplate][] = Object.entries(RELEASE);
  const kinds = new Set(resources.map(({ kind }) => `${kind.apiVersion} ${kind.kind}`));
  const fits = ([, { kind }]: readonly [string, TrialTemplate]) => kinds.has(`${kind.apiVersion} ${kind.kind}`);
  const own = Object.entries(changes).filter((entry): entry is [string, TrialTemplate] => Boolean(entry[1]));
  return {
    entries: [...release.filter(([name]) => changes[name] === undefined).filter(fits), ...own],
    problems: [
      ...Object.keys(changes)
        .filter((name) => changes[name] === false && !(name in RELEASE))
        .map((name) => `trial template ${name} is left out, but there is none; there are ${Object.keys(RELEASE).join(', ')}`),
      ...own
        .filter((template) => !fits(template))
        .map(
          ([name, { kind }]) => `trial template ${name} is a ${kind.kind}, which is no trial resource; add it to trialResources`,
        ),
    ],
  };
}
