import { App } from 'cdk8s';
import {
  Algorithm,
  batch,
  DartsAssignment,
  EnasAssignment,
  HpoExperiment,
  type HpoExperimentProps,
  Katib,
  Objective,
  Operation,
  Parameter,
  type Rule,
  type TrainingJobProps,
  Trial,
  type TrialBody,
  type TrialOptions,
} from '../../../lib';
import type { ExperimentFacts } from '../../../lib/workloads/tuning/rules/facts';
import { DATABASE } from '../../components/katib/support';
import { assembled, errors, teamChart, thrown, warnings } from '../../support/app';

export const image = 'ghcr.io/my-org/train:1.4';
export const rate = Parameter.double('rate', { min: 0.001, max: 0.1 });
export const size = Parameter.int('size', { min: 1, max: 9 });
export const two = [Parameter.double('a', { min: 1, max: 2, step: 0.1 }), Parameter.int('b', { min: 1, max: 2 })];
export const objective = Objective.maximize('accuracy');

/** What Katib replaces. */
export const placeholder = (name: string) => `\${trialParameters.${name}}`;

/** A Job that uses what is searched. */
export const using = (...used: { toString(): string }[]) => Trial.job({ image, command: ['train', ...used.map(String)] });

/** An experiment with the least that one can say. */
export const least: HpoExperimentProps = {
  objective,
  algorithm: Algorithm.random(),
  parameters: [rate],
  trial: using(rate),
  maxTrialCount: 12,
};

export const nas = { layers: 2, operations: [Operation.maxPooling([3])] };
export const darts: HpoExperimentProps = {
  objective,
  algorithm: Algorithm.darts(),
  nas,
  trial: using(DartsAssignment.algorithmSettings, DartsAssignment.searchSpace, DartsAssignment.layers),
  maxTrialCount: 1,
  parallelTrialCount: 1,
};
export const enas: HpoExperimentProps = {
  objective,
  algorithm: Algorithm.enas(),
  nas: { ...nas, inputSizes: [32, 32, 3], outputSizes: [10] },
  trial: using(EnasAssignment.architecture, EnasAssignment.networkConfig),
  maxTrialCount: 3,
};

/** The least experiment, searching something else. */
export function searching(parameters: readonly Parameter[], more: Partial<HpoExperimentProps> = {}): HpoExperimentProps {
  return { ...least, parameters, trial: using(...parameters), ...more };
}

/** The least experiment over a training job. */
export function training(
  props: TrainingJobProps,
  options?: TrialOptions,
  more: Partial<HpoExperimentProps> = {},
): HpoExperimentProps {
  return {
    ...least,
    trial: Trial.trainingJob({ ...props, command: ['train', `${rate}`] } as TrainingJobProps, options),
    ...more,
  };
}

/** The least experiment with another trial. */
export function trial(built: Trial, more: Partial<HpoExperimentProps> = {}): HpoExperimentProps {
  return { ...least, trial: built, ...more };
}

/** A Job as an object, for what typed options cannot say. */
export function job(spec: object, metadata?: object): Trial {
  return Trial.of(batch.jobs, { ...(metadata && { metadata }), spec } as TrialBody<batch.Job>, { primaryContainer: 'train' });
}

/** The spec of such a Job. */
export const pods = (container: object = {}, more: object = {}) => ({
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'train', image, command: [`${rate}`], ...container }] } },
  ...more,
});

export const population = (more: object = {}) =>
  Algorithm.populationBasedTraining({ population: 5, truncationThreshold: 0.2, trialDirectory: '/x', ...more });

export const conditions = { successCondition: 'status.ok', failureCondition: 'status.failed' };

/** A Katib without early stopping. */
export const without = new Katib(new App(), 'katib', { database: DATABASE, earlyStopping: { medianstop: false } });

/** The experiment, which nothing is wrong with. */
export function experiment(props: HpoExperimentProps, name = 'search'): Record<string, unknown> {
  const assembly = assembled(new HpoExperiment(teamChart(), name, props));
  expect(errors(assembly)).toEqual([]);
  return assembly.model.manifests[0] as unknown as Record<string, unknown>;
}

/** Why there is no experiment. */
export function refusal(props: HpoExperimentProps, name = 'search'): string {
  return thrown(() => new HpoExperiment(teamChart(), name, props)).message;
}

/** What is told of an experiment. */
export function told(props: HpoExperimentProps): string {
  return warnings(assembled(new HpoExperiment(teamChart(), 'search', props))).join('\n');
}

/** What is refused with which words, and what stands next to it and is accepted. */
interface Sides {
  readonly refused: readonly [props: HpoExperimentProps, words: string, name?: string];
  readonly accepted: readonly [props: HpoExperimentProps, name?: string];
}

/** What is warned of with which words, and what is not. */
interface Warning {
  readonly told: readonly [props: HpoExperimentProps, words: string];
  readonly quiet: HpoExperimentProps;
}

/** Tests both sides of every rule. */
export function describeRules(
  title: string,
  rules: readonly Rule<ExperimentFacts>[],
  sides: Readonly<Record<string, Sides>>,
  warnings: Readonly<Record<string, Warning>> = {},
): void {
  describe(title, () => {
    test('are all tested', () => {
      const ids = (level: string) => rules.filter((rule) => rule.level === level).map(({ id }) => id);
      expect(Object.keys(sides).sort()).toEqual(ids('error').sort());
      expect(Object.keys(warnings).sort()).toEqual(ids('warning').sort());
    });

    test.each(Object.entries(sides))('%s', (id, { refused: [props, words, name], accepted: [good, goodName] }) => {
      const message = refusal(props, name);
      expect(message).toContain(words);
      expect(message).toContain(`(${id})`);
      experiment(good, goodName);
    });

    for (const [id, { told: of, quiet }] of Object.entries(warnings)) {
      const [props, words] = of;
      test(`${id} warns until it is acknowledged`, () => {
        expect(told(props)).toContain(words);
        expect(told({ ...props, acknowledge: [id] })).not.toContain(words);
        expect(told(quiet)).not.toContain(id);
        expect(refusal({ ...props, acknowledge: ['katib/invalid-budget'] })).toContain(
          'acknowledge names katib/invalid-budget, which is no warning here',
        );
      });
    }
  });
}
