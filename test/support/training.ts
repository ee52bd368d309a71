import { type Rule, TrainingJob, type TrainingJobProps, toYaml } from '../../lib';
import { assembled, errors, teamChart, thrown, warnings } from './app';

/** Image of jobs that tests write. */
export const IMAGE = 'ghcr.io/my-org/train:1.4';

/** The YAML of a job, which has to be what its schema says. */
export function jobYaml(props: TrainingJobProps, name = 'job'): string {
  const assembly = assembled(new TrainingJob(teamChart(), name, props));
  expect(errors(assembly)).toEqual([]);
  return toYaml(assembly.model.manifests[0]);
}

/** With what words a job is refused. */
export function jobRefusal(props: TrainingJobProps, name = 'job'): string {
  return thrown(() => new TrainingJob(teamChart(), name, props)).message;
}

/** What is told of a job that is not refused. */
export function jobWarnings(props: TrainingJobProps): string {
  return warnings(assembled(new TrainingJob(teamChart(), 'job', props))).join('\n');
}

/** Both sides of a rule: what is refused with which words, and what stands next to it and is accepted. */
export interface Sides {
  readonly refused: [TrainingJobProps, string, name?: string];
  readonly accepted: [TrainingJobProps, name?: string];
}

type Rules = readonly Pick<Rule<never>, 'id' | 'level'>[];

/** The ids of the rules of a level. */
export function idsOf(rules: Rules, level: Rule<never>['level']): string[] {
  return rules.filter((rule) => rule.level === level).map(({ id }) => id);
}

/** Tests that every error among rules has both sides, and that they are what is said. */
export function describeSides(title: string, rules: Rules, sides: Readonly<Record<string, Sides>>): void {
  describe(`rules of ${title}`, () => {
    test('are all tested', () => {
      expect(Object.keys(sides).sort()).toEqual(idsOf(rules, 'error').sort());
    });

    test.each(Object.entries(sides))('%s', (id, { refused: [props, words, name], accepted: [good, goodName] }) => {
      const message = jobRefusal(props, name);
      expect(message).toContain(words);
      expect(message).toContain(`(${id})`);
      jobYaml(good, goodName);
    });
  });
}
