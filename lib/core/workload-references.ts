import type { Container, PodSpec } from '../../crds-imports/core';
import type { InferenceService, InferenceServiceModel, InferenceServicePodSpec } from '../../crds-imports/serving.kserve.io';
import type { TrainJob } from '../../crds-imports/trainer.kubeflow.org';
import { local, namesIn, ofContainer, ofPod } from './local-references';
import type { Manifest } from './manifest';
import type { Reference } from './references';

/** The pods of components whose container a runtime gives, which no pod spec stands for, and the claims with models. */
export function servedModels(object: Manifest): Reference[] {
  const components = Object.entries((object as unknown as InferenceService).spec ?? {}) as [string, InferenceServicePodSpec][];
  return components.flatMap(([component, spec]) => {
    const { model, art, containers } = spec as InferenceServicePodSpec & { readonly model?: InferenceServiceModel };
    const uris = [model?.storageUri, art?.storageUri, ...(spec.storageUris ?? []).map(({ uri }) => uri)];
    return [
      ...(containers ? [] : ofPod(object, spec as PodSpec, `spec.${component}`)),
      ...(model ? ofContainer(model as Container, `spec.${component}.model`, namesIn(object)) : []),
      ...uris.flatMap((uri) => {
        const claim = /^pvc:\/\/([^/]+)/.exec(uri ?? '')?.[1];
        return claim ? [local(object, '', 'PersistentVolumeClaim', claim, `spec.${component} (${uri})`)] : [];
      }),
    ];
  });
}

/** What a TrainJob names: its runtime, and what the runtime's containers and pods get from the job. */
export function trainJob(object: Manifest): Reference[] {
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
