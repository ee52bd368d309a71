import type { PodSpec } from '../../crds-imports/core';
import { clustertrainingruntimes, type TrainJob, trainingruntimes, trainjobs } from '../../crds-imports/trainer.kubeflow.org';
import type { KindFacts, Manifest, Reference } from '../core';
import { namesIn, ofContainer, ofPod } from '../core/pod-references';
import { local } from '../core/references';
import { QUEUE, queued } from './kueue';

/** Of the JobSet that a runtime describes. */
const RUNTIME = {
  fields: ['network', 'successPolicy', 'failurePolicy', 'startupPolicy', 'volumeClaimPolicies'].map(
    (field) => `spec.template.spec.${field}`,
  ),
};

export const TRAINER: readonly KindFacts[] = [
  { kind: clustertrainingruntimes, kept: RUNTIME },
  { kind: trainingruntimes, kept: RUNTIME },
  queued(trainjobs, 'spec.suspend'),
  {
    kind: trainjobs,
    names: trainJob,
    admittedAfter: 'spec.runtimeRef',
    makesPods: true,
    kept: { fields: ['spec', QUEUE], except: ['spec.suspend'], exceptSuspended: ['spec.runtimePatches'] },
  },
];

/** What a TrainJob names: its runtime, and what the runtime's containers and pods get from the job. */
function trainJob(object: Manifest): Reference[] {
  const { runtimeRef, trainer = {}, initializer = {}, runtimePatches = [] } = (object as unknown as Partial<TrainJob>).spec ?? {};
  if (!runtimeRef) return [];
  const { name, kind = 'ClusterTrainingRuntime', apiGroup = 'trainer.kubeflow.org' } = runtimeRef;
  const runtime = local(object, apiGroup, kind, name, 'spec.runtimeRef');
  const named = namesIn(object);
  const pods = runtimePatches.flatMap(({ trainingRuntimeSpec }, patch) =>
    (trainingRuntimeSpec?.template?.spec?.replicatedJobs ?? []).map(({ template }, job) => ({
      path: `spec.runtimePatches[${patch}].trainingRuntimeSpec.template.spec.replicatedJobs[${job}].template.spec.template.spec`,
      spec: template?.spec?.template?.spec ?? {},
    })),
  );
  return [
    kind === 'ClusterTrainingRuntime' ? { ...runtime, namespace: undefined } : runtime,
    ...ofContainer({ name: 'node', env: trainer.env }, 'spec.trainer', named),
    ...Object.entries(initializer).flatMap(([source, { env, secretRef }]) => [
      ...ofContainer({ name: source, env }, `spec.initializer.${source}`, named),
      ...named('Secret', secretRef?.name, `spec.initializer.${source}.secretRef`),
    ]),
    // A patch with containers is found as a pod.
    ...pods
      .filter(({ spec }) => !spec.containers?.length)
      .flatMap(({ spec, path }) => ofPod(object, { ...spec, containers: [] } as PodSpec, path)),
  ];
}
