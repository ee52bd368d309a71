import { TrainingJob, type TrainingJobProps, toYaml } from '../../lib';
import { assembled, errors, notes, teamChart, thrown } from './app';

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
export function jobNotes(props: TrainingJobProps): string {
  return notes(assembled(new TrainingJob(teamChart(), 'job', props))).join('\n');
}
