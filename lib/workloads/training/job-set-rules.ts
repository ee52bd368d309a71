import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { JOB_SET_RULES } from '../../components/trainer/jobset-rules';
import { together } from '../../core';
import { DNS_LABEL } from '../../core/names';
import { error, type Rule, warning } from '../../core/rule';
import type { QueueSource } from '../queue/queue';
import { QUEUE_RULES, unmeasured } from '../queue/rules';
import { SERVICE_NAME_RULE } from '../service-name';
import type { JobSetSpec } from './job-set-spec';

/** A set of jobs as its rules see it. */
export interface JobSetFacts {
  readonly name: string;
  readonly queue?: QueueSource;
  /** What JobSet gets, overrides included. */
  readonly finished: JobSetSpec;
}

/** A rule of JobSets, which runtimes hold as a template. */
function ofTemplate(rule: Rule<ClusterTrainingRuntimeSpec>): Rule<JobSetFacts> {
  return { ...rule, check: ({ finished }) => rule.check({ template: { spec: finished } } as ClusterTrainingRuntimeSpec) };
}

const jobsOf = ({ finished }: JobSetFacts) => finished.replicatedJobs ?? [];

/** The rules of sets of jobs. */
export const JOB_SET_WORKLOAD_RULES: readonly Rule<JobSetFacts>[] = [
  SERVICE_NAME_RULE,
  error('jobset/name-too-long', 'Pods are called after their set, and JobSet refuses names of more than 63 characters.', (set) =>
    together(
      jobsOf(set).map(({ name, replicas = 1, template }) => {
        const pods = template.spec?.completions ?? template.spec?.parallelism ?? 1;
        const longest = `${set.name}-${name}-${Math.max(replicas - 1, 0)}-${Math.max(pods - 1, 0)}-xxxxx`;
        return longest.length > DNS_LABEL.length
          ? `the name is ${longest.length - DNS_LABEL.length} characters too long: a pod of ${name} is called ${longest}, with at most ${DNS_LABEL.length}`
          : undefined;
      }),
    ),
  ),
  error('jobset/invalid-count', 'A job without replicas or pods does nothing, and the set never ends.', (set) =>
    together(
      jobsOf(set).flatMap(({ name, replicas = 1, template }) =>
        Object.entries({ replicas, pods: template.spec?.parallelism ?? 1 })
          .filter(([, count]) => !Number.isInteger(count) || count < 1)
          .map(([what, count]) => `job ${name} has ${count} ${what}, must be a whole number of at least 1`),
      ),
    ),
  ),
  ...JOB_SET_RULES.map(ofTemplate),
  ...QUEUE_RULES,
  warning('kueue/no-resources', 'Kueue counts pods that ask for nothing as nothing, so its quota does not hold them.', (set) => {
    const silent = jobsOf(set).filter(
      ({ template }) => !template.spec?.template?.spec?.containers.some(({ resources }) => resources),
    );
    return set.queue !== undefined && silent.length > 0 ? unmeasured(silent.map(({ name }) => name).join(' and ')) : undefined;
  }),
];
