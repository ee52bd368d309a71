import type { ReplicatedJob, TrainJobSpec, TrainJobTemplateSpec } from '../../../crds-imports/trainer.kubeflow.org';
import type { RuntimeShape } from '../../components/trainer/runtime-shape';

/** Containers whose variables a TrainJob says elsewhere. */
const OWN_ENV: Readonly<Record<string, string>> = {
  node: 'env',
  'dataset-initializer': 'initializer.dataset.env',
  'model-initializer': 'initializer.model.env',
};

/** What can be wrong with the patch of one job of a runtime. */
type Check = (job: ReplicatedJob, pod: TrainJobTemplateSpec, shape: RuntimeShape | undefined) => string[];

const CHECKS = {
  /** Jobs and containers that the runtime does not have. */
  unknown: ({ name }, pod, shape) => {
    if (!shape) return [];
    const known = [...(shape.containers[name] ?? []), ...(shape.initContainers[name] ?? [])];
    if (!(name in shape.containers))
      return [
        `patches name the job ${name}, which the runtime does not have; it has ${Object.keys(shape.containers).join(', ')}`,
      ];
    return [...(pod.initContainers ?? []), ...(pod.containers ?? [])]
      .filter((container) => !known.includes(container.name))
      .map(
        (container) =>
          `patches name the container ${container.name} of job ${name}, which it does not have; it has ${known.join(', ')}`,
      );
  },
  /** Variables of the containers that the trainer fills in. */
  env: (_job, pod) =>
    (pod.containers ?? [])
      .filter(({ name, env = [] }) => name in OWN_ENV && env.length > 0)
      .map(({ name }) => `patches set variables of the container ${name}; give them as ${OWN_ENV[name]}`),
  /** Volumes that a container mounts twice, which patches cannot say. */
  mount: (_job, pod) =>
    [...(pod.initContainers ?? []), ...(pod.containers ?? [])].flatMap(({ name: container, volumeMounts = [] }) => {
      const names = volumeMounts.map(({ name }) => name);
      return names
        .filter((name, index) => names.indexOf(name) < index)
        .map(
          (name) =>
            `the container ${container} mounts the volume ${name} twice, and patches can only once; mount it once, or in the runtime`,
        );
    }),
  /** Volumes that hide a claim of the job. */
  volume: (_job, pod, shape) =>
    (pod.volumes ?? [])
      .filter(({ name }) => shape?.claims.some((claim) => claim.name === name))
      .map(({ name }) => `the volume ${name} is called like the claim that each job makes; call it otherwise`),
} as const satisfies Record<string, Check>;

/** What is wrong with the patches of a TrainJob, in one respect. */
export function patchProblems(
  respect: keyof typeof CHECKS,
  { runtimePatches = [] }: TrainJobSpec,
  shape: RuntimeShape | undefined,
): string | undefined {
  const jobs = runtimePatches.flatMap((patch) => patch.trainingRuntimeSpec?.template?.spec?.replicatedJobs ?? []);
  const check: Check = CHECKS[respect];
  return jobs.flatMap((job) => check(job, job.template?.spec?.template?.spec ?? {}, shape)).join('; ') || undefined;
}
