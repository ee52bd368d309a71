import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { together } from '../../core';
import { DNS_1035_LABEL, problem } from '../../core/names';
import { error, type Rule } from '../../core/rule';
import { ofJobs } from './of-jobs';
import { jobsOf, podOf } from './runtime-shape';

/** A path with a domain, by which Kubernetes calls managers of fields and jobs: `example.com/platform`. */
export const DOMAIN_PATH = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+\/\S+$/;

const MAX_INT_32 = 2 ** 31 - 1;

const JOB_FAILURES = [
  'BackoffLimitExceeded',
  'DeadlineExceeded',
  'FailedIndexes',
  'MaxFailedIndexesExceeded',
  'PodFailurePolicy',
];

function jobSetOf(spec: ClusterTrainingRuntimeSpec) {
  return spec.template?.spec ?? {};
}

/** The names among some that no job has. */
function unknownJobs(spec: ClusterTrainingRuntimeSpec, named: readonly string[] = []): string[] {
  const known = jobsOf(spec).map(({ name }) => name);
  return named.filter((name) => !known.includes(name));
}

function failureProblem(spec: ClusterTrainingRuntimeSpec): string | undefined {
  const rules = jobSetOf(spec).failurePolicy?.rules ?? [];
  const names = rules.map(({ name }) => name);
  return together(
    rules.map(({ name, onJobFailureReasons = [] }, index) => {
      if (!/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/.test(name) || name.length > 128)
        return `the failure rule ${JSON.stringify(name)} is not called by a letter, then letters, digits, "_", "," and ":", 128 at most`;
      if (names.indexOf(name) !== index) return `two failure rules are called ${name}`;
      const reason = onJobFailureReasons.find((one) => !JOB_FAILURES.includes(one));
      return reason && `the failure rule ${name} names ${reason}, must be one of ${JOB_FAILURES.join(', ')}`;
    }),
  );
}

function claimProblem(spec: ClusterTrainingRuntimeSpec): string | undefined {
  const policies = jobSetOf(spec).volumeClaimPolicies ?? [];
  const claims = policies.flatMap(({ templates = [] }) => templates);
  const names = claims.map(({ metadata }) => metadata?.name ?? '');
  const pods = jobsOf(spec).flatMap((job) => podOf(job) ?? []);
  const mounted = pods
    .flatMap(({ containers, initContainers = [] }) => [...containers, ...initContainers])
    .flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
  const volumes = pods.flatMap((pod) => (pod.volumes ?? []).map(({ name }) => name));
  return together([
    policies.length > 50 ? `there are ${policies.length} policies of claims, must be at most 50` : undefined,
    ...names.map((name, index) => {
      if (names.indexOf(name) !== index) return `two claims are called ${name}`;
      if (volumes.includes(name)) return `the claim ${name} is called like a volume of a job`;
      return mounted.includes(name) ? undefined : `no container mounts the claim ${JSON.stringify(name)}`;
    }),
    ...claims.map(({ metadata }) =>
      metadata?.namespace ? `the claim ${metadata.name} names a namespace; it is in the namespace of its job` : undefined,
    ),
  ]);
}

/** What JobSet's webhook asks, most of it only when a job is made. */
export const JOB_SET_RULES: readonly Rule<ClusterTrainingRuntimeSpec>[] = [
  error('jobset/invalid-job-name', 'Pods and their host names are made of the names of jobs.', (spec) =>
    together(jobsOf(spec).map(({ name }) => problem(name, DNS_1035_LABEL)?.replace('the name', 'the name of a job,'))),
  ),
  error(
    'jobset/too-many-pods',
    'JobSet counts the pods of a job in 32 bits.',
    ofJobs(({ replicas = 1, template }) => {
      const pods = replicas * (template.spec?.parallelism ?? 1);
      return pods > MAX_INT_32 ? `has ${pods} pods, must be at most ${MAX_INT_32}` : undefined;
    }),
  ),
  error(
    'jobset/invalid-order',
    'A job starts after jobs before it in the list, so that none waits for itself.',
    ofJobs((job, spec) => {
      const index = jobsOf(spec).indexOf(job);
      const earlier = jobsOf(spec)
        .slice(0, index)
        .map(({ name }) => name);
      const { dependsOn } = job;
      if (!dependsOn) return undefined;
      const later = dependsOn.map(({ name }) => name).filter((name) => !earlier.includes(name));
      return together(
        [
          index === 0 ? 'is the first, so it depends on no other' : undefined,
          index > 0 && later.length > 0
            ? `depends on ${later.join(', ')}; it may on jobs before it: ${earlier.join(', ')}`
            : undefined,
          jobSetOf(spec).startupPolicy?.startupPolicyOrder === 'InOrder'
            ? 'depends on others, and all jobs start in order; say one of both'
            : undefined,
        ],
        ', and ',
      );
    }),
  ),
  error('jobset/unknown-policy-target', "JobSet's webhook refuses policies for jobs that are not there.", (spec) => {
    const { successPolicy, failurePolicy } = jobSetOf(spec);
    const named = [successPolicy, ...(failurePolicy?.rules ?? [])].flatMap((one) => one?.targetReplicatedJobs ?? []);
    const unknown = unknownJobs(spec, named);
    return unknown.length > 0 ? `its policies name ${unknown.join(', ')}, which is no job of it` : undefined;
  }),
  error(
    'jobset/invalid-failure-rule',
    "JobSet's webhook takes failure rules by names of their own, for reasons that Kubernetes gives.",
    failureProblem,
  ),
  error('jobset/unavailable-restart-strategy', 'Restarting in place is behind a flag that this release leaves off.', (spec) =>
    jobSetOf(spec).failurePolicy?.restartStrategy === 'InPlaceRestart'
      ? 'the restart strategy InPlaceRestart is off in this release; take Recreate or BlockingRecreate'
      : undefined,
  ),
  error('jobset/unknown-coordinator', 'Pods look for the coordinator by the name of a pod that is never made.', (spec) => {
    const { coordinator } = jobSetOf(spec);
    if (!coordinator) return undefined;
    const job = jobsOf(spec).find(({ name }) => name === coordinator.replicatedJob);
    if (!job) return `the coordinator is in ${coordinator.replicatedJob}, which is no job of it`;
    const replicas = job.replicas ?? 1;
    return (coordinator.jobIndex ?? 0) >= replicas
      ? `the coordinator is in job ${coordinator.jobIndex} of ${job.name}, which has ${replicas}; they are counted from 0`
      : undefined;
  }),
  error(
    'jobset/invalid-manager',
    "JobSet's webhook takes a manager as a path with a domain, at most 63 characters long.",
    (spec) => {
      const { managedBy } = jobSetOf(spec);
      return managedBy === undefined || (managedBy.length <= 63 && DOMAIN_PATH.test(managedBy))
        ? undefined
        : `managedBy is ${JSON.stringify(managedBy)}, must be a path with a domain, 63 characters at most`;
    },
  ),
  error('jobset/invalid-subdomain', 'The subdomain becomes the name of a Service.', (spec) => {
    const { subdomain } = jobSetOf(spec).network ?? {};
    return subdomain ? problem(subdomain, DNS_1035_LABEL)?.replace('the name', 'the subdomain') : undefined;
  }),
  error(
    'jobset/invalid-claims',
    "Claims have names of their own and are mounted by some container; JobSet's webhook refuses others.",
    claimProblem,
  ),
];
