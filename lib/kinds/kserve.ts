import type { Container, PodSpec } from '../../crds-imports/core';
import {
  type InferenceService,
  type InferenceServiceModel,
  type InferenceServicePodSpec,
  inferencegraphs,
  inferenceservices,
  llminferenceservices,
  localmodelcaches,
  localmodelnamespacecaches,
  trainedmodels,
} from '../../crds-imports/serving.kserve.io';
import type { KindFacts, Manifest, Reference } from '../core';
import { namesIn, ofContainer, ofPod } from '../core/pod-references';
import { local } from '../core/references';

export const KSERVE: readonly KindFacts[] = [
  {
    kind: inferenceservices,
    names: servedModels,
    makes: services,
    makesPods: true,
    kept: { fields: ['metadata.annotations["serving.kserve.io/deploymentMode"]'] },
  },
  {
    kind: inferencegraphs,
    makes: (object) => [local(object, '', 'Service', object.metadata.name, 'metadata.name')],
    makesPods: true,
  },
  {
    kind: llminferenceservices,
    makesPods: true,
    // The number of nodes that a replica is spread over follows from these.
    kept: {
      fields: ['spec', 'spec.prefill'].flatMap((workload) =>
        ['pipeline', 'data', 'dataLocal'].map((size) => `${workload}.parallelism.${size}`),
      ),
    },
  },
  { kind: localmodelcaches, kept: { fields: ['spec.sourceModelUri'] } },
  { kind: localmodelnamespacecaches, kept: { fields: ['spec.sourceModelUri'] } },
  { kind: trainedmodels, kept: { fields: ['spec.model.memory'] } },
];

function componentsOf(object: Manifest): [component: string, spec: InferenceServicePodSpec][] {
  return Object.entries((object as unknown as InferenceService).spec ?? {}) as [string, InferenceServicePodSpec][];
}

/** The pods of components whose container a runtime gives, which no pod spec stands for, and the claims with models. */
function servedModels(object: Manifest): Reference[] {
  return componentsOf(object).flatMap(([component, spec]) => {
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

/** One for each component, and in the mode Knative one with the name of the server. */
function services(object: Manifest): Reference[] {
  const { name } = object.metadata;
  return [name, ...componentsOf(object).map(([component]) => `${name}-${component}`)].map((service) =>
    local(object, '', 'Service', service, 'metadata.name'),
  );
}
