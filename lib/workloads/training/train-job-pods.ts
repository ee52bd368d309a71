import type { ReplicatedJob, RuntimePatch } from '../../../crds-imports/trainer.kubeflow.org';
import type { Step } from '../../components/trainer/runtime-shape';
import { given } from '../pod/given';
import { apart } from '../pod/mount';
import { type PodOptions, podTemplate } from '../pod/pod-options';
import { asksRestricted } from '../pod/pod-security';
import { type QueueSource, queuedPods } from '../queue/queue';
import type { RuntimeTraining } from './train-job';

/** What a TrainJob can say of the pods that its runtime describes; the trainer lets patches carry nothing else. */
const PATCHED = [
  'podLabels',
  'podAnnotations',
  'serviceAccount',
  'imagePullSecrets',
  'nodeSelector',
  'tolerations',
  'affinity',
  'mounts',
  'security',
  'podSecurity',
] as const satisfies readonly (keyof PodOptions)[];

/** Options of the pods of a TrainJob; of everything else the runtime decides. */
export type TrainJobPodOptions = Pick<PodOptions, (typeof PATCHED)[number]>;

/** By whom the trainer knows the patch that these options become. */
export const MANAGER = 'trainer.kubeflow.org/cdk8s-kubeflow';

/** The jobs whose pods train, of a runtime that only the cluster knows. */
const TRAINERS = ['node'];

/** The options of a TrainJob's pods as a patch of its runtime; undefined when nothing is said. */
export function podsPatch(job: RuntimeTraining & { readonly queue?: QueueSource }): RuntimePatch | undefined {
  const { initializer: { dataset, model } = {} } = job;
  const trainers = job.runtime.shape?.trainers ?? TRAINERS;
  const jobs = [
    stepPatch('dataset-initializer', dataset, job),
    stepPatch('model-initializer', model, job),
    ...trainers.map((name) => jobPatch(name, 'node', queuedPods(job))),
  ].filter((patch) => patch !== undefined);
  return jobs.length > 0
    ? { manager: MANAGER, trainingRuntimeSpec: { template: { spec: { replicatedJobs: jobs } } } }
    : undefined;
}

/** An initializer, which meets the same level of pod security as the job, where the runtime has one. */
function stepPatch(step: Step, source: TrainJobPodOptions | undefined, { runtime, podSecurity }: RuntimeTraining) {
  const standard = asksRestricted(podSecurity) && (source || runtime.shape?.steps.includes(step)) ? 'restricted' : undefined;
  if (!standard) return source && jobPatch(step, step, source);
  const { podSecurity: said } = source ?? {};
  return jobPatch(step, step, { ...source, podSecurity: typeof said === 'object' ? { standard, ...said } : standard });
}

function jobPatch(name: string, container: string, options: TrainJobPodOptions): ReplicatedJob | undefined {
  const said = given(Object.fromEntries(PATCHED.map((option) => [option, options[option]])) as TrainJobPodOptions);
  if (Object.keys(said).length === 0) return undefined;
  // A patch mounts a volume only once.
  const mounts = said.mounts && apart(said.mounts);
  const { metadata, spec } = podTemplate(container, { ...said, mounts, image: '' });
  const { containers, ...pod } = spec;
  const [{ image: _, ...main } = { name: container }] = containers;
  const patched = { ...pod, ...(Object.keys(main).length > 1 && { containers: [main] }) };
  const template = { ...(metadata && { metadata }), ...(Object.keys(patched).length > 0 && { spec: patched }) };
  return { name, template: { spec: { template } } };
}
