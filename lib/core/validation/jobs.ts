import type { CronJob, Job, JobSpec } from '../../../crds-imports/batch';
import { DNS_LABEL } from '../names';
import { scheduleProblem } from './cron';
import { type Field, fits } from './field';
import { pod } from './pods';

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** Names of CronJobs: the Jobs made of them have eleven characters more. */
const LONGEST_CRON_JOB = 52;

/** Pods of one Job that count at most by index. */
const MOST_INDEXED = 100_000;

/** A Job. */
export function job(field: Field, { metadata, spec }: Job): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  jobSpec(field.at('spec'), spec);
  if (spec.completionMode !== 'Indexed' || !spec.completions || !metadata.name) return;
  const last = `${metadata.name}-${spec.completions - 1}`;
  if (!fits(last, DNS_LABEL))
    field
      .at('metadata')
      .at('name')
      .say(`is ${JSON.stringify(metadata.name)}, of which the last pod would be called ${last}, must be ${DNS_LABEL.allowed}`);
}

/** A Job that is made again and again. */
export function cronJob(field: Field, { metadata, spec }: CronJob): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  const at = field.at('spec');
  if ((metadata.name?.length ?? 0) > LONGEST_CRON_JOB)
    field.at('metadata').at('name').must(`be at most ${LONGEST_CRON_JOB} characters long`, metadata.name);
  if (spec.schedule === '') at.at('schedule').say('is required');
  else if (!at.isFilledIn(spec.schedule)) {
    const problem = scheduleProblem(spec.schedule);
    if (problem) at.as('cron-schedule').at('schedule').must(problem, spec.schedule);
  }
  if (spec.timeZone !== undefined && !isTimeZone(spec.timeZone))
    at.at('timeZone').must('be a time zone such as Europe/Berlin', spec.timeZone);
  for (const name of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const)
    at.number(name, spec[name], 0);
  if (spec.jobTemplate.spec) jobSpec(at.at('jobTemplate').at('spec'), spec.jobTemplate.spec);
  else at.at('jobTemplate').at('spec').say('is required');
}

/** What a Job does, wherever it stands. */
export function jobSpec(field: Field, spec: JobSpec): void {
  for (const name of COUNTS) field.number(name, spec[name], 0);
  if (spec.completionMode === 'Indexed') {
    // Without both, the API server makes it one pod.
    if (spec.completions === undefined && spec.parallelism !== undefined)
      field.at('completions').say('is required by the completionMode "Indexed"');
    field.number('parallelism', spec.parallelism, 0, MOST_INDEXED);
  } else {
    for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const)
      if (spec[name] !== undefined) field.at(name).say('is for the completionMode "Indexed" only');
  }
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    field.at('backoffLimitPerIndex').say('is required by maxFailedIndexes');
  const at = field.at('template').at('spec');
  const { spec: template } = spec.template;
  if (!template) {
    at.say('is required');
    return;
  }
  pod(at, template);
  const { restartPolicy } = template;
  const wanted = spec.podFailurePolicy ? 'be "Never" beside a podFailurePolicy' : 'be "OnFailure" or "Never": a job ends';
  if (restartPolicy === undefined) at.at('restartPolicy').say(`is required, must ${wanted}`);
  else if (restartPolicy !== 'Never' && (restartPolicy !== 'OnFailure' || spec.podFailurePolicy))
    at.at('restartPolicy').must(wanted, restartPolicy);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name) && name.toLowerCase() !== 'local';
  } catch {
    return false;
  }
}
