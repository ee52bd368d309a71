import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { DNS_1035_LABEL, problem } from '../../core/names';
import { jobsOf, podOf, policiesOf, type ReplicatedJob, STEP_CONTAINER, stepOf } from './runtime-shape';

/** One rule that the trainer or JobSet enforces on runtimes, most of them only when a job is made. */
export interface RuntimeRule {
  readonly id: string;
  readonly level: 'error';
  /** What is wrong, and what to do; undefined when nothing is. */
  readonly check: (spec: ClusterTrainingRuntimeSpec) => string | undefined;
}

/** A path with a domain, by which Kubernetes calls managers of fields and jobs: `example.com/platform`. */
export const DOMAIN_PATH = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+\/\S+$/;

const MAX_INT_32 = 2 ** 31 - 1;

/** Init container that the flux policy adds. */
const FLUX_INSTALLER = 'flux-installer';

const VOLCANO_QUEUE = 'scheduling.volcano.sh/queue-name';

const JOB_FAILURES = [
  'BackoffLimitExceeded',
  'DeadlineExceeded',
  'FailedIndexes',
  'MaxFailedIndexesExceeded',
  'PodFailurePolicy',
];

/** A rule over every job: what is wrong with one, as the end of `job x …`. */
function ofJobs(id: string, wrong: (job: ReplicatedJob, spec: ClusterTrainingRuntimeSpec) => string | undefined): RuntimeRule {
  return rule(id, (spec) =>
    together(
      jobsOf(spec).map((job) => {
        const message = wrong(job, spec);
        return message && `job ${job.name} ${message}`;
      }),
    ),
  );
}

function rule(id: string, check: RuntimeRule['check']): RuntimeRule {
  return { id, level: 'error', check };
}

function together(messages: readonly (string | undefined)[], between = '; '): string | undefined {
  return messages.filter((message) => message !== undefined).join(between) || undefined;
}

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

/** What the trainer's and JobSet's webhooks, and their controllers, ask of a runtime. */
export const RUNTIME_RULES: readonly RuntimeRule[] = [
  rule('TR-12', (spec) => {
    const { mpi, numNodes = 1 } = spec.mlPolicy ?? {};
    if (!mpi) return undefined;
    const missing = unknownMembers(spec);
    return together([
      mpi.mpiImplementation === '' ? 'mpiImplementation is empty, must be OpenMPI' : undefined,
      mpi.runLauncherAsNode && numNodes >= 2 && missing.length > 0
        ? `a launcher that is one of ${numNodes} nodes needs the jobs launcher and node; ${missing.join(' and ')} is missing`
        : undefined,
    ]);
  }),
  rule('TR-13', ({ mlPolicy }) => {
    const processes = mlPolicy?.flux?.numProcPerNode ?? 1;
    return processes < 1 ? `flux starts ${processes} processes on each node, must be at least 1` : undefined;
  }),
  ofJobs('TR-13-installer', (job, { mlPolicy }) =>
    mlPolicy?.flux && podOf(job)?.initContainers?.some(({ name }) => name === FLUX_INSTALLER)
      ? `has the init container ${FLUX_INSTALLER}, which the flux policy adds itself; call it otherwise`
      : undefined,
  ),
  rule('TR-14', ({ podGroupPolicy, template }) =>
    podGroupPolicy?.volcano && template?.metadata?.annotations?.[VOLCANO_QUEUE] === ''
      ? `the annotation ${VOLCANO_QUEUE} is empty; name a queue, or leave it out`
      : undefined,
  ),
  ofJobs('TR-14-order', (job, { podGroupPolicy }) =>
    podGroupPolicy && job.dependsOn
      ? 'waits for others, and gang scheduling starts no pod before all are there, so none ever is; leave one of both out'
      : undefined,
  ),
  rule('TR-15', (spec) => {
    const policies = policiesOf(spec);
    return policies.length > 1 ? `has the policies ${policies.join(' and ')}; a runtime has one at most` : undefined;
  }),
  ofJobs('TR-15-step', (job) => {
    const step = stepOf(job);
    if (!step) return undefined;
    if (!(step in STEP_CONTAINER)) return `does the step ${step}; there are ${Object.keys(STEP_CONTAINER).join(', ')}`;
    const containers = (podOf(job)?.containers ?? []).map(({ name }) => name);
    return together(
      [
        job.replicas !== undefined && job.replicas !== 1
          ? `has ${job.replicas} replicas, where the job of a step has 1`
          : undefined,
        containers.includes(STEP_CONTAINER[step])
          ? undefined
          : `has no container ${STEP_CONTAINER[step]}, which does the step ${step}; it has ${containers.join(', ')}`,
      ],
      ', and ',
    );
  }),
  rule('JS-1', (spec) =>
    together(jobsOf(spec).map(({ name }) => problem(name, DNS_1035_LABEL)?.replace('the name', 'the name of a job,'))),
  ),
  ofJobs('JS-2', ({ replicas = 1, template }) => {
    const pods = replicas * (template.spec?.parallelism ?? 1);
    return pods > MAX_INT_32 ? `has ${pods} pods, must be at most ${MAX_INT_32}` : undefined;
  }),
  ofJobs('JS-3', (job, spec) => {
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
  rule('JS-4', (spec) => {
    const { successPolicy, failurePolicy } = jobSetOf(spec);
    const named = [successPolicy, ...(failurePolicy?.rules ?? [])].flatMap((one) => one?.targetReplicatedJobs ?? []);
    const unknown = unknownJobs(spec, named);
    return unknown.length > 0 ? `its policies name ${unknown.join(', ')}, which is no job of it` : undefined;
  }),
  rule('JS-5', failureProblem),
  rule('JS-6', (spec) =>
    jobSetOf(spec).failurePolicy?.restartStrategy === 'InPlaceRestart'
      ? 'the restart strategy InPlaceRestart is off in this release; take Recreate or BlockingRecreate'
      : undefined,
  ),
  rule('JS-7', (spec) => {
    const { coordinator } = jobSetOf(spec);
    if (!coordinator) return undefined;
    const job = jobsOf(spec).find(({ name }) => name === coordinator.replicatedJob);
    if (!job) return `the coordinator is in ${coordinator.replicatedJob}, which is no job of it`;
    const replicas = job.replicas ?? 1;
    return (coordinator.jobIndex ?? 0) >= replicas
      ? `the coordinator is in job ${coordinator.jobIndex} of ${job.name}, which has ${replicas}; they are counted from 0`
      : undefined;
  }),
  rule('JS-8', (spec) => {
    const { managedBy } = jobSetOf(spec);
    return managedBy === undefined || (managedBy.length <= 63 && DOMAIN_PATH.test(managedBy))
      ? undefined
      : `managedBy is ${JSON.stringify(managedBy)}, must be a path with a domain, 63 characters at most`;
  }),
  rule('JS-9', (spec) => {
    const { subdomain } = jobSetOf(spec).network ?? {};
    return subdomain ? problem(subdomain, DNS_1035_LABEL)?.replace('the name', 'the subdomain') : undefined;
  }),
  rule('JS-10', claimProblem),
];

function unknownMembers(spec: ClusterTrainingRuntimeSpec): string[] {
  const known = jobsOf(spec).map(({ name }) => name);
  return ['launcher', 'node'].filter((name) => !known.includes(name));
}
